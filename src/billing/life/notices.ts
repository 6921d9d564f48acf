import { SubscriptionStatus } from '../enums.js';

/** What the owners are told of their plan. */
export type NoticeName =
  | 'trial-ends'
  | 'trial-ended'
  | 'payment-failed-1'
  | 'payment-failed-3'
  | 'payment-failed-7'
  | 'plan-paused'
  | 'plan-canceled'
  | 'plan-ended';

/** Something to tell. Told once for each moment that it is about. */
export interface Notice {
  readonly name: NoticeName;
  readonly about: Date;
  /** When it is due. */
  readonly at: Date;
}

/** How a workspace stands, as far as its owners are told of it. */
export interface Told {
  readonly status: SubscriptionStatus;
  /** Whether the standing is what the merchant sells, and not a trial or the plan that costs nothing. */
  readonly isPaid: boolean;
  /** Whether anything was ever bought. */
  readonly wasPaid: boolean;
  readonly trialEndsAt: Date | null;
  readonly graceEndsAt: Date | null;
  /** Since when it stands like this. */
  readonly since: Date;
}

const dayMilliseconds = 86_400_000;
/** So long before its end a trial is told of. */
export const trialNoticeDays = 3;
/** What is older is no news: whoever was not told then is not told now. */
const newsDays = 7;

/**
 * What is to be told at a moment, and when the next thing may be. Of several that are due, after a stop of the server, the
 * last one says what the others would have said: it is `due`, and the others count as told with it.
 */
export function noticesAt(
  told: Told,
  graceDays: number,
  now: Date,
): { readonly due: Notice | null; readonly instead: readonly Notice[]; readonly next: Date | null } {
  const all = noticesOf(told, graceDays);
  const past = all.filter(({ at }) => at <= now && at.getTime() > now.getTime() - newsDays * dayMilliseconds);
  const next = all.find(({ at }) => at > now)?.at ?? null;
  return { due: past.at(-1) ?? null, instead: past.slice(0, -1), next };
}

/** Everything that is told while it stands like this, the earliest first. */
function noticesOf({ status, isPaid, wasPaid, trialEndsAt, graceEndsAt, since }: Told, graceDays: number): Notice[] {
  switch (status) {
    case SubscriptionStatus.TRIALING:
      return isPaid || trialEndsAt === null
        ? []
        : [{ name: 'trial-ends', about: trialEndsAt, at: daysAfter(trialEndsAt, -trialNoticeDays) }];
    case SubscriptionStatus.PAST_DUE: {
      const missing = daysAfter(graceEndsAt ?? since, -graceDays);
      return ([1, 3, 7] as const).map((day) => ({
        name: `payment-failed-${day}` as const,
        about: since,
        at: daysAfter(missing, day - 1),
      }));
    }
    case SubscriptionStatus.PAUSED:
      return [{ name: 'plan-paused', about: since, at: since }];
    case SubscriptionStatus.CANCELED:
      return [{ name: 'plan-canceled', about: since, at: since }];
    case SubscriptionStatus.ACTIVE:
    case SubscriptionStatus.EXPIRED:
      return isPaid && status === SubscriptionStatus.ACTIVE ? [] : ended(wasPaid, trialEndsAt, since);
    case SubscriptionStatus.NONE:
      return [];
  }
}

/** Something is over: a plan that was paid for, or the trial. */
function ended(wasPaid: boolean, trialEndsAt: Date | null, since: Date): Notice[] {
  if (wasPaid) return [{ name: 'plan-ended', about: since, at: since }];
  return trialEndsAt === null ? [] : [{ name: 'trial-ended', about: trialEndsAt, at: trialEndsAt }];
}

function daysAfter(moment: Date, days: number): Date {
  return new Date(moment.getTime() + days * dayMilliseconds);
}
