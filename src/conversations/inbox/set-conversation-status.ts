import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import type { ConversationRow } from '../conversation.row.js';
import { ConversationStatus } from '../enums.js';
import { lockConversation } from '../lock-conversation.js';
import { FollowStatus } from './follow-status.js';
import { UpdateConversation } from './update-conversation.js';

const longestSnooze = 366 * 86_400_000;

/** Says where a conversation stands. What is snoozed comes back by itself. */
@Injectable()
export class SetConversationStatus {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly update: UpdateConversation,
    private readonly follow: FollowStatus,
  ) {}

  async run(
    { workspaceId }: MemberActor,
    id: string,
    status: ConversationStatus,
    until: Date | null | undefined,
  ): Promise<ConversationRow> {
    const snoozedUntil = checkSnooze(status, until ?? null);
    return this.workspaces.run(workspaceId, async (tx) => {
      const before = await lockConversation(tx, id);
      const same = before.status === status && before.snoozedUntil?.getTime() === snoozedUntil?.getTime();
      return same ? before : this.change(tx, before, status, snoozedUntil);
    });
  }

  private async change(
    tx: WorkspaceTransaction,
    before: ConversationRow,
    status: ConversationStatus,
    snoozedUntil: Date | null,
  ): Promise<ConversationRow> {
    const change = [sql`status = ${status}`, sql`snoozed_until = ${snoozedUntil}`];
    // Whoever resolves it says that nobody waits any more; the next message of the customer begins anew.
    if (status === ConversationStatus.RESOLVED) change.push(sql`waiting_since = null`);
    const row = await this.update.set(tx, before.id, ...change);
    await this.follow.run(tx, [{ was: before, row }]);
    return row;
  }
}

/** When a conversation of this status comes back; null where it need not. Throws for a time that cannot be. */
export function checkSnooze(status: ConversationStatus, until: Date | null): Date | null {
  if (status !== ConversationStatus.SNOOZED) {
    if (until !== null) throw badInput('snoozedUntil', 'A time to come back goes with the status SNOOZED only.');
    return null;
  }
  if (until === null) throw badInput('snoozedUntil', 'Say until when it is snoozed.', 'SNOOZE_WHEN');
  const wait = until.getTime() - Date.now();
  if (!(wait > 0)) throw badInput('snoozedUntil', 'Choose a time that lies ahead.', 'SNOOZE_AHEAD');
  if (wait > longestSnooze) throw badInput('snoozedUntil', 'Snooze it for a year at most.', 'SNOOZE_YEAR');
  return until;
}
