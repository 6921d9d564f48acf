import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { RowLoader } from '../../platform/graphql/index.js';
import type { ContactIdentityRow } from '../contact.row.js';

type Address = Pick<ContactIdentityRow, 'contactId' | 'channelId' | 'externalId'>;

/** No more of a person's threads, and of messages in each, are looked at to find the newest one from an address. */
const threads = 5;
const messages = 50;

/** The key under which the loader says whether an address was proved. */
export function proofKey({ contactId, channelId, externalId }: Address): string {
  return JSON.stringify({ contactId, channelId, externalId } satisfies Address);
}

/**
 * Whether the newest message from an address proved who wrote it. The newest, because a forged one after a real one is what
 * members have to be warned of.
 */
@Injectable()
export class ProvenMailLoader extends RowLoader<true> {
  protected override async batch(tx: WorkspaceTransaction, keys: readonly string[]): Promise<Map<string, true>> {
    const asked = keys.map((key) => JSON.parse(key) as Address);
    const rows = await tx.query<{ place: number }>(sql`
      select asked.place::int
        from unnest(${asked.map((one) => one.contactId)}::uuid[], ${asked.map((one) => one.channelId)}::uuid[],
                    ${asked.map((one) => one.externalId)}::text[]) with ordinality as asked (contact_id, channel_id, address, place)
       cross join lateral (
         select (newest.mail ->> 'authenticated')::boolean as proven
           from (select c.id from conversations c
                  where c.workspace_id = ${tx.workspaceId} and c.contact_id = asked.contact_id and c.channel_id = asked.channel_id
                  order by c.last_activity_at desc limit ${threads}) thread
          cross join lateral (
            select m.id, m.content -> 'mail' as mail from messages m
             where m.workspace_id = ${tx.workspaceId} and m.conversation_id = thread.id and m.direction = 'INBOUND'
             order by m.id desc limit ${messages}) newest
          where newest.mail ->> 'sender' = asked.address
          order by newest.id desc limit 1) found
       where found.proven`);
    return new Map(rows.map(({ place }) => [keys[place - 1] ?? '', true]));
  }
}
