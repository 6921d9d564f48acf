import { type RunningSandbox, startSandbox } from '../../../apps/sandbox/server.js';
import { receiver } from '../../../apps/sandbox/testing.js';
import { outgoingTo } from '../../../test/support/fake-merchant.js';
import { eventually } from '../../../test/support/client.js';
import type { OutgoingClient } from '../../platform/http/index.js';
import { type Merchant, MerchantError, type MerchantName, type MerchantSubscription } from './merchant.js';
import { merchantOf } from './merchants.js';

const secret = 'sandbox-billing-secret-0123456789';
const sold: Readonly<Record<MerchantName, readonly [string, string]>> = {
  paddle: ['pri_team', 'pri_business'],
  lemonsqueezy: ['1002', '1003'],
  polar: ['prod_team', 'prod_business'],
};

/** The three merchants as the sandbox plays them: made by others than these adapters, from the documentation. */
describe.each(Object.entries(sold) as [MerchantName, readonly [string, string]][])(
  '%s at the sandbox',
  (name, prices) => {
    const [price, dearer] = prices;
    let sandbox: RunningSandbox;
    let shop: Awaited<ReturnType<typeof receiver>>;
    let outgoing: OutgoingClient;
    let merchant: Merchant;
    beforeEach(async () => {
      shop = await receiver();
      sandbox = await startSandbox({ webhookUrl: shop.url });
      outgoing = outgoingTo(sandbox.url);
      merchant = at(`${sandbox.url}/${name}`);
    });
    afterEach(async () => {
      await outgoing.onApplicationShutdown();
      await sandbox.close();
      await shop.close();
    });

    const at = (apiUrl: string, apiKey = 'sandbox-billing-key', storeId: string | null = '1') =>
      merchantOf(name, { apiUrl, apiKey, webhookSecret: secret, storeId, clientToken: null }, outgoing);
    const signal = () => AbortSignal.timeout(10_000);
    const control = async (path: string, body: unknown = {}): Promise<Record<string, unknown>> => {
      const response = await fetch(`${sandbox.url}/_sandbox${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`The sandbox refused ${path}: ${await response.text()}`);
      return (await response.json()) as Record<string, unknown>;
    };
    const order = {
      prices: [price],
      customData: { workspace_id: '0199a3c4-0000-7000-8000-0000000000c1', signature: 'c2lnbmF0dXJl' },
      workspaceId: '0199a3c4-0000-7000-8000-0000000000c1',
      customer: null,
      returnUrl: 'https://inbox.example/settings/billing',
      payUrl: 'https://inbox.example/billing/pay',
    };
    /** Buys as a customer does, and gives the subscription as the merchant told of it. */
    const bought = async (): Promise<MerchantSubscription> => {
      const { url } = await merchant.checkout(order, signal());
      await control('/billing/pay', { url });
      return eventually(async () => states()[0] ?? null);
    };
    /** The subscriptions in all events so far; each has to be signed and to be understood. */
    const states = () =>
      shop.received.flatMap(({ raw, headers }) => {
        expect(merchant.isSigned(raw, headers, new Date())).toBe(true);
        const { about } = merchant.read(raw);
        return about !== null && 'status' in about ? [about] : [];
      });
    const last = (wanted: (state: MerchantSubscription) => boolean) =>
      eventually(async () => states().findLast(wanted) ?? null);

    it('sells, and tells of it what the API tells as well', async () => {
      const told = await bought();
      expect(told).toMatchObject({ status: 'ACTIVE', prices: [price], endsAt: null, customData: order.customData });
      expect(told.renewsAt?.getTime()).toBeGreaterThan(Date.now());
      const found = await merchant.fetch(told.reference, signal());
      const { asOf: _told, customData: _data, checkout: _checkout, ...state } = told;
      expect(found).toMatchObject(state);
    });

    it('changes what is paid for, and leads to the portal', async () => {
      const { reference, customer } = await bought();
      expect(await merchant.change(reference, [dearer], signal())).toMatchObject({
        status: 'ACTIVE',
        prices: [dearer],
      });
      expect(await last(({ prices: [one] }) => one === dearer)).toMatchObject({ reference, customer });
      const link = await merchant.portalUrl({ reference, customer }, signal());
      expect(new URL(link).origin).toBe(sandbox.url);
    });

    it('ends with the period, once and again, and then at once where that can be', async () => {
      const { reference } = await bought();
      const ending = await merchant.cancel(reference, 'period-end', signal());
      expect(ending).toMatchObject({ status: 'CANCELED', renewsAt: null });
      expect(ending?.endsAt?.getTime()).toBeGreaterThan(Date.now());
      expect(await last(({ status }) => status === 'CANCELED')).toMatchObject({ endsAt: ending?.endsAt });
      expect(await merchant.cancel(reference, 'period-end', signal())).toMatchObject({ endsAt: ending?.endsAt });

      const ended = await merchant.cancel(reference, 'now', signal());
      expect(ended?.status).toBe('CANCELED');
      if (name === 'lemonsqueezy') expect(ended?.endsAt).toEqual(ending?.endsAt);
      else expect(ended?.endsAt?.getTime()).toBeLessThanOrEqual(Date.now());
      expect(await merchant.cancel(reference, 'now', signal())).toMatchObject({ endsAt: ended?.endsAt });
      expect(await merchant.cancel(reference, 'period-end', signal())).toMatchObject({ endsAt: ended?.endsAt });
    });

    it('is told of each turn of its life', async () => {
      const { reference } = await bought();
      const turns: readonly (readonly [string, MerchantSubscription['status']])[] = [
        ['fail', 'PAST_DUE'],
        ['recover', 'ACTIVE'],
        ['pause', 'PAUSED'],
        ['resume', 'ACTIVE'],
        ['cancel', 'CANCELED'],
        ['keep', 'ACTIVE'],
        ['renew', 'ACTIVE'],
        ['end', 'CANCELED'],
      ];
      for (const [step, status] of turns) {
        shop.received.length = 0;
        await control(`/billing/subscriptions/${reference}/${step}`);
        await last((state) => state.status === status);
        expect([step, (await merchant.fetch(reference, signal()))?.status]).toEqual([step, status]);
      }
    });

    it('knows nothing of other ids, and nobody by another key', async () => {
      const strange = name === 'lemonsqueezy' ? '999' : '6f1c1b0e-0000-4000-8000-0000000000ff';
      expect(await merchant.fetch(strange, signal())).toBeNull();
      expect(await merchant.cancel(strange, 'now', signal())).toBeNull();
      const error = await at(`${sandbox.url}/${name}`, 'another key')
        .fetch(strange, signal())
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(MerchantError);
      expect((error as MerchantError).reason).toBe('credentials');
    });

    it('takes no event that is signed wrongly, late or by another, and each that is signed rightly (case W1)', async () => {
      await bought();
      const signed: Record<string, boolean[]> = {};
      for (const sign of ['right', 'wrong', 'other-secret', 'none', 'late', 'rotated']) {
        shop.received.length = 0;
        await control('/billing/events/send', { sign, times: 1 });
        signed[sign] = shop.received.map(({ raw, headers }) => merchant.isSigned(raw, headers, new Date()));
        expect(signed[sign].length).toBeGreaterThan(0);
        expect(new Set(signed[sign]).size).toBe(1);
      }
      const each = Object.fromEntries(Object.entries(signed).map(([sign, [one]]) => [sign, one]));
      // Lemon Squeezy signs no time, and knows no change of a secret.
      const lemon = name === 'lemonsqueezy';
      expect(each).toEqual({
        right: true,
        wrong: false,
        'other-secret': false,
        none: false,
        late: lemon,
        rotated: lemon ? expect.any(Boolean) : true,
      });
    });
  },
);
