import { Injectable } from '@nestjs/common';
import { Tombstones, addressName } from '../../conversations/index.js';
import { type Sql, type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { LeadSource } from '../enums.js';
import { submissionName } from '../personal-data/submission-name.js';
import { thisWorkspace } from '../this-workspace.js';
import type { ImportedRow, Rejection } from './interpret-row.js';

/** Whose a row is, as far as they are known. */
interface Known {
  readonly contactId: string;
  readonly blocked: boolean;
  /** Met on a channel: what a file says is then not added to what is known of them. */
  readonly met: boolean;
  readonly answerOnly: boolean;
}

/** Rows of one person that come together, and what is known of them. */
export interface PlannedRows {
  /** In the order of the file: what stands further down is newer. */
  readonly rows: readonly [ImportedRow, ...ImportedRow[]];
  /** The lead that came out of a file before. */
  readonly leadId: string | null;
  readonly known: Known | null;
}

/** What is to be done with some rows of a file. */
export interface Plan {
  readonly people: readonly PlannedRows[];
  readonly rejected: readonly Rejection[];
}

/**
 * Finds out what rows of a file are to become, and writes nothing: the same for one that only tries and for one that means it.
 * The rules are those of `CaptureLead`; and as a file says nothing of when somebody gave their address, whoever was erased and
 * has not come anew stays away.
 */
@Injectable()
export class PlanRows {
  constructor(private readonly tombstones: Tombstones) {}

  /** Participant. */
  async run(tx: WorkspaceTransaction, rows: readonly ImportedRow[]): Promise<Plan> {
    const groups = [...Map.groupBy(rows, ({ externalId }) => externalId).values()] as [ImportedRow, ...ImportedRow[]][];
    const leads = await leadsOf(tx, groups);
    const contacts = await contactsOf(
      tx,
      groups.filter(([{ externalId }]) => !leads.has(externalId)),
    );
    const planned = groups.map((group): PlannedRows => {
      const lead = leads.get(group[0].externalId);
      return { rows: group, leadId: lead?.leadId ?? null, known: lead ?? contacts.get(group[0].externalId) ?? null };
    });
    const erased = await this.erased(
      tx,
      planned.filter(({ known }) => known === null).map(({ rows: [first] }) => first),
    );
    const reasonOf = ({ rows: [{ externalId }], known }: PlannedRows) =>
      erased.has(externalId) ? 'ERASED' : known?.blocked === true ? 'BLOCKED' : null;
    const rejected = planned.flatMap((one): Rejection[] => {
      const reason = reasonOf(one);
      return reason === null ? [] : one.rows.map(({ line }) => ({ line, reason, place: null }));
    });
    return { people: planned.filter((one) => reasonOf(one) === null), rejected };
  }

  private async erased(tx: WorkspaceTransaction, rows: readonly ImportedRow[]): Promise<ReadonlySet<string>> {
    const names = rows.flatMap(({ externalId, email, phone }) =>
      [
        submissionName(LeadSource.IMPORT, externalId),
        ...[email, phone].filter((one) => one !== null).map(addressName),
      ].map((name) => ({ name, externalId })),
    );
    if (names.length === 0) return new Set();
    const places = await this.tombstones.erasedOf(
      tx,
      names.map(({ name }) => name),
    );
    return new Set(names.filter((_, place) => places.has(place)).map(({ externalId }) => externalId));
  }
}

type Group = readonly [ImportedRow, ...ImportedRow[]];

async function leadsOf(
  tx: WorkspaceTransaction,
  groups: readonly Group[],
): Promise<Map<string, Known & { readonly leadId: string }>> {
  const rows = await tx.query<Known & { externalId: string; leadId: string }>(sql`
    select w.name as "externalId", l.id as "leadId", ${knownOf(tx)}
      from unnest(${groups.map(([{ externalId }]) => externalId)}::text[]) as w (name)
     cross join lateral (select l.id, l.contact_id from leads l
                          where l.workspace_id = ${thisWorkspace(tx)} and l.source = ${LeadSource.IMPORT} and l.external_id = w.name offset 0) as l
     cross join lateral (select k.* from contacts k where k.workspace_id = ${thisWorkspace(tx)} and k.id = l.contact_id offset 0) as k`);
  return new Map(rows.map((row) => [row.externalId, row]));
}

/** By the address; by the number where none of the two had an address: as `LeadContacts` finds them, many at once. */
async function contactsOf(tx: WorkspaceTransaction, groups: readonly Group[]): Promise<Map<string, Known>> {
  const asked = groups.map(([{ externalId, email, phone }]) => ({
    externalId,
    email,
    phone: email === null ? phone : null,
  }));
  const byEmail = asked.filter(({ email }) => email !== null);
  const byPhone = asked.filter(({ phone }) => phone !== null);
  const found = async (column: 'email' | 'phone', wanted: typeof asked) => {
    if (wanted.length === 0) return [];
    const same = column === 'email' ? sql`l.email = w.address` : sql`l.phone = w.address and l.email is null`;
    // What is alike is found first and put in order after (offset 0): for the order's sake all leads would be walked.
    return tx.query<Known & { externalId: string }>(sql`
      select w.name as "externalId", ${knownOf(tx)}
        from unnest(${wanted.map(({ externalId }) => externalId)}::text[], ${wanted.map((one) => one[column])}::text[]) as w (name, address)
       cross join lateral (
         select k.*
           from (select l.id, l.contact_id from leads l
                  where l.workspace_id = ${thisWorkspace(tx)} and ${same} and l.source <> ${LeadSource.CHAT} offset 0) as l
          cross join lateral (select k.* from contacts k where k.workspace_id = ${thisWorkspace(tx)} and k.id = l.contact_id offset 0) as k
          where k.merged_into is null
          order by l.id limit 1) as k`);
  };
  const rows = [...(await found('email', byEmail)), ...(await found('phone', byPhone))];
  return new Map(rows.map((row) => [row.externalId, row]));
}

/** What is known of a contact `k`. */
function knownOf(tx: WorkspaceTransaction): Sql {
  return sql`k.id as "contactId", k.blocked, k.answer_only as "answerOnly",
             (select true from contact_identities i where i.workspace_id = ${thisWorkspace(tx)} and i.contact_id = k.id limit 1) is not null as met`;
}
