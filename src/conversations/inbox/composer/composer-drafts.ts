import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { MemberActor } from '../../../platform/access/index.js';
import { type WorkspaceTransaction, Workspaces, cleanText, isUuid, sql } from '../../../platform/database/index.js';
import { badInput, notFound } from '../../../platform/errors/index.js';
import { Facts } from '../../../platform/outbox/index.js';
import { MessageQueued } from '../../conversations.events.js';
import { UploadFile } from '../../outbound/upload-file.js';
import { requireConversation } from '../../require-conversation.js';
import { ComposerDraftBoard } from './composer-draft-board.js';
import type { ComposerDraftRow } from './composer-draft.type.js';

/** As much as the most patient channel takes. */
const maxText = 100_000;

/** What a member has begun to write: theirs alone, one a conversation, the same on each of their devices. */
@Injectable()
export class ComposerDrafts implements OnModuleInit {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly uploads: UploadFile,
    private readonly board: ComposerDraftBoard,
    private readonly facts: Facts,
  ) {}

  onModuleInit(): void {
    this.facts.on(MessageQueued, (tx, { message, member }) => this.letGoOfSent(tx, member, message));
  }

  /** The member's draft in a conversation; null where they have none. */
  async read({ workspaceId, memberId }: MemberActor, conversationId: string): Promise<ComposerDraftRow | null> {
    if (!isUuid(conversationId)) return null;
    return this.workspaces.read(workspaceId, (tx) => find(tx, memberId, conversationId));
  }

  /** Keeps what the member has written so far; an empty draft goes, and null is given. */
  async save(
    actor: MemberActor,
    conversationId: string,
    given: string,
    attachmentIds: readonly string[] | null | undefined,
  ): Promise<ComposerDraftRow | null> {
    const text = cleanText(given, given.length);
    if (text.length > maxText)
      throw badInput(
        'text',
        `A draft has at most ${String(maxText)} characters; this one has ${String(text.length)}.`,
        'TOO_LONG',
        { most: String(maxText) },
      );
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const id = await requireConversation(tx, conversationId);
      const files = await this.uploads.find(tx, actor, attachmentIds ?? []);
      const empty = text.trim() === '' && files.length === 0;
      const changed = empty
        ? await remove(tx, actor.memberId, id)
        : await write(
            tx,
            actor.memberId,
            id,
            text,
            files.map((file) => file.id),
          );
      if (changed) tx.afterCommit(() => this.board.tell(actor.workspaceId, actor.memberId, id));
      return empty ? null : find(tx, actor.memberId, id);
    });
  }

  /** What was sent as it stood in the draft is no draft any more; what somebody writes beside it stays. */
  private async letGoOfSent(
    tx: WorkspaceTransaction,
    { workspaceId, memberId }: MemberActor,
    { conversationId, text }: MessageQueued['message'],
  ): Promise<void> {
    const gone = await tx.execute(sql`
      delete from composer_drafts d
       where d.workspace_id = ${tx.workspaceId} and d.member_id = ${memberId} and d.conversation_id = ${conversationId}
         and btrim(d.text, E' \\t\\r\\n') = ${text}
         and not exists (select from composer_draft_files f
                          where f.workspace_id = d.workspace_id and f.member_id = d.member_id and f.conversation_id = d.conversation_id
                            and not exists (select from attachments a where a.workspace_id = f.workspace_id and a.file_id = f.file_id))`);
    if (gone > 0) tx.afterCommit(() => this.board.tell(workspaceId, memberId, conversationId));
  }
}

/** The words of a member's draft for whoever is to see them; throws where there are none. */
export function wordsOf(draft: ComposerDraftRow | null): string {
  if (draft === null || draft.text.trim() === '') throw notFound('A draft of yours with words in it');
  return draft.text;
}

function find(tx: WorkspaceTransaction, memberId: string, conversationId: string): Promise<ComposerDraftRow | null> {
  return tx.first<ComposerDraftRow>(sql`
    select d.conversation_id as "conversationId", d.text, d.updated_at as "updatedAt",
           coalesce(kept.ids, '{}') as "attachmentIds", coalesce(kept.files, '[]') as files
      from composer_drafts d
      left join lateral (
        select array_agg(f.file_id::text order by f.position) as ids,
               jsonb_agg(jsonb_build_object('id', f.file_id, 'name', s.name, 'size', s.size) order by f.position) as files
          from composer_draft_files f join files s on s.workspace_id = f.workspace_id and s.id = f.file_id
         where f.workspace_id = d.workspace_id and f.member_id = d.member_id and f.conversation_id = d.conversation_id
      ) kept on true
     where d.workspace_id = ${tx.workspaceId} and d.member_id = ${memberId} and d.conversation_id = ${conversationId}`);
}

async function remove(tx: WorkspaceTransaction, memberId: string, conversationId: string): Promise<boolean> {
  const gone = await tx.execute(sql`
    delete from composer_drafts
     where workspace_id = ${tx.workspaceId} and member_id = ${memberId} and conversation_id = ${conversationId}`);
  return gone > 0;
}

/** Locked by its first statement: two devices that save at once write one after the other. */
async function write(
  tx: WorkspaceTransaction,
  memberId: string,
  conversationId: string,
  text: string,
  fileIds: readonly string[],
): Promise<boolean> {
  await tx.execute(sql`
    insert into composer_drafts (workspace_id, member_id, conversation_id, text)
    values (${tx.workspaceId}, ${memberId}, ${conversationId}, ${text})
    on conflict (workspace_id, member_id, conversation_id) do update set text = excluded.text, updated_at = now()`);
  await tx.execute(sql`
    delete from composer_draft_files
     where workspace_id = ${tx.workspaceId} and member_id = ${memberId} and conversation_id = ${conversationId}`);
  if (fileIds.length > 0)
    await tx.execute(sql`
      insert into composer_draft_files (workspace_id, member_id, conversation_id, position, file_id)
      select ${tx.workspaceId}, ${memberId}, ${conversationId}, n, file_id
        from unnest(${fileIds}::uuid[]) with ordinality as given (file_id, n)`);
  return true;
}
