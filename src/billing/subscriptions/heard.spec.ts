import type { MerchantStatus, MerchantSubscription } from '../merchants/merchant.js';
import { type Heard, firstHeard, heardMore, notYetUnderstood } from './heard.js';

const now = new Date('2026-11-23T12:00:00Z');
const day = (days: number) => new Date(now.getTime() + days * 86_400_000);
const told = (days: number, status: MerchantStatus, prices: readonly string[] = ['small']): MerchantSubscription => ({
  reference: 'sub_1',
  customer: 'ctm_1',
  status,
  prices,
  renewsAt: null,
  endsAt: null,
  asOf: day(days),
  checkout: null,
  customData: {},
});
/** What is known after words in this order, none of which was asked for. */
function after(first: MerchantSubscription, ...more: readonly MerchantSubscription[]): Heard {
  return more.reduce((known, one) => heardMore(known, one, false, now), firstHeard(first));
}

describe('what was heard of a subscription', () => {
  it.each<MerchantStatus>(['PAUSED', 'CANCELED'])(
    'counts grace on from the first missing payment, though it was %s in between: nothing was paid',
    (between) => {
      const words = [told(-20, 'ACTIVE'), told(-13, 'PAST_DUE'), told(-2, between), told(-1, 'PAST_DUE')] as const;
      expect(after(...words).pastDues[0]).toEqual(day(-13));
      const [one, two, three, four] = words;
      expect(after(four, three, two, one)).toEqual(after(...words));
      expect(after(one, two, told(-3, 'ACTIVE'), four).pastDues[0]).toEqual(day(-1));
    },
  );

  it('from a time that is still to come does not hold against the answer to our question', () => {
    const wrong = after(told(-2, 'ACTIVE'), told(4_000, 'PAST_DUE', ['big']));
    expect(heardMore(wrong, told(-1, 'CANCELED'), false, now)).toMatchObject({ prices: ['big'] });
    const right = heardMore(wrong, told(-1, 'PAST_DUE'), true, now);
    expect(right).toMatchObject({ status: 'PAST_DUE', prices: ['small'], asOf: day(-1), pastDues: [day(-1)] });
    expect(heardMore(right, told(0, 'ACTIVE'), false, now)).toMatchObject({ status: 'ACTIVE', goodAt: day(0) });
    // Where the clock of the merchant is ahead of ours, everything it says is: the newest holds.
    const ahead = after(told(9, 'ACTIVE', ['big']));
    expect(heardMore(ahead, told(8, 'ACTIVE'), true, now)).toMatchObject({ prices: ['big'] });
  });

  it('of a price that nobody knew then holds once it is known, whichever price is the greater word', () => {
    for (const [before, bought] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      const event = told(-1, 'ACTIVE', [bought]);
      const known = after(told(-9, 'ACTIVE', [before]), notYetUnderstood(event, [before]));
      expect(known.prices).toEqual([before]);
      expect(heardMore(known, event, false, now).prices).toEqual([bought]);
    }
  });
});
