import { Injectable } from '@nestjs/common';
import { Entitlements, UsageMetric } from '../../billing/index.js';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';

/** Why the plan allows no answer by AI: a name of `runWords`. */
export type NoRoomForAnswer = 'PLAN_FULL' | 'PLAN_ENDED';

/**
 * Whether the plan of a workspace has room for an answer by AI. Asked before a model is, so that nothing is spent in vain; an
 * answer is counted in the transaction that stores or sends it, so that it counts once, however often it is tried.
 * Participants.
 */
@Injectable()
export class RoomForAnswers {
  constructor(private readonly entitlements: Entitlements) {}

  /** The plan stays as it is; asked before a bot is held, for a change of plan freezes bots. */
  hold(tx: WorkspaceTransaction): Promise<void> {
    return this.entitlements.hold(tx);
  }

  /** Refuses what a member asks for, in words. */
  require(tx: WorkspaceTransaction): Promise<void> {
    return this.entitlements.requireRoom(tx, UsageMetric.AI_REPLIES);
  }

  /** Counts an answer that a member asked for; refuses where it has no room. */
  use(tx: WorkspaceTransaction): Promise<void> {
    return this.entitlements.use(tx, UsageMetric.AI_REPLIES);
  }

  /** Why there is no room; null where there is. */
  whyNone(tx: WorkspaceTransaction): Promise<NoRoomForAnswer | null> {
    return reasonOf(() => this.require(tx));
  }

  /** Counts an answer; says why where it has no room, and counts nothing then. */
  tryUse(tx: WorkspaceTransaction): Promise<NoRoomForAnswer | null> {
    return reasonOf(() => this.use(tx));
  }
}

async function reasonOf(ask: () => Promise<void>): Promise<NoRoomForAnswer | null> {
  try {
    await ask();
    return null;
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== ErrorCode.PLAN_LIMIT) throw error;
    return error.reason === 'PLAN_ENDED' ? 'PLAN_ENDED' : 'PLAN_FULL';
  }
}
