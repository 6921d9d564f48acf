import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import type { ErasedBatch, LegalHolds } from '../../platform/personal-data/index.js';
import { isOver } from './channel-history.js';

/** Erases what a channel knows of people beside its conversations, which are gone: how they were met there. Participant. */
export async function eraseChannelRest(
  tx: WorkspaceTransaction,
  channelIds: readonly string[],
  holds: LegalHolds,
  limit: number,
): Promise<ErasedBatch> {
  const { workspaceId } = tx;
  const met = await tx.query<{ contactId: string }>(sql`
    delete from contact_identities where workspace_id = ${workspaceId} and id in (
      select i.id from contact_identities i
       where i.workspace_id = ${workspaceId} and i.channel_id = any (${channelIds}::uuid[])
         and ${isOver(sql`i.workspace_id`, sql`i.channel_id`, sql`i.created_at`)}
         and ${holds.without(sql`i.workspace_id`, sql`i.contact_id`)}
         and not exists (
           select from conversations c where c.workspace_id = i.workspace_id and c.channel_id = i.channel_id and c.contact_id = i.contact_id)
       limit ${limit})
    returning contact_id as "contactId"`);
  const visitors = await tx.execute(sql`
    delete from visitors where workspace_id = ${workspaceId} and id in (
      select v.id from visitors v
       where v.workspace_id = ${workspaceId} and v.channel_id = any (${channelIds}::uuid[])
         and ${isOver(sql`v.workspace_id`, sql`v.channel_id`, sql`v.created_at`)}
         and not exists (
           select from contact_identities i
            where i.workspace_id = v.workspace_id and i.channel_id = v.channel_id and i.external_id = v.address)
       limit ${limit})`);
  const signals = await tx.execute(sql`
    delete from early_signals e
     where e.workspace_id = ${workspaceId} and e.channel_id = any (${channelIds}::uuid[])
       and ${isOver(sql`e.workspace_id`, sql`e.channel_id`, sql`e.received_at`)}`);
  // Who never wrote, and is known by nothing else.
  const contacts = await tx.execute(sql`
    delete from contacts k
     where k.workspace_id = ${workspaceId} and k.id = any (${met.map(({ contactId }) => contactId)}::uuid[]) and k.merged_into is null
       and not exists (select from contacts m where m.workspace_id = k.workspace_id and m.merged_into = k.id)
       and not exists (select from contact_identities i where i.workspace_id = k.workspace_id and i.contact_id = k.id)
       and not exists (select from conversations c where c.workspace_id = k.workspace_id and c.contact_id = k.id)
       and not exists (select from leads l where l.workspace_id = k.workspace_id and l.contact_id = k.id)`);
  return {
    erased: { contact_identities: met.length, visitors, early_signals: signals, contacts },
    files: [],
    more: met.length === limit || visitors === limit,
  };
}
