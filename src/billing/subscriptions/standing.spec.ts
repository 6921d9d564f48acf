import { SubscriptionStatus } from '../enums.js';
import { readPlanFile } from '../plans/plan-file.js';
import type { Bought, Plans } from '../plans/plans.js';
import { merchantNames } from '../merchants/merchant.js';
import { type KeptSubscription, type StandingNow, standingOf } from './standing.js';

const limits = 'limits: { SEATS: 1, CHANNELS: 1, AI_REPLIES: 1, CONTACTS: 1, KNOWLEDGE_PASSAGES: 1 }';
const file = readPlanFile(
  `
currency: EUR
interval: month
trial: { plan: big, days: 14, addOns: [extra] }
free: gratis
graceDays: 10
plans:
  - { code: gratis, name: Gratis, priceCents: 0, ${limits} }
  - { code: small, name: Small, priceCents: 1000, ${limits}, prices: { paddle: p-small } }
  - { code: big, name: Big, priceCents: 5000, ${limits}, includes: [inside], prices: { paddle: p-big } }
  - { code: old, name: Old, priceCents: 4000, ${limits}, retired: true, prices: { paddle: p-old } }
addOns:
  - { code: extra, name: Extra, priceCents: 100, prices: { paddle: p-extra } }
  - { code: inside, name: Inside, priceCents: 100, prices: { paddle: p-inside } }
`,
  'here',
  'paddle',
);
type Rules = Pick<Plans, 'bought' | 'trial' | 'free' | 'of' | 'graceDays'>;
const of = (code: string | null) => file.plans.find((plan) => plan.code === code) ?? null;
const bought = (_: unknown, prices: readonly string[]): Bought => ({
  plan: file.plans.findLast((plan) => prices.includes(plan.prices.paddle ?? ''))?.code ?? null,
  addOns: file.addOns.filter((one) => prices.includes(one.prices.paddle ?? '')).map(({ code }) => code),
  unknown: [],
});
const rules: Rules = { bought, of, trial: file.trial, free: null, graceDays: file.graceDays };
const withFree: Rules = { ...rules, free: of('gratis') };

const now = new Date('2026-11-23T12:00:00Z');
const day = (days: number) => new Date(now.getTime() + days * 86_400_000);
let count = 0;
function kept(change: Partial<KeptSubscription> = {}): KeptSubscription {
  count += 1;
  return {
    id: String(count),
    provider: 'paddle',
    reference: `sub_${String(count)}`,
    customer: 'ctm_1',
    status: 'ACTIVE',
    prices: ['p-small'],
    renewsAt: day(20),
    endsAt: null,
    pastDueSince: null,
    asOf: day(-10),
    ...change,
  };
}
const standing = (all: readonly KeptSubscription[], trialEndsAt: Date | null = null, plans = rules, at = now) =>
  standingOf(all, trialEndsAt, plans, at);

