import { z } from 'zod';
import { checkInput } from '../check-input.js';

/** For how many days a workspace keeps what; null is for ever. */
export interface RetentionPolicy {
  /** After the last activity of a conversation. */
  readonly conversationsDays: number | null;
  readonly leadsDays: number | null;
  /** What was sent to a model and what it said. */
  readonly aiRunsDays: number;
  readonly auditDays: number;
}

/** What a workspace keeps that has said nothing. */
export const usualRetention: RetentionPolicy = {
  conversationsDays: null,
  leadsDays: null,
  aiRunsDays: 90,
  auditDays: 365,
};

const tenYears = 3_653;
/** What happened last month can be looked up, whoever may have an interest in that it cannot. */
const shortestAudit = 30;

const daysFrom = (least: number) =>
  z
    .int()
    .min(least, `Keep it for at least ${String(least)} ${least === 1 ? 'day' : 'days'}.`)
    .max(tenYears, `Keep it for at most ${String(tenYears)} days.`);

const never = 'This is not kept for ever: give a number of days.';

/** What of the policy is changed, as somebody says it; what is left out stays. */
export type RetentionChange = { readonly [part in keyof RetentionPolicy]?: RetentionPolicy[part] | null | undefined };

const retentionChange = z.object({
  conversationsDays: daysFrom(1).nullable().optional(),
  leadsDays: daysFrom(1).nullable().optional(),
  aiRunsDays: z.preprocess(refuseNull, daysFrom(1).optional()),
  auditDays: z.preprocess(refuseNull, daysFrom(shortestAudit).optional()),
});

/** What a change says, checked; refused by the first part that makes no sense. */
export function changedRetention(change: RetentionChange): Partial<RetentionPolicy> {
  const given = Object.entries(checkInput(retentionChange, change)).filter(([, days]) => days !== undefined);
  return Object.fromEntries(given);
}

function refuseNull(value: unknown, context: z.core.$RefinementCtx): unknown {
  if (value === null) {
    context.addIssue(never);
    return z.NEVER;
  }
  return value;
}
