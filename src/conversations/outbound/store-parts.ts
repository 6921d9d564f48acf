import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { type WorkspaceTransaction, newId, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { type MessageRow, messageColumns } from '../message.row.js';
import type { Outlet } from './outbound-message.js';
import type { MessagePart } from './plan-parts.js';

/** What the messages of one send have in common. */
export interface Sending {
  readonly outlet: Outlet;
  readonly memberId: string;
  readonly key: string;
  readonly held: boolean;
  readonly draftId: string | null;
  /** The message that the first of them answers, as the platform calls it. */
  readonly replyTo: string | null;
}

/** Puts what a member sends into the thread, a row for each message of the platform. */
@Injectable()
export class StoreParts {
  constructor(private readonly feed: LiveFeed) {}

  /** Gives the first message: it stands for the whole, under the key of the send. */
  async store(
    tx: WorkspaceTransaction,
    sending: Sending,
    [first, ...rest]: readonly [MessagePart, ...MessagePart[]],
  ): Promise<{ readonly message: MessageRow; readonly lastId: string }> {
    const message = await this.storeOne(tx, sending, first);
    let lastId = message.id;
    for (const [index, part] of rest.entries()) {
      const own = { key: keyOfPart(sending.key, index + 2), replyTo: null, draftId: null };
      lastId = (await this.storeOne(tx, { ...sending, ...own }, part)).id;
    }
    return { message, lastId };
  }

  private async storeOne(tx: WorkspaceTransaction, sending: Sending, part: MessagePart): Promise<MessageRow> {
    const { outlet, memberId, key, held, draftId, replyTo } = sending;
    const { conversation, channel } = outlet;
    const id = newId();
    const message = await tx.first<MessageRow>(sql`
      insert into messages as m (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, member_id, text, content,
                                 reply_to_external_id, idempotency_key, draft_id, sent_at)
      values (${tx.workspaceId}, ${id}, ${conversation.id}, ${channel.id}, 'OUTBOUND', 'MEMBER', ${part.kind},
              ${held ? 'HELD' : 'QUEUED'}, ${memberId}, ${part.text}, ${part.content === null ? null : JSON.stringify(part.content)}::jsonb, ${replyTo}, ${key}, ${draftId}, now())
      returning ${messageColumns}`);
    if (message === null) throw new Error('An insert gave no row.');
    for (const [position, { file, kind }] of part.files.entries()) {
      await tx.execute(sql`
        insert into attachments (workspace_id, id, message_id, position, kind, status, name, content_type, size, file_id)
        values (${tx.workspaceId}, ${newId()}, ${id}, ${position}, ${kind}, 'READY', ${file.name}, ${file.contentType}, ${file.size}, ${file.id})`);
    }
    this.feed.append(tx, { kind: 'MessageAdded', ids: [id], conversationId: conversation.id });
    return message;
  }
}

/** The key of a further message of one send: the same for the same send, and no key that a client would choose. */
function keyOfPart(key: string, number: number): string {
  return `part ${String(number)} of ${createHash('sha256').update(key).digest('base64url')}`;
}
