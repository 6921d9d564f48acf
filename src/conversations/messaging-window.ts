import type { WindowRule } from '../channels/index.js';

/** Whether the channel's rules let the workspace write now. */
export interface WindowState {
  readonly open: boolean;
  /** When it closes; null where the channel has no window, or nobody ever wrote. */
  readonly closesAt: Date | null;
  /** Until when a person (no bot) may still answer. */
  readonly humanAgentUntil: Date | null;
  /** Why not, in words; null while it is open. */
  readonly reason: string | null;
  /** The same for clients that say it in their reader's language. */
  readonly why: 'WINDOW_SHUT' | 'WINDOW_NOT_BEGUN' | 'WINDOW_OVER' | null;
}

/** What decides it, as it stands on a conversation. */
interface WindowFacts {
  readonly lastInboundAt: Date | null;
  /** When the customer last shut the business out, and last let it in; null where that never happened. */
  readonly unreachableAt: Date | null;
  readonly reachableAt: Date | null;
}

const hour = 3_600_000;

/** The window of a conversation, from the rule of its channel and the customer's last message. */
export function windowOf(rule: WindowRule, thread: WindowFacts, now: Date): WindowState {
  const { lastInboundAt } = thread;
  if (isShutOut(thread)) {
    return {
      open: false,
      closesAt: null,
      humanAgentUntil: null,
      reason: 'The customer has blocked this account: nothing reaches them until they unblock it or write again.',
      why: 'WINDOW_SHUT',
    };
  }
  if (rule.hours === null) return { open: true, closesAt: null, humanAgentUntil: null, reason: null, why: null };
  if (lastInboundAt === null) {
    return {
      open: false,
      closesAt: null,
      humanAgentUntil: null,
      reason: 'The customer has not written yet; only they can begin.',
      why: 'WINDOW_NOT_BEGUN',
    };
  }
  const closesAt = new Date(lastInboundAt.getTime() + rule.hours * hour);
  const humanAgentUntil =
    rule.humanAgentHours === null ? null : new Date(lastInboundAt.getTime() + rule.humanAgentHours * hour);
  const open = closesAt > now;
  if (open) return { open, closesAt, humanAgentUntil, reason: null, why: null };
  const reason =
    humanAgentUntil !== null && humanAgentUntil > now
      ? `The ${String(rule.hours)} hours for free replies are over; a person may still answer until the end of the seventh day.`
      : 'The time for replies is over; it opens again when the customer writes.';
  return { open, closesAt, humanAgentUntil, reason, why: 'WINDOW_OVER' };
}

/** Whether an approved template may go outside the window: in a thread that the customer opened, and did not shut since. */
export function mayTakeTemplate(thread: WindowFacts): boolean {
  return thread.lastInboundAt !== null && !isShutOut(thread);
}

/** Whoever writes, or lets the business in again, after shutting it out can be reached. */
function isShutOut({ unreachableAt, reachableAt, lastInboundAt }: WindowFacts): boolean {
  if (unreachableAt === null) return false;
  return [reachableAt, lastInboundAt].every((since) => since === null || since < unreachableAt);
}
