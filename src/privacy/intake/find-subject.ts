import { type Sql, type WorkspaceTransaction, joinSql, sql } from '../../platform/database/index.js';
import type { SubjectHints } from './request.row.js';

/** Somebody whom the hints fit. */
export interface Candidate {
  readonly id: string;
  /** Whether a platform, a mail server or a site vouches for the address by which they were found. */
  readonly addressed: boolean;
}

const most = 20;

/**
 * Contacts of the workspace that the hints name: by an address that they write from first, then by what is known of them.
 * The kind of channel and the time narrow it down and never find anybody by themselves.
 */
export async function findSubject(tx: WorkspaceTransaction, hints: SubjectHints): Promise<Candidate[]> {
  const { email, phone, externalId, handle, channelKind, from, to } = hints;
  const here = sql`i.workspace_id = ${tx.workspaceId}`;
  const digits = phone?.replace(/\D/g, '');
  const addresses: Sql[] = [];
  if (email !== undefined) addresses.push(sql`h.kind = 'EMAIL' and lower(i.external_id) = ${email}`);
  if (digits !== undefined)
    addresses.push(sql`h.kind = 'WHATSAPP' and regexp_replace(i.external_id, '\\D', '', 'g') = ${digits}`);
  if (externalId !== undefined) addresses.push(sql`i.external_id = ${externalId}`);
  const named: Sql[] = [];
  if (handle !== undefined) named.push(sql`lower(ltrim(i.handle, '@')) = lower(${handle})`);
  const known: Sql[] = [];
  if (email !== undefined) known.push(sql`k.emails @> array[${email}]::text[]`);
  if (digits !== undefined)
    known.push(sql`exists (select from unnest(k.phones) p where regexp_replace(p, '\\D', '', 'g') = ${digits})`);
  if (addresses.length + named.length + known.length === 0) return [];
  const found: Sql[] = [];
  if (addresses.length + named.length > 0) {
    const either = joinSql(
      [...addresses, ...named].map((condition) => sql`(${condition})`),
      ' or ',
    );
    const vouched =
      addresses.length === 0
        ? sql`false`
        : sql`coalesce(${joinSql(
            addresses.map((one) => sql`(${one})`),
            ' or ',
          )}, false)`;
    const kind = channelKind === undefined ? sql`true` : sql`h.kind = ${channelKind}`;
    found.push(sql`
      select i.contact_id as id, ${vouched} as addressed from contact_identities i
        join channels h on h.workspace_id = i.workspace_id and h.id = i.channel_id where ${here} and ${kind} and (${either})`);
  }
  if (known.length > 0)
    found.push(sql`
      select k.id, false as addressed from contacts k where k.workspace_id = ${tx.workspaceId} and (${joinSql(known, ' or ')})`);
  const all = found.length === 2 ? sql`${found[0]} union all ${found[1]}` : sql`${found[0]}`;
  const during = (start: string | undefined, end: string | undefined): Sql =>
    start === undefined && end === undefined
      ? sql`true`
      : sql`k.first_seen_at <= coalesce(${end ?? null}::timestamptz, 'infinity') and k.last_seen_at >= coalesce(${start ?? null}::timestamptz, '-infinity')`;
  return tx.query<Candidate>(sql`
    select coalesce(k.merged_into, k.id) as id, bool_or(f.addressed) as addressed
      from (${all}) f join contacts k on k.workspace_id = ${tx.workspaceId} and k.id = f.id
     where ${during(from, to)}
     group by 1 order by 2 desc, 1 limit ${most}`);
}
