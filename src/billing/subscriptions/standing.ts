import { SubscriptionStatus } from '../enums.js';
import type { MerchantName, MerchantStatus } from '../merchants/merchant.js';
import type { Plans } from '../plans/plans.js';

/** What a merchant said last of one subscription, as it is kept. */
export interface KeptSubscription {
  readonly id: string;
  readonly provider: MerchantName;
  readonly reference: string;
  readonly customer: string;
  readonly status: MerchantStatus;
  readonly prices: readonly string[];
  readonly renewsAt: Date | null;
  readonly endsAt: Date | null;
  readonly pastDueSince: Date | null;
  readonly asOf: Date;
}

/** How a workspace stands. `live`: it may send and use AI, until `liveUntil` where that is set. */
export interface Standing {
  readonly plan: string | null;
  readonly status: SubscriptionStatus;
  readonly addOns: readonly string[];
  readonly provider: MerchantName | null;
  readonly live: boolean;
  readonly liveUntil: Date | null;
  readonly trialEndsAt: Date | null;
  readonly renewsAt: Date | null;
  readonly cancelAt: Date | null;
  readonly graceEndsAt: Date | null;
}

/** A standing, and when it changes by itself next; null where it does not. */
export interface StandingNow extends Standing {
  readonly changesAt: Date | null;
}

type Rules = Pick<Plans, 'bought' | 'trial' | 'free' | 'of' | 'graceDays'>;

/**
 * How a workspace stands at a moment: by the best of what it pays for, else by its trial, else by the plan that costs
 * nothing. Add-ons are those of everything that is live. The same rows and moment give the same standing, in whichever order
 * the merchant told them.
 */
export function standingOf(
  subscriptions: readonly KeptSubscription[],
  trialEndsAt: Date | null,
  plans: Rules,
  now: Date,
): StandingNow {
  const all = subscriptions
    .map((kept) => {
      const bought = plans.bought(kept.provider, kept.prices);
      return { ...at(kept, plans.graceDays, now), bought, priceCents: plans.of(bought.plan)?.priceCents ?? 0 };
    })
    .sort(byWorth);
  const [best] = all.filter(({ bought }) => bought.plan !== null);
  const alive = all.filter(({ live }) => live);
  const changesAt = earliest([trialEndsAt, ...alive.map(({ until }) => until)], now);
  const sold = alive.flatMap(({ bought }) => bought.addOns);
  const addOnsOf = (plan: string | null, others: readonly string[]) =>
    [...new Set([...(plans.of(plan)?.includes ?? []), ...others])].sort();
  if (best?.live === true)
    return {
      ...best.shown,
      plan: best.bought.plan,
      provider: best.kept.provider,
      addOns: addOnsOf(best.bought.plan, sold),
      live: true,
      liveUntil: best.until,
      trialEndsAt,
      changesAt,
    };
  const nothing = { provider: null, trialEndsAt, renewsAt: null, cancelAt: null, graceEndsAt: null, changesAt };
  if (trialEndsAt !== null && trialEndsAt > now && plans.trial !== undefined) {
    const { plan, addOns } = plans.trial;
    const trial = { status: SubscriptionStatus.TRIALING, live: true, liveUntil: trialEndsAt };
    return { ...nothing, ...trial, plan, addOns: addOnsOf(plan, [...addOns, ...sold]) };
  }
  if (best !== undefined && best.shown.status === SubscriptionStatus.PAUSED)
    return {
      ...nothing,
      ...best.shown,
      plan: best.bought.plan,
      provider: best.kept.provider,
      addOns: [],
      live: false,
      liveUntil: null,
    };
  if (plans.free !== null) {
    const free = { status: SubscriptionStatus.ACTIVE, live: true, liveUntil: null };
    return { ...nothing, ...free, plan: plans.free.code, addOns: addOnsOf(plans.free.code, sold) };
  }
  const ended = best !== undefined || trialEndsAt !== null;
  const plan = best?.bought.plan ?? (trialEndsAt === null ? null : (plans.trial?.plan ?? null));
  const status = ended ? SubscriptionStatus.EXPIRED : SubscriptionStatus.NONE;
  return { ...nothing, plan, status, provider: best?.kept.provider ?? null, addOns: [], live: false, liveUntil: null };
}

interface Seen {
  readonly kept: KeptSubscription;
  readonly live: boolean;
  readonly until: Date | null;
  readonly shown: Pick<Standing, 'status' | 'renewsAt' | 'cancelAt' | 'graceEndsAt'>;
}

/** One subscription at a moment. */
function at(kept: KeptSubscription, graceDays: number, now: Date): Seen {
  const { status, renewsAt, endsAt, pastDueSince } = kept;
  const shown = { status: SubscriptionStatus[status], renewsAt, cancelAt: null, graceEndsAt: null };
  if (status === 'PAUSED') return { kept, live: false, until: null, shown };
  if (status === 'CANCELED') {
    const live = endsAt !== null && endsAt > now;
    const expired = { ...shown, status: SubscriptionStatus.EXPIRED, renewsAt: null };
    return { kept, live, until: endsAt, shown: live ? { ...shown, renewsAt: null, cancelAt: endsAt } : expired };
  }
  if (status === 'PAST_DUE') {
    const graceEndsAt = new Date((pastDueSince ?? kept.asOf).getTime() + graceDays * 86_400_000);
    const live = graceEndsAt > now;
    const status = live ? SubscriptionStatus.PAST_DUE : SubscriptionStatus.EXPIRED;
    return { kept, live, until: graceEndsAt, shown: { ...shown, status, graceEndsAt } };
  }
  return { kept, live: true, until: null, shown };
}

const worth: readonly SubscriptionStatus[] = [
  SubscriptionStatus.ACTIVE,
  SubscriptionStatus.TRIALING,
  SubscriptionStatus.PAST_DUE,
  SubscriptionStatus.CANCELED,
  SubscriptionStatus.PAUSED,
  SubscriptionStatus.EXPIRED,
];

/**
 * What gives most before what gives less. Of two that are live and alike the dearer plan, so that a notice about the other
 * changes nothing; of two that have ended the one that ended last; their ids settle the rest.
 */
function byWorth(one: Seen & Priced, other: Seen & Priced): number {
  return (
    Number(other.live) - Number(one.live) ||
    worth.indexOf(one.shown.status) - worth.indexOf(other.shown.status) ||
    (one.live ? other.priceCents - one.priceCents : 0) ||
    other.kept.asOf.getTime() - one.kept.asOf.getTime() ||
    (idOf(one) < idOf(other) ? -1 : 1)
  );
}

interface Priced {
  readonly priceCents: number;
}

function idOf({ kept }: Seen): string {
  return `${kept.provider} ${kept.reference}`;
}

/** The earliest moment from now on at which something of it ends by itself. */
function earliest(moments: readonly (Date | null)[], now: Date): Date | null {
  const times = moments.filter((moment) => moment !== null && moment > now).map((moment) => Number(moment));
  return times.length === 0 ? null : new Date(Math.min(...times));
}
