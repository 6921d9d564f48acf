import { Injectable } from '@nestjs/common';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import type { ConversationRow } from '../conversation.row.js';
import { ConversationsResolved } from '../conversations.events.js';
import { ConversationStatus } from '../enums.js';
import { wakeConversation } from './wake-conversation.worker.js';

/** A conversation before a change and after it. */
export interface ChangedConversation {
  readonly was: ConversationRow;
  readonly row: ConversationRow;
}

/** What follows where members say how conversations stand: what is snoozed comes back by itself, what is resolved is told. */
@Injectable()
export class FollowStatus {
  constructor(
    private readonly outbox: Outbox,
    private readonly facts: Facts,
  ) {}

  /** Participant. */
  async run(tx: WorkspaceTransaction, changed: readonly ChangedConversation[]): Promise<void> {
    for (const { was, row } of changed)
      if (row.snoozedUntil !== null && row.snoozedUntil.getTime() !== was.snoozedUntil?.getTime())
        this.outbox.schedule(tx, wakeConversation, row.id, row.snoozedUntil);
    const woken = changed.filter(({ was, row }) => was.snoozedUntil !== null && row.snoozedUntil === null);
    if (woken.length > 0) await this.outbox.cancel(tx, wakeConversation, ...woken.map(({ row }) => row.id));
    const { RESOLVED } = ConversationStatus;
    const resolved = changed.filter(({ was, row }) => row.status === RESOLVED && was.status !== RESOLVED);
    if (resolved.length > 0)
      await this.facts.announce(tx, new ConversationsResolved(resolved.map(({ row }) => row.id)));
  }
}
