import { setTimeout as sleep } from 'node:timers/promises';
import { merchantNames } from '../../src/billing/merchants/merchant.js';
import { priceOf, sellingEnvironment } from '../support/billing.js';
import { TestClient, eventually } from '../support/client.js';
import { drained } from './harness/deliveries-ledger.js';
import { killedAt } from './harness/killed-in-the-middle.js';
import { Site } from './harness/site.js';

const buyers = 6;
const leastKills = 6;

/** A subscription as the merchant has it. */
interface AtMerchant {
  readonly id: string;
  readonly items: readonly { readonly price: string }[];
  readonly customData: { readonly workspace_id?: string };
  readonly standing: string;
  readonly endsAt: string | null;
}

/** What all three ledgers say of one subscription. */
interface Said {
  readonly reference: string;
  readonly workspace: string | null;
  readonly status: string;
  readonly prices: readonly string[];
  readonly endsAt: number | null;
}

const checkout = 'mutation ($plan: String!, $addOns: [String!]) { startCheckout(plan: $plan, addOns: $addOns) }';
const cancel = 'mutation { cancelSubscription { status } }';
const changed = /\/settings\/billing\?billing=changed$/u;

/** Has something done of which nobody waits for the end. */
const begun = (work: () => Promise<unknown>) => () => {
  work().catch(() => undefined);
  return Promise.resolve();
};

