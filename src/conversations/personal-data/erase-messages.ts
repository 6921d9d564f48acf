import { forgetCauses } from '../../channels/index.js';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';

interface Message {
  readonly id: string;
  readonly channelId: string;
  readonly externalId: string | null;
}

/** What went with some messages. */
interface ErasedMessages {
  readonly counts: Readonly<Record<string, number>>;
  readonly files: readonly string[];
  readonly more: boolean;
}

/** Erases at most so many messages of conversations, of each the oldest first, with all that hangs on them. Participant. */
export async function eraseMessages(
  tx: WorkspaceTransaction,
  conversationIds: readonly string[],
  limit: number,
): Promise<ErasedMessages> {
  const messages = await tx.query<Message>(sql`
    select m.* from unnest(${conversationIds}::uuid[]) as gone (id)
      cross join lateral (
        select id, channel_id as "channelId", external_id as "externalId" from messages
         where workspace_id = ${tx.workspaceId} and conversation_id = gone.id order by id limit ${limit}) m
     limit ${limit}`);
  if (messages.length === 0) return { counts: {}, files: [], more: false };
  const ids = messages.map(({ id }) => id);
  const attachments = await tx.query<{ id: string; fileId: string | null }>(sql`
    delete from attachments where workspace_id = ${tx.workspaceId} and message_id = any (${ids}::uuid[])
    returning id, file_id as "fileId"`);
  const files = await eraseFiles(tx, attachments);
  const counts = {
    attachments: attachments.length,
    files: files.length,
    reactions: await eraseNamed(tx, messages, 'reactions'),
    early_signals: await eraseNamed(tx, messages, 'early_signals'),
    send_attempts: await tx.execute(
      sql`delete from send_attempts where workspace_id = ${tx.workspaceId} and message_id = any (${ids}::uuid[])`,
    ),
    mentions: await tx.execute(
      sql`delete from mentions where workspace_id = ${tx.workspaceId} and message_id = any (${ids}::uuid[])`,
    ),
    // What was to be sent, fetched or tried again; whatever runs now finds no row to work on.
    due: await tx.execute(sql`
      delete from due where existing_workspace_id = ${tx.workspaceId}
         and row_id = any (${[...ids, ...attachments.map(({ id }) => id)]}::uuid[])
         and (leased_until is null or leased_until < now())`),
    'token_uses: by which message': await forgetCauses(tx, [...ids, ...attachments.map(({ id }) => id)]),
    messages: await tx.execute(
      sql`delete from messages where workspace_id = ${tx.workspaceId} and id = any (${ids}::uuid[])`,
    ),
  };
  return { counts, files, more: messages.length === limit };
}

/** Erases the rows of files that nothing names any more; gives whose bytes are to go. */
export async function eraseFiles(
  tx: WorkspaceTransaction,
  named: readonly { readonly fileId: string | null }[],
): Promise<string[]> {
  const ids = named.map(({ fileId }) => fileId).filter((id) => id !== null);
  if (ids.length === 0) return [];
  const rows = await tx.query<{ id: string }>(sql`
    delete from files f where f.workspace_id = ${tx.workspaceId} and f.id = any (${ids}::uuid[])
       and not exists (select from attachments a where a.workspace_id = f.workspace_id and a.file_id = f.id)
       and not exists (select from composer_draft_files d where d.workspace_id = f.workspace_id and d.file_id = f.id)
    returning f.id`);
  return rows.map(({ id }) => id);
}

/** What is kept under a message's name at the platform. */
async function eraseNamed(
  tx: WorkspaceTransaction,
  messages: readonly Message[],
  table: 'reactions' | 'early_signals',
): Promise<number> {
  const named = messages.filter(({ externalId }) => externalId !== null);
  return tx.execute(sql`
    delete from ${table === 'reactions' ? sql`reactions` : sql`early_signals`} kept
     using unnest(${named.map(({ channelId }) => channelId)}::uuid[], ${named.map(({ externalId }) => externalId)}::text[])
           as gone (channel_id, external_id)
     where kept.workspace_id = ${tx.workspaceId} and kept.channel_id = gone.channel_id
       and kept.message_external_id = gone.external_id`);
}
