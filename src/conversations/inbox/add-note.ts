import { Injectable } from '@nestjs/common';
import { MessageKind } from '../../channels/index.js';
import { Members, NotificationKind, Notifications } from '../../accounts/index.js';
import type { MemberActor } from '../../platform/access/index.js';
import { type WorkspaceTransaction, Workspaces, cleanInput, newId, sql } from '../../platform/database/index.js';
import { badInput, notFound } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { MessageAuthor, MessageDirection, MessageStatus } from '../enums.js';
import { lockConversation } from '../lock-conversation.js';
import { type MessageRow, messageColumns } from '../message.row.js';
import { UpdateConversation } from './update-conversation.js';

const maxText = 10_000;
const maxMentions = 50;

/** Writes a note into a conversation: seen by members alone, and those it names find it among their mentions. */
@Injectable()
export class AddNote {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly members: Members,
    private readonly update: UpdateConversation,
    private readonly feed: LiveFeed,
    private readonly notifications: Notifications,
  ) {}

  async run(
    member: MemberActor,
    conversationId: string,
    given: string,
    mentions: readonly string[] | null | undefined,
  ): Promise<MessageRow> {
    const text = cleanInput(given);
    if (text === '') throw badInput('text', 'Write something first.', 'WRITE_FIRST');
    if (text.length > maxText)
      throw badInput('text', `A note has at most ${String(maxText)} characters.`, 'TOO_LONG', {
        most: String(maxText),
      });
    if ((mentions?.length ?? 0) > maxMentions)
      throw badInput('mentions', `A note names at most ${String(maxMentions)} members.`, 'TOO_MANY', {
        most: String(maxMentions),
      });
    return this.workspaces.run(member.workspaceId, async (tx) => {
      const conversation = await lockConversation(tx, conversationId);
      const named = await this.named(tx, mentions ?? []);
      const note = await this.write(tx, member, conversation, text);
      // It is no answer to the customer: neither the last message nor the waiting changes.
      await this.update.set(tx, conversation.id, sql`last_activity_at = greatest(last_activity_at, ${note.sentAt})`);
      this.feed.append(tx, { kind: 'MessageAdded', ids: [note.id], conversationId: conversation.id });
      await this.mention(
        tx,
        note,
        named.filter((id) => id !== member.memberId),
      );
      return note;
    });
  }

  private async named(tx: WorkspaceTransaction, ids: readonly string[]): Promise<string[]> {
    const unique = [...new Set(ids.map((id) => id.toLowerCase()))];
    if (unique.length === 0) return [];
    const members = await this.members.membersByIds(tx, unique);
    if (members.length < unique.length) throw notFound('A member whom the note names');
    return members.map(({ id }) => id);
  }

  private async write(
    tx: WorkspaceTransaction,
    member: MemberActor,
    { id, channelId }: { readonly id: string; readonly channelId: string },
    text: string,
  ): Promise<MessageRow> {
    const row = await tx.first<MessageRow>(sql`
      insert into messages as m (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, member_id, text, sent_at)
      values (${tx.workspaceId}, ${newId()}, ${id}, ${channelId}, ${MessageDirection.NOTE}, ${MessageAuthor.MEMBER}, ${MessageKind.TEXT},
              ${MessageStatus.SENT}, ${member.memberId}, ${text}, ${new Date()})
      returning ${messageColumns}`);
    if (row === null) throw new Error('A row that was just written is there.');
    return row;
  }

  private async mention(tx: WorkspaceTransaction, note: MessageRow, memberIds: readonly string[]): Promise<void> {
    if (memberIds.length === 0) return;
    await tx.execute(sql`
      insert into mentions (workspace_id, message_id, member_id, conversation_id)
      select ${tx.workspaceId}, ${note.id}, member_id, ${note.conversationId} from unnest(${memberIds}::uuid[]) as named (member_id)`);
    const told = {
      kind: 'WorkspaceChanged',
      detail: 'mentions',
      ids: [note.conversationId],
      conversationId: note.conversationId,
    };
    this.feed.append(tx, ...memberIds.map((memberId) => ({ ...told, memberId })));
    const { conversationId } = note;
    await this.notifications.tell(tx, { kind: NotificationKind.MENTIONED, memberIds, conversationId });
  }
}