describe.each(merchantNames)('F1: API and worker are killed while plans are sold by %s', (merchant) => {
  let site: Site;

  beforeAll(async () => {
    site = await Site.start({ environment: await sellingEnvironment({ merchant, trial: null }) });
    await keepSilent();
  }, 120_000);
  afterAll(() => site.stop());

  /** The merchant answers no question about a subscription: what it told and we acknowledged is all that there is. */
  const keepSilent = () =>
    site.control('POST', 'faults', {
      match: { method: 'GET', path: `^/${merchant}/.*subscriptions/` },
      action: { status: 503 },
      times: null,
    });

  const atMerchant = async () => (await site.control<{ subscriptions: AtMerchant[] }>('GET', 'billing')).subscriptions;
  const ofBuyer = async ({ workspaceId }: TestClient) =>
    (await atMerchant()).filter(({ customData }) => customData.workspace_id === workspaceId);
  const planOf = async (client: TestClient) => {
    const plans = (await ofBuyer(client)).filter(({ items }) =>
      items.some(({ price }) => [priceOf('small'), priceOf('big')].includes(price)),
    );
    expect(plans).toHaveLength(1);
    return plans[0]?.id ?? '';
  };
  const pay = (url: string) => site.control('POST', 'billing/pay', { url });
  const step = async (client: TestClient, name: string) => {
    // Lemon Squeezy tells times in whole seconds: of two changes in one nobody could say which was the later.
    if (merchant === 'lemonsqueezy') await sleep(1_100);
    await site.control('POST', `billing/subscriptions/${await planOf(client)}/${name}`, {});
    if (merchant === 'lemonsqueezy') await sleep(1_100);
  };

  /** A person tries again until it is done. */
  function again<Answer>(client: TestClient, query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
    let refusal: unknown;
    return eventually(async () => {
      try {
        return await client.ask<Answer>(query, variables);
      } catch (error) {
        refusal = error;
        await sleep(500);
        return null;
      }
    }, 60_000).catch((error: unknown) => {
      throw new Error(`It was never done: ${String(refusal)}`, { cause: error });
    });
  }

  const choose = async (client: TestClient, plan: string, addOns: readonly string[] = []) =>
    (await again<{ startCheckout: string }>(client, checkout, { plan, addOns })).startCheckout;

  const rowsOf = (workspaceId: string | null) =>
    site.ask<{ status: string; prices: string[] }>(
      'select status, prices from merchant_subscriptions where workspace_id = $1 order by prices::text',
      [workspaceId],
    );

  async function becomes(client: TestClient, status: string, plan: string, addOns: readonly string[] = []) {
    const wanted = { status, plan: { code: plan }, addOns };
    const query = '{ billing { status plan { code } addOns } }';
    let seen: unknown;
    await eventually(async () => {
      seen = (await client.ask<{ billing: unknown }>(query).catch(() => null))?.billing;
      return JSON.stringify(seen) === JSON.stringify(wanted) ? true : null;
    }, 90_000).catch(() => {
      expect(seen).toEqual(wanted);
    });
  }

  /** At Lemon Squeezy what is to end has no other word; elsewhere what is not paid for stays so. */
  const statusOf = (standing: string, endsAt: string | null) => {
    if (endsAt !== null && (merchant === 'lemonsqueezy' || standing !== 'past_due')) return 'CANCELED';
    return standing === 'past_due' ? 'PAST_DUE' : 'ACTIVE';
  };

  /** Every event that the merchant wrote down was taken, and nothing waits. */
  async function settled(): Promise<void> {
    await eventually(async () => ((await site.control<{ idle: boolean }>('GET', 'ledger')).idle ? true : null), 90_000);
    await drained(site, 60_000);
  }

  /** The ledgers: what was acknowledged, what we keep, and what is so at the merchant. */
  async function compare(): Promise<void> {
    await settled();
    const { events } = await site.control<{ events: { id: string; subscriptionId: string }[] }>(
      'GET',
      'billing/events',
    );
    const { entries } = await site.control<{ entries: { ids: string[]; acknowledged: boolean; merchant?: string }[] }>(
      'GET',
      'ledger?kind=webhooks&limit=5000',
    );
    const acknowledged = new Set(
      entries.filter((one) => one.merchant === merchant && one.acknowledged).flatMap(({ ids }) => ids),
    );
    expect(events.filter(({ id }) => !acknowledged.has(id))).toEqual([]);
    expect(await site.ask('select reason from deliveries where set_aside_at is not null')).toEqual([]);
    const merchants = (await atMerchant()).map(({ id, items, customData, standing, endsAt }): Said => ({
      reference: id,
      workspace: customData.workspace_id ?? null,
      status: statusOf(standing, endsAt),
      prices: items.map(({ price }) => price).sort(),
      endsAt: endsAt === null ? null : Math.floor(Date.parse(endsAt) / 1_000),
    }));
    const rows = await site.ask<Omit<Said, 'endsAt'> & { ends: Date | null }>(
      'select reference, workspace_id as workspace, status, prices, ends_at as ends from merchant_subscriptions',
    );
    const ours = rows.map(({ ends, prices, ...row }): Said => ({
      ...row,
      prices: [...prices].sort(),
      endsAt: ends === null ? null : Math.floor(ends.getTime() / 1_000),
    }));
    const inOrder = (said: readonly Said[]) => [...said].sort((a, b) => (a.reference < b.reference ? -1 : 1));
    expect(inOrder(ours)).toEqual(inOrder(merchants));
    expect(new Set(events.map(({ subscriptionId }) => subscriptionId))).toEqual(
      new Set(ours.map(({ reference }) => reference)),
    );
  }

  it('what was told holds, nothing acknowledged is lost, and nothing is bought twice', async () => {
    const clients: TestClient[] = [];
    for (let n = 0; n < buyers; n += 1) clients.push(await TestClient.signedUp(site.api.url, `buyer${String(n)}`));
    let living = true;
    const blows = async () => {
      let kills = 0;
      for (; living || kills < leastKills; kills += 1) {
        const victim = kills % 2 === 0 ? site.api : site.worker;
        await victim.kill();
        if (kills % 3 === 2) await site.flushRedis();
        await victim.start();
        await sleep(700);
      }
      return kills;
    };
    const life = async (client: TestClient, n: number) => {
      await pay(await choose(client, 'small'));
      await becomes(client, 'ACTIVE', 'small');
      await step(client, 'fail');
      if (n % 3 !== 0) {
        await step(client, 'recover');
        await becomes(client, 'ACTIVE', 'small');
        const url = await choose(client, 'big', ['whatsapp']);
        if (!changed.test(url)) await pay(url);
        await becomes(client, 'ACTIVE', 'big', ['whatsapp']);
      }
      if (n % 2 === 1) await again(client, cancel);
    };
    const striking = blows();
    try {
      await Promise.all(clients.map((client, n) => life(client, n)));
    } finally {
      living = false;
      await striking;
    }
    expect(await striking).toBeGreaterThanOrEqual(leastKills);
    await compare();
    for (const [n, client] of clients.entries()) {
      const plan = n % 3 === 0 ? 'small' : 'big';
      const addOns = n % 3 === 0 ? [] : ['whatsapp'];
      const endsAt = n % 2 === 1 ? 'an end' : null;
      await becomes(client, statusOf(n % 3 === 0 ? 'past_due' : 'active', endsAt), plan, addOns);
      expect(await ofBuyer(client)).toHaveLength(addOns.length === 0 || merchant === 'paddle' ? 1 : 2);
      await client.close();
    }
  }, 400_000);

  it('a call of which nobody knows whether it was stored is not acknowledged, comes again, and holds once', async () => {
    const client = await TestClient.signedUp(site.api.url, 'intake');
    const url = await choose(client, 'small');
    await settled();
    await killedAt(
      site,
      (holder) => holder.query('lock table deliveries in share mode'),
      begun(() => pay(url)),
      site.api,
    );
    await site.api.start();
    await becomes(client, 'ACTIVE', 'small');
    await compare();
    await client.close();
  }, 180_000);

  it('a worker that is killed as it applies an event leaves it to the next', async () => {
    const client = await TestClient.signedUp(site.api.url, 'worker');
    await pay(await choose(client, 'small'));
    await becomes(client, 'ACTIVE', 'small');
    await killedAt(
      site,
      (holder) => holder.query('lock table merchant_subscriptions in share mode'),
      () => step(client, 'fail'),
    );
    expect(await rowsOf(client.workspaceId)).toMatchObject([{ status: 'ACTIVE' }]);
    await site.worker.start();
    await becomes(client, 'PAST_DUE', 'small');
    await compare();
    await client.close();
  }, 180_000);

  it('a purchase that was killed before it was answered is made once, whichever of its checkouts is paid', async () => {
    const client = await TestClient.signedUp(site.api.url, 'checkout');
    const opened = async () =>
      (
        await site.control<{ checkouts: { id: string; customData: { workspace_id?: string } }[] }>('GET', 'billing')
      ).checkouts.filter(({ customData }) => customData.workspace_id === client.workspaceId);
    // Lemon Squeezy's checkouts have no name that would be kept.
    const table = merchant === 'lemonsqueezy' ? 'guesses' : 'merchant_references';
    await killedAt(
      site,
      (holder) => holder.query(`lock table ${table} in share mode`),
      begun(() => client.ask(checkout, { plan: 'small' })),
      site.api,
    );
    await site.api.start();
    await choose(client, 'small');
    const [first, ...more] = await opened();
    expect(more).toHaveLength(merchant === 'lemonsqueezy' ? 0 : 1);
    await site.control('POST', 'billing/pay', { id: first?.id });
    await becomes(client, 'ACTIVE', 'small');
    // Chosen once more, it is there already.
    expect(await choose(client, 'small')).toMatch(changed);
    expect(await ofBuyer(client)).toHaveLength(1);
    await compare();
    await client.close();
  }, 180_000);

  it('a change and a cancellation of which only the merchant knows hold, and are made once', async () => {
    const client = await TestClient.signedUp(site.api.url, 'change');
    await pay(await choose(client, 'small'));
    await becomes(client, 'ACTIVE', 'small');
    await settled();
    const unheard = async (query: string, variables: Record<string, unknown> = {}) => {
      if (merchant === 'lemonsqueezy') await sleep(1_100);
      await site.control('POST', 'billing/hold', { count: null });
      await killedAt(
        site,
        (holder) => holder.query('lock table merchant_subscriptions in share mode'),
        begun(() => client.ask(query, variables)),
        site.api,
      );
      await site.api.start();
    };
    const tellAll = async () => {
      await site.control('POST', 'billing/hold', { count: 0 });
      await site.control('POST', 'billing/events/send', { unsent: true });
    };
    await unheard(checkout, { plan: 'big' });
    expect(await ofBuyer(client)).toMatchObject([{ items: [{ price: priceOf('big') }] }]);
    expect(await rowsOf(client.workspaceId)).toEqual([{ status: 'ACTIVE', prices: [priceOf('small')] }]);
    await tellAll();
    await becomes(client, 'ACTIVE', 'big');
    expect(await choose(client, 'big')).toMatch(changed);
    await unheard(cancel);
    expect((await ofBuyer(client))[0]?.endsAt).not.toBeNull();
    expect(await rowsOf(client.workspaceId)).toEqual([{ status: 'ACTIVE', prices: [priceOf('big')] }]);
    // Cancelled again before an event told of it: the merchant is asked how it stands.
    await site.control('DELETE', 'faults');
    expect(await again(client, cancel)).toEqual({ cancelSubscription: { status: 'CANCELED' } });
    await keepSilent();
    await tellAll();
    await compare();
    await becomes(client, 'CANCELED', 'big');
    expect(await ofBuyer(client)).toHaveLength(1);
    await client.close();
  }, 240_000);
});