describe('how a workspace stands', () => {
  it('with nothing: there is no plan, and with a free one that', () => {
    expect(standing([])).toMatchObject({ status: 'NONE', plan: null, live: false, changesAt: null });
    expect(standing([], null, withFree)).toMatchObject({
      status: 'ACTIVE',
      plan: 'gratis',
      live: true,
      liveUntil: null,
    });
  });

  it('in its trial until that ends, then not, or with the free plan', () => {
    const end = day(3);
    const expected = { status: 'TRIALING', plan: 'big', addOns: ['extra', 'inside'], liveUntil: end, changesAt: end };
    expect(standing([], end)).toMatchObject({ ...expected, live: true });
    expect(standing([], end, rules, end)).toMatchObject({
      status: 'EXPIRED',
      plan: 'big',
      live: false,
      changesAt: null,
    });
    expect(standing([], end, withFree, end)).toMatchObject({ status: 'ACTIVE', plan: 'gratis', live: true });
  });

  it('with what it pays for, over its trial; the add-ons that a plan includes are on', () => {
    expect(standing([kept({ prices: ['p-big', 'p-extra'] })], day(3))).toMatchObject({
      status: 'ACTIVE',
      plan: 'big',
      addOns: ['extra', 'inside'],
      provider: 'paddle',
      liveUntil: null,
      renewsAt: day(20),
    });
  });

  it('goes on for the days of grace from the first missing payment on, and no longer', () => {
    const late = kept({ status: 'PAST_DUE', pastDueSince: day(-4), asOf: day(-1) });
    expect(standing([late])).toMatchObject({ status: 'PAST_DUE', live: true, liveUntil: day(6), graceEndsAt: day(6) });
    expect(standing([late], null, rules, day(6))).toMatchObject({ status: 'EXPIRED', plan: 'small', live: false });
    expect(standing([late], null, withFree, day(6))).toMatchObject({ plan: 'gratis', live: true });
  });

  it('stands still while it is paused, also where a free plan is', () => {
    for (const plans of [rules, withFree])
      expect(standing([kept({ status: 'PAUSED' })], null, plans)).toMatchObject({
        status: 'PAUSED',
        plan: 'small',
        live: false,
      });
  });

  it('goes on until its end where it was cancelled, and has ended where that is over or unknown', () => {
    const ending = kept({ status: 'CANCELED', endsAt: day(5) });
    const expected = { status: 'CANCELED', cancelAt: day(5), renewsAt: null, liveUntil: day(5), changesAt: day(5) };
    expect(standing([ending])).toMatchObject({ ...expected, live: true });
    expect(standing([ending], null, rules, day(5))).toMatchObject({ status: 'EXPIRED', live: false, cancelAt: null });
    expect(standing([kept({ status: 'CANCELED' })])).toMatchObject({ status: 'EXPIRED', live: false });
  });

  it('with add-ons that are subscriptions of their own: each as long as it is live', () => {
    const extra = kept({ prices: ['p-extra'], status: 'CANCELED', endsAt: day(2) });
    const plan = kept();
    expect(standing([plan, extra])).toMatchObject({
      plan: 'small',
      addOns: ['extra'],
      changesAt: day(2),
      liveUntil: null,
    });
    expect(standing([plan, extra], null, rules, day(2))).toMatchObject({ plan: 'small', addOns: [], changesAt: null });
    // Without a plan it is nothing by itself.
    expect(standing([extra])).toMatchObject({ status: 'NONE', live: false, addOns: [] });
    expect(standing([extra], null, withFree)).toMatchObject({ plan: 'gratis', addOns: ['extra'] });
  });

  it('with two at once: what is paid for before what is not, the dearer of two; a notice about one moves nothing', () => {
    const small = kept({ asOf: day(-1) });
    const big = kept({ prices: ['p-big'], asOf: day(-9) });
    expect(standing([small, big]).plan).toBe('big');
    expect(standing([{ ...small, asOf: day(0) }, big]).plan).toBe('big');
    expect(standing([small, { ...big, status: 'PAST_DUE', pastDueSince: day(-1) }]).plan).toBe('small');
    // Of two that have ended, the one that ended last is remembered.
    const ended = { status: 'CANCELED' as const, endsAt: day(-1) };
    expect(
      standing([
        { ...small, ...ended },
        { ...big, ...ended },
      ]),
    ).toMatchObject({ plan: 'small', status: 'EXPIRED' });
  });

  it('with a plan that is not sold any more: as long as the file knows it, and without it once it does not', () => {
    expect(standing([kept({ prices: ['p-old'] })])).toMatchObject({ plan: 'old', status: 'ACTIVE', live: true });
    expect(standing([kept({ prices: ['p-gone'] })])).toMatchObject({ status: 'NONE', live: false });
  });

  describe('in 1,000 histories by chance', () => {
    // The same numbers at each run.
    let state = 20_261_123;
    const chance = (below: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return Math.floor((state / 4_294_967_296) * below);
    };
    const oneOf = <T>(list: readonly T[]): T => list[chance(list.length)] as T;
    const sometime = () => day(chance(61) - 30);
    const histories = Array.from({ length: 1_000 }, () => ({
      trialEndsAt: oneOf([null, sometime(), sometime()]),
      plans: oneOf([rules, withFree]),
      all: Array.from({ length: chance(5) }, (_, place) =>
        kept({
          provider: oneOf(merchantNames),
          reference: `sub_${String(place)}`,
          status: oneOf(['TRIALING', 'ACTIVE', 'PAST_DUE', 'PAUSED', 'CANCELED']),
          prices: oneOf([['p-small'], ['p-big'], ['p-old'], ['p-extra'], ['p-small', 'p-extra'], ['p-gone'], []]),
          renewsAt: oneOf([null, sometime()]),
          endsAt: oneOf([null, sometime(), sometime()]),
          pastDueSince: oneOf([null, sometime()]),
          // Often at the same moment, so that the rest has to decide.
          asOf: day(-chance(3)),
        }),
      ),
    }));
    const facts = ({ liveUntil, changesAt, ...rest }: StandingNow) => ({ ...rest, liveUntil, changesAt });

    it('the order of the rows says nothing', () => {
      for (const { all, trialEndsAt, plans } of histories) {
        const expected = facts(standing(all, trialEndsAt, plans));
        for (const turned of [
          [...all].reverse(),
          [...all.slice(1), ...all.slice(0, 1)],
          [...all].sort(() => chance(3) - 1),
        ])
          expect(facts(standing(turned, trialEndsAt, plans))).toEqual(expected);
      }
    });

    it('what it says is coherent', () => {
      const statuses = new Set<SubscriptionStatus>();
      for (const { all, trialEndsAt, plans } of histories) {
        const { status, live, liveUntil, plan, addOns, cancelAt, graceEndsAt, changesAt } = standing(
          all,
          trialEndsAt,
          plans,
        );
        statuses.add(status);
        expect(live).toBe(['TRIALING', 'ACTIVE', 'PAST_DUE', 'CANCELED'].includes(status));
        if (live) expect(plan).not.toBeNull();
        else expect(addOns).toEqual([]);
        if (liveUntil !== null) {
          expect(liveUntil.getTime()).toBeGreaterThan(now.getTime());
          expect(changesAt?.getTime()).toBeLessThanOrEqual(liveUntil.getTime());
        }
        if (changesAt !== null) expect(changesAt.getTime()).toBeGreaterThan(now.getTime());
        expect(cancelAt === null).toBe(status !== SubscriptionStatus.CANCELED);
        expect(graceEndsAt === null).toBe(status !== SubscriptionStatus.PAST_DUE);
        if (plans === withFree) expect(live || status === SubscriptionStatus.PAUSED).toBe(true);
      }
      expect(statuses.size).toBe(Object.keys(SubscriptionStatus).length);
    });

    it('nothing changes before the moment that it names', () => {
      for (const { all, trialEndsAt, plans } of histories) {
        const first = standing(all, trialEndsAt, plans);
        const { changesAt: _one, ...before } = first;
        const last = first.changesAt === null ? day(400) : new Date(first.changesAt.getTime() - 1);
        const { changesAt: _other, ...after } = standing(all, trialEndsAt, plans, last);
        expect(after).toEqual(before);
      }
    });

    it('comes to rest: looked at whenever it says so, it changes no more than its rows have moments', () => {
      for (const { all, trialEndsAt, plans } of histories) {
        let at: Date | null = now;
        let looks = 0;
        for (; at !== null; looks += 1) at = standing(all, trialEndsAt, plans, at).changesAt;
        expect(looks).toBeLessThanOrEqual(all.length + 2);
      }
    });
  });
});
