import { Injectable } from '@nestjs/common';
import { type Call, type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { Hints } from '../../platform/outbox/index.js';
import type { Role } from '../enums.js';
import {
  NotificationKind,
  mailJob,
  mailWaitSeconds,
  mailedByDefault,
  pushJob,
  pushWaitSeconds,
  pushedByDefault,
} from './notification-kind.js';

/** Something that members may want to be told. */
export interface Notice {
  readonly kind: NotificationKind;
  /** Whom it concerns; everyone in the workspace when not given. */
  readonly memberIds?: readonly string[];
  /** Only those of these roles. */
  readonly roles?: readonly Role[];
  /** Where it happened, when it was one conversation. */
  readonly conversationId?: string | null;
  /** How often it happened; once when not given. */
  readonly count?: number;
}

// Timers may go off a little early, and a row that is not due yet would be passed over until the next sweep.
const hintMilliseconds = 1_000 * pushWaitSeconds + 50;

/**
 * Tells members what happened while they are away, by mail and push as each of them chose. What is told is committed with
 * the fact; whether and when it goes out (quiet hours, several in one, nobody who is looking) is decided by the workers.
 */
@Injectable()
export class Notifications {
  constructor(private readonly hints: Hints) {}

  /** Tells with this transaction. */
  async tell(tx: WorkspaceTransaction, notice: Notice): Promise<void> {
    await tx.call(this.callFor(tx.workspaceId, notice));
  }

  /** The same as a call, for a transaction that is nothing but calls. */
  callFor(workspaceId: string, { kind, memberIds, roles, conversationId, count }: Notice): Call {
    const byDefault = [
      ...(mailedByDefault.includes(kind) ? ['MAIL'] : []),
      ...(pushedByDefault.includes(kind) ? ['PUSH'] : []),
    ];
    return {
      invoke: sql`tell_members(${kind}, ${memberIds ?? null}::uuid[], ${roles ?? null}::text[], ${conversationId ?? null}::uuid, ${count ?? 1},
                               ${byDefault}::text[], ${[mailJob, pushJob]}::text[], ${[mailWaitSeconds, pushWaitSeconds]}::float8[])`,
      afterCommit: (pushed) => {
        for (const memberId of (pushed as readonly string[] | null) ?? [])
          setTimeout(() => this.hints.give(pushJob, workspaceId, memberId), hintMilliseconds).unref();
      },
    };
  }
}
