import { Injectable } from '@nestjs/common';
import type { CitedPage } from '../../channels/index.js';
import { type WorkspaceTransaction, newId, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import { MachineMessageQueued } from '../conversations.events.js';
import { MessageAuthor } from '../enums.js';
import type { MachineTurn } from './machine-turns.js';

/** What a machine answers. */
export interface MachineReply {
  /** The same for the same answer: however often it is queued, it stands there once. */
  readonly key: string;
  readonly text: string;
  readonly draftId: string;
  /** What it rests on, for who reads it. */
  readonly sources: readonly CitedPage[];
}

/** Queues what a machine says, in its turn. Participant. */
@Injectable()
export class SpeakAsMachine {
  constructor(
    private readonly feed: LiveFeed,
    private readonly outbox: Outbox,
    private readonly facts: Facts,
  ) {}

  /** An answer: the customer waits no longer, but no member has read what they wrote. Gives the message's id. */
  async reply(tx: WorkspaceTransaction, turn: MachineTurn, { key, text, draftId, sources }: MachineReply) {
    const content = sources.length === 0 ? null : JSON.stringify({ sources });
    const id = await this.queue(tx, turn, MessageAuthor.BOT, { key, text, draftId, content });
    await tx.execute(sql`
      update conversations set waiting_since = null
       where workspace_id = ${tx.workspaceId} and id = ${turn.outlet.conversation.id}`);
    await this.facts.announce(tx, new MachineMessageQueued(turn.outlet.conversation.id));
    return id;
  }

  /** A notice that answers nothing: the customer waits as before. */
  async notice(tx: WorkspaceTransaction, turn: MachineTurn, key: string, text: string): Promise<void> {
    await this.queue(tx, turn, MessageAuthor.SYSTEM, { key, text, draftId: null, content: null });
  }

  private async queue(
    tx: WorkspaceTransaction,
    { outlet: { conversation, channel } }: MachineTurn,
    author: MessageAuthor,
    said: {
      readonly key: string;
      readonly text: string;
      readonly draftId: string | null;
      readonly content: string | null;
    },
  ): Promise<string> {
    const id = newId();
    await tx.execute(sql`
      insert into messages (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, text, content, idempotency_key, draft_id, sent_at)
      values (${tx.workspaceId}, ${id}, ${conversation.id}, ${channel.id}, 'OUTBOUND', ${author}, 'TEXT', 'QUEUED', ${said.text}, ${said.content}::jsonb,
              ${said.key}, ${said.draftId}, now())`);
    await tx.execute(sql`
      update conversations set last_message_id = greatest(last_message_id, ${id}), last_activity_at = now()
       where workspace_id = ${tx.workspaceId} and id = ${conversation.id}`);
    this.outbox.scheduleBehind(tx, 'deliver-messages', conversation.id);
    this.feed.append(
      tx,
      { kind: 'MessageAdded', ids: [id], conversationId: conversation.id },
      { kind: 'ConversationChanged', ids: [conversation.id], conversationId: conversation.id },
    );
    return id;
  }
}
