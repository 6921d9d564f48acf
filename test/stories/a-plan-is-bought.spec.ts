import { merchantNames } from '../../src/billing/merchants/merchant.js';
import { priceOf, sellingEnvironment } from '../support/billing.js';
import { TestClient, eventually } from '../support/client.js';
import { SandboxStory } from '../support/sandbox-story.js';

interface Billing {
  readonly status: string;
  readonly plan: { readonly code: string };
  readonly addOns: readonly string[];
  readonly live: boolean;
  readonly provider: string | null;
  readonly renewsAt: string | null;
  readonly cancelAt: string | null;
  readonly graceEndsAt: string | null;
}

const billing = '{ billing { status plan { code } addOns live provider renewsAt cancelAt graceEndsAt } }';
const checkout = 'mutation ($plan: String!, $addOns: [String!]) { startCheckout(plan: $plan, addOns: $addOns) }';

describe.each(merchantNames)('a plan that is bought at %s', (merchant) => {
  let story: SandboxStory;
  let subscription: string;

  beforeAll(async () => {
    story = await SandboxStory.start(await sellingEnvironment({ merchant }));
  }, 60_000);
  afterAll(() => story.stop());

  const stand = async (client = story.client) => (await client.ask<{ billing: Billing }>(billing)).billing;
  const becomes = (wanted: Partial<Billing>, client = story.client) =>
    eventually(async () => {
      await story.app.drainDeliveries();
      const now = await stand(client);
      return Object.entries(wanted).every(
        ([name, value]) => JSON.stringify(now[name as keyof Billing]) === JSON.stringify(value),
      )
        ? now
        : null;
    });
  const buy = async (plan: string, addOns: readonly string[] = [], client = story.client) => {
    const { startCheckout: url } = await client.ask<{ startCheckout: string }>(checkout, { plan, addOns });
    return story.control<{ subscription: { id: string } }>('/billing/pay', { url });
  };
  const step = (name: string, more: Record<string, unknown> = {}) =>
    story.control(`/billing/subscriptions/${subscription}/${name}`, more);
  const aside = async () => {
    await story.app.drainDeliveries();
    const { rows } = await story.owner.query<{ reason: string; workspace: string | null }>(
      `select reason, workspace_id as workspace from deliveries where set_aside_at is not null order by set_aside_at`,
    );
    return rows;
  };

  it('follows a trial, and holds once the merchant says that it was paid [promise 41]', async () => {
    expect(await stand()).toMatchObject({ status: 'TRIALING', plan: { code: 'big' }, live: true, provider: null });
    const { startCheckout: url } = await story.client.ask<{ startCheckout: string }>(checkout, { plan: 'small' });
    // Opening a checkout is no purchase.
    expect(await stand()).toMatchObject({ status: 'TRIALING', plan: { code: 'big' } });
    const paid = await story.control<{ subscription: { id: string } }>('/billing/pay', { url });
    subscription = paid.subscription.id;
    const now = await becomes({ status: 'ACTIVE' });
    expect(now).toMatchObject({ plan: { code: 'small' }, addOns: [], live: true, provider: merchant, cancelAt: null });
    expect(now.renewsAt).not.toBeNull();
  });

  it('takes no call that is forged, altered or late, and one that comes again changes nothing', async () => {
    for (const sign of ['wrong', 'other-secret', 'none', ...(merchant === 'lemonsqueezy' ? [] : ['late'])]) {
      const { acknowledged } = await story.control<{ acknowledged: number }>('/billing/events/send', {
        subscription,
        sign,
      });
      expect([sign, acknowledged]).toEqual([sign, 0]);
    }
    const before = await stand();
    const again = await story.control<{ sent: number; acknowledged: number }>('/billing/events/send', {
      subscription,
      times: 5,
      order: 'shuffled',
      parallel: 8,
    });
    expect(again.acknowledged).toBe(again.sent);
    await story.app.drainDeliveries();
    expect(await stand()).toEqual(before);
    expect(await aside()).toEqual([]);
  });

  it('is past due when a payment fails, for as long as the grace lasts, and goes on once it is paid', async () => {
    await step('fail');
    const late = await becomes({ status: 'PAST_DUE' });
    expect(late.live).toBe(true);
    expect(Date.parse(late.graceEndsAt ?? '') - Date.now()).toBeGreaterThan(13 * 86_400_000);
    await step('recover');
    expect(await becomes({ status: 'ACTIVE' })).toMatchObject({ graceEndsAt: null });
  });

  it('W9: is raised by nobody who names a workspace, and by no price that stands in no plan', async () => {
    const before = await stand();
    const made = { merchant, prices: [priceOf('big')] };
    await story.control('/billing/subscriptions', { ...made, customData: { workspace_id: story.client.workspaceId } });
    const other = await TestClient.signedUp(story.app.url, 'other');
    await story.control('/billing/subscriptions', {
      ...made,
      customData: { workspace_id: other.workspaceId, signature: 'x'.repeat(43) },
    });
    const reasons = (await aside()).map(({ reason }) => reason);
    expect(reasons.length).toBeGreaterThan(0);
    expect(new Set(reasons)).toEqual(new Set(['it names a workspace without our signature']));
    expect(await stand()).toEqual(before);
    expect(await stand(other)).toMatchObject({ status: 'TRIALING' });
    await step('change', { prices: ['404404'] });
    const [newest] = (await aside()).slice(-1);
    expect(newest).toMatchObject({ workspace: story.client.workspaceId, reason: expect.stringMatching(/no plan/u) });
    expect(await stand()).toMatchObject({ plan: { code: 'small' }, status: 'ACTIVE' });
    await step('change', { prices: [priceOf('small')] });
    await other.close();
  });

  it('is found out when its event never came, by asking the merchant', async () => {
    await story.control('/billing/hold', { count: null });
    await step('fail');
    await story.control('/billing/hold', { count: 0 });
    expect(await stand()).toMatchObject({ status: 'ACTIVE' });
    await story.owner.query(
      `insert into due (kind, workspace_id, row_id, due_at) select 'sync-subscription', workspace_id, id, now() from merchant_subscriptions
       on conflict (kind, workspace_id, row_id) do update set due_at = now()`,
    );
    await becomes({ status: 'PAST_DUE' });
    await step('recover');
    await becomes({ status: 'ACTIVE' });
  });

  it('is changed to a bigger one with an add-on, which is not bought a second time', async () => {
    const { startCheckout: url } = await story.client.ask<{ startCheckout: string }>(checkout, {
      plan: 'big',
      addOns: ['whatsapp'],
    });
    await becomes({ plan: { code: 'big' } });
    if (url.includes('/settings/billing?billing=changed')) expect(merchant).toBe('paddle');
    else await story.control('/billing/pay', { url });
    expect(await becomes({ addOns: ['whatsapp'] })).toMatchObject({ plan: { code: 'big' }, status: 'ACTIVE' });
    expect(await story.client.ask(checkout, { plan: 'big', addOns: ['whatsapp'] })).toEqual({
      startCheckout: expect.stringMatching(/billing=changed$/u),
    });
    const { rows } = await story.owner.query(`select prices from merchant_subscriptions order by prices::text`);
    expect(rows.flatMap(({ prices }: { prices: string[] }) => prices).sort()).toEqual([
      priceOf('big'),
      priceOf('whatsapp'),
    ]);
  });

  it('is cancelled with its period, and its invoices are at the merchant', async () => {
    const { billingPortalUrl: portal } = await story.client.ask<{ billingPortalUrl: string }>(
      'mutation { billingPortalUrl }',
    );
    expect(new URL(portal).origin).toBe(new URL(story.app.sandbox.url).origin);
    const { cancelSubscription: now } = await story.client.ask<{ cancelSubscription: Billing }>(
      'mutation { cancelSubscription { status live cancelAt } }',
    );
    expect(now).toMatchObject({ status: 'CANCELED', live: true });
    expect(Date.parse(now.cancelAt ?? '')).toBeGreaterThan(Date.now());
    expect(await story.client.refusal(checkout, { plan: 'small' })).toBe('CONFLICT');
    // Its last day passes.
    await story.owner.query(
      `update merchant_subscriptions set ends_at = now() - interval '1 minute', as_of = now() + interval '1 minute'`,
    );
    await story.owner.query(`update subscriptions set trial_ends_at = now() - interval '1 day'`);
    await story.owner.query(`update due set due_at = now() where kind = 'look-at-standing'`);
    expect(await becomes({ status: 'EXPIRED' })).toMatchObject({ live: false, addOns: [] });
  });

  it('is chosen by its name alone, and by owners', async () => {
    expect(await story.client.refusal(checkout, { plan: 'none of these' })).toBe('BAD_USER_INPUT');
    expect(await story.client.refusal(checkout, { plan: 'small', addOns: ['nothing'] })).toBe('BAD_USER_INPUT');
    for (const name of merchantNames.filter((one) => one !== merchant))
      expect((await fetch(`${story.app.url}/webhooks/billing/${name}`, { method: 'POST', body: '{}' })).status).toBe(
        404,
      );
    const again = await buy('small');
    subscription = again.subscription.id;
    await becomes({ status: 'ACTIVE', plan: { code: 'small' } });
  });
});
