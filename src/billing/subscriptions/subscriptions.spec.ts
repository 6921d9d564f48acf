import { sellingEnvironment } from '../../../test/support/billing.js';
import { Team } from '../../../test/support/team.js';
import { Workspaces } from '../../platform/database/index.js';
import type { MerchantStatus, MerchantSubscription } from '../merchants/merchant.js';
import { Subscriptions } from './subscriptions.js';

let team: Team;
beforeAll(
  async () => void (team = await Team.start({ redis: false, environment: await sellingEnvironment() })),
  30_000,
);
afterAll(() => team.stop());

const start = Date.parse('2026-11-01T00:00:00Z');
const hours = (count: number) => new Date(start + count * 3_600_000);
const told = (reference: string, at: number, status: MerchantStatus, price = 'price_small'): MerchantSubscription => ({
  reference,
  customer: 'ctm_1',
  status,
  prices: [price],
  renewsAt: status === 'CANCELED' ? null : hours(at + 700),
  endsAt: status === 'CANCELED' ? hours(at + 10) : null,
  asOf: hours(at),
  customData: {},
  checkout: null,
});
const take = (one: MerchantSubscription, fetched = false, workspaceId = team.workspaceId) =>
  team.app.app
    .get(Workspaces)
    .run(workspaceId, (tx) => team.app.app.get(Subscriptions, { strict: false }).take(tx, 'paddle', one, fetched));
async function kept(reference: string): Promise<Record<string, unknown> | undefined> {
  const { rows } = await team.sql.query<Record<string, unknown>>(
    `select status, prices, renews_at, ends_at, good_at, past_dues, as_of from merchant_subscriptions where reference = $1`,
    [reference],
  );
  return rows[0];
}

/** Since when a payment is missing. */
const since = async (reference: string) => ((await kept(reference))?.['past_dues'] as Date[])[0];

describe('what a merchant says of a subscription', () => {
  it('holds by when it was said; the same again, or something older, changes nothing', async () => {
    expect(await take(told('sub_a', 1, 'ACTIVE'))).toBe(true);
    expect(await take(told('sub_a', 3, 'CANCELED'))).toBe(true);
    const before = await kept('sub_a');
    expect(await take(told('sub_a', 3, 'CANCELED'))).toBe(false);
    expect(await take(told('sub_a', 0, 'ACTIVE'))).toBe(false);
    expect(await kept('sub_a')).toMatchObject({ status: before?.['status'], as_of: before?.['as_of'] });
  });

  it('of two things said at one moment the one that was asked for holds', async () => {
    await take(told('sub_b', 1, 'TRIALING'));
    expect(await take(told('sub_b', 1, 'ACTIVE'))).toBe(false);
    expect(await take(told('sub_b', 1, 'ACTIVE'), true)).toBe(true);
    expect(await kept('sub_b')).toMatchObject({ status: 'ACTIVE' });
    expect(await take(told('sub_b', 1, 'ACTIVE'), true)).toBe(false);
  });

  it('counts the days of grace from the first notice, though it comes last', async () => {
    await take(told('sub_c', 1, 'ACTIVE'));
    await take(told('sub_c', 30, 'PAST_DUE'));
    expect(await since('sub_c')).toEqual(hours(30));
    await take(told('sub_c', 20, 'PAST_DUE'));
    expect(await since('sub_c')).toEqual(hours(20));
    // It was paid in between, which is heard of last: grace begins anew.
    await take(told('sub_c', 25, 'ACTIVE'));
    expect(await since('sub_c')).toEqual(hours(30));
    await take(told('sub_c', 40, 'ACTIVE'));
    expect(await since('sub_c')).toBeUndefined();
  });

  it('comes to the same in 200 orders, told twice here and there, from several calls at once', async () => {
    let state = 7;
    const chance = (below: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return Math.floor((state / 4_294_967_296) * below);
    };
    const statuses: readonly MerchantStatus[] = ['TRIALING', 'ACTIVE', 'PAST_DUE', 'PAST_DUE', 'PAUSED', 'CANCELED'];
    for (let history = 0; history < 20; history += 1) {
      // Several at one moment, of merchants that round theirs.
      const events = Array.from({ length: 7 }, () => ({
        at: chance(6),
        status: statuses[chance(statuses.length)] ?? 'ACTIVE',
        price: ['price_small', 'price_big'][chance(2)],
      }));
      const ends = new Set<string>();
      for (let order = 0; order < 10; order += 1) {
        const reference = `sub_${String(history)}_${String(order)}`;
        const shuffled = events
          .flatMap((event) => (chance(4) === 0 ? [event, event] : [event]))
          .map((event) => ({ event, place: chance(1_000_000) }))
          .sort((a, b) => a.place - b.place)
          .map(({ event: { at, status, price } }) => told(reference, at, status, price));
        if (order === 9) await Promise.all(shuffled.map((one) => take(one)));
        else for (const one of shuffled) await take(one);
        ends.add(JSON.stringify(await kept(reference)));
      }
      expect([...ends]).toHaveLength(1);
      await team.sql.query('delete from merchant_subscriptions');
    }
  }, 60_000);
});
