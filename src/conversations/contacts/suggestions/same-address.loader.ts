import { Injectable } from '@nestjs/common';
import { type Sql, type WorkspaceTransaction, isUuid, sql } from '../../../platform/database/index.js';
import { RowLoader } from '../../../platform/graphql/index.js';
import type { ContactIdentityRow } from '../../contact.row.js';

/** That two contacts have the same address, each by an identity that has to prove itself yet. */
export interface SameAddress {
  readonly contactId: string;
  readonly otherId: string;
  /** As people write it. */
  readonly address: string;
  /** By what the first and the other have it; null where a site signed it. */
  readonly own: ContactIdentityRow | null;
  readonly others: ContactIdentityRow | null;
}

/** So many of one contact are looked at. */
const most = 20;

/**
 * Contacts with the same address as these: a number or a name on another channel of the kind, a mail address, or that of a
 * visitor whom a site signed. What people say of themselves in words is no address here.
 */
@Injectable()
export class SameAddressLoader extends RowLoader<readonly SameAddress[]> {
  protected override async batch(
    tx: WorkspaceTransaction,
    keys: readonly string[],
  ): Promise<Map<string, readonly SameAddress[]>> {
    const ids = keys.filter(isUuid);
    const rows = await tx.query<SameAddress>(sql`
      with own as (
        select i.contact_id, i.channel_id, i.external_id, i.handle, h.kind from contact_identities i
          join channels h on h.workspace_id = i.workspace_id and h.id = i.channel_id
         where i.workspace_id = ${tx.workspaceId} and i.contact_id = any (${ids}::uuid[])
      ), signed as (
        select own.contact_id, lower(v.email) as email from own
          join visitors v on v.workspace_id = ${tx.workspaceId} and v.channel_id = own.channel_id and v.address = own.external_id
         where v.details_proven and v.email is not null
      ), met as (
        select own.contact_id, ${identityJson(sql`own`, sql`own.kind`)} as own, o.contact_id as other_id,
               ${identityJson(sql`o`, sql`own.kind`)} as others, coalesce(own.handle, own.external_id) as address
          from own
          join channels h on h.workspace_id = ${tx.workspaceId} and h.kind = own.kind and h.id <> own.channel_id
          join contact_identities o on o.workspace_id = ${tx.workspaceId} and o.channel_id = h.id and o.external_id = own.external_id
        union all
        select signed.contact_id, null, o.contact_id, ${identityJson(sql`o`, sql`h.kind`)}, signed.email from signed
          join channels h on h.workspace_id = ${tx.workspaceId}
          join contact_identities o on o.workspace_id = ${tx.workspaceId} and o.channel_id = h.id and o.external_id = signed.email
        union all
        select own.contact_id, ${identityJson(sql`own`, sql`own.kind`)}, o.contact_id, null, v.email from own
          join visitors v on v.workspace_id = ${tx.workspaceId} and lower(v.email) = own.external_id and v.details_proven and v.email is not null
          join contact_identities o on o.workspace_id = v.workspace_id and o.channel_id = v.channel_id and o.external_id = v.address
        union all
        select signed.contact_id, null, o.contact_id, null, signed.email from signed
          join visitors v on v.workspace_id = ${tx.workspaceId} and lower(v.email) = signed.email and v.details_proven and v.email is not null
          join contact_identities o on o.workspace_id = v.workspace_id and o.channel_id = v.channel_id and o.external_id = v.address
      )
      select met.contact_id as "contactId", met.other_id as "otherId", met.address, met.own, met.others from met
        join contacts k on k.workspace_id = ${tx.workspaceId} and k.id = met.contact_id
        join contacts o on o.workspace_id = ${tx.workspaceId} and o.id = met.other_id
       where met.other_id <> met.contact_id and o.merged_into is null and not k.processing_restricted and not o.processing_restricted
       order by o.last_seen_at desc, o.id limit ${most * Math.max(1, ids.length)}`);
    return Map.groupBy(rows, (row) => row.contactId);
  }
}

/** An address of a contact as a row of ContactIdentityRow. */
function identityJson(identity: Sql, kind: Sql): Sql {
  return sql`jsonb_build_object('contactId', ${identity}.contact_id, 'channelId', ${identity}.channel_id, 'kind', ${kind},
                                'externalId', ${identity}.external_id, 'handle', ${identity}.handle)`;
}
