import { eventually } from '../../../test/support/client.js';
import { comeBack, toldByShopify } from '../../../test/support/fake-shopify.js';
import { ShopifyUnderTest } from '../../../test/support/shopify-stores.js';
import { mailsIn } from '../../../test/support/written-mails.js';
import { Config } from '../../platform/config/index.js';

let desk: ShopifyUnderTest;
beforeAll(async () => {
  desk = await ShopifyUnderTest.start();
}, 60_000);
afterAll(() => desk.stop());
beforeEach(() => {
  desk.answersAsEver();
});

describe('a store that leaves', () => {
  it('W7: belongs to one workspace at a time; when it left there it may be connected elsewhere, and stays so', async () => {
    const ada = await desk.under.inbox('Ada');
    const bea = await desk.under.inbox('Bea');
    const shop = desk.newShop();
    const early = await desk.begin(bea.client, shop);
    await desk.shopify.connect(ada.client, shop);
    // Nobody learns by asking who has which store.
    expect(await desk.begin(bea.client, shop)).toContain(shop);
    // Begun before the other had it: the code is not even exchanged.
    const exchanges = () => desk.shopify.calls.filter(({ path }) => path.endsWith('/access_token')).length;
    const before = exchanges();
    const { location } = await comeBack(bea.client, desk.shopify.consent(early));
    expect(new URL(location).searchParams.get('refused')).toBe('ACCOUNT_TAKEN');
    expect([exchanges(), await desk.stores(bea)]).toEqual([before, []]);
    // While Shopify cannot be told that it left, another connects it: the app is theirs now and is not removed.
    desk.shopify.fault = ({ method }) => (method === 'DELETE' ? { status: 503 } : null);
    await desk.disconnect(ada, (await desk.storeOf(ada, shop))?.id ?? '');
    await eventually(async () => ((await desk.storeOf(ada, shop))?.trouble === 'REVOKING' ? true : null));
    await desk.shopify.connect(bea.client, shop);
    desk.shopify.fault = () => null;
    await desk.passTime('release-shopify-store');
    await eventually(async () => {
      const { rows } = await desk.under.admin.query<{ token: Buffer | null }>(
        'select token from shopify_stores where workspace_id = $1',
        [ada.workspaceId],
      );
      return rows[0]?.token === null ? true : null;
    });
    expect(desk.shopify.calls.filter(({ method, shop: at }) => method === 'DELETE' && at === shop)).toHaveLength(1);
    expect(await desk.stores(bea)).toMatchObject([{ domain: shop, status: 'CONNECTED' }]);
    expect(await desk.stores(ada)).toMatchObject([{ domain: shop, status: 'DISCONNECTED', trouble: null }]);
  });

  it('S5: is disconnected at once; the app is removed at Shopify, however long that takes, and its token is gone', async () => {
    const ada = await desk.under.inbox('Ada');
    const shop = desk.newShop();
    await desk.shopify.connect(ada.client, shop);
    const { id } = (await desk.storeOf(ada, shop)) ?? { id: '' };
    desk.shopify.fault = ({ method }) => (method === 'DELETE' ? 'reset' : null);
    expect((await desk.disconnect(ada, id)).status).toBe('DISCONNECTED');
    await eventually(async () => ((await desk.storeOf(ada, shop))?.trouble === 'REVOKING' ? true : null));
    expect((await desk.rowOf(shop))?.token).not.toBeNull();
    // Its token ended meanwhile: it is renewed to be able to say it.
    desk.shopify.endTokens(shop);
    await desk.under.admin.query('update shopify_stores set token_expires_at = now() where domain = $1', [shop]);
    desk.shopify.fault = () => null;
    await desk.passTime('release-shopify-store');
    await desk.wiped(shop);
    expect(await desk.stores(ada)).toMatchObject([{ status: 'DISCONNECTED', trouble: null }]);
    const asked = desk.shopify.calls.filter(({ shop: at }) => at === shop);
    expect(asked.at(-1)?.method).toBe('DELETE');
    // After a day of trying it is said what is left to do.
    await desk.shopify.connect(ada.client, shop);
    expect(await desk.stores(ada)).toMatchObject([{ id, status: 'CONNECTED' }]);
    desk.shopify.fault = ({ method }) => (method === 'DELETE' ? { status: 500 } : null);
    await desk.disconnect(ada, id);
    await desk.under.admin.query(
      "update shopify_stores set disconnected_at = now() - interval '25 hours' where id = $1",
      [id],
    );
    await desk.passTime('release-shopify-store');
    await desk.wiped(shop);
    expect(await desk.stores(ada)).toMatchObject([{ status: 'DISCONNECTED', trouble: 'NOT_REVOKED' }]);
    // It is shown for a month.
    await desk.under.admin.query(
      "update shopify_stores set disconnected_at = now() - interval '31 days' where id = $1",
      [id],
    );
    await desk.passTime('forget-shopify');
    await eventually(async () => ((await desk.stores(ada)).length === 0 ? true : null));
  }, 30_000);

  it('W3, W5: is disconnected when the app was removed, and by no repeat of that word after it was connected again', async () => {
    const ada = await desk.under.inbox('Ada');
    await desk.under.admin.query('update users set email_verified_at = now()');
    const shop = desk.newShop();
    await desk.shopify.connect(ada.client, shop);
    // A word of a removal that was before it was connected comes late.
    expect((await desk.uninstalled(shop, { 'x-shopify-triggered-at': '2026-01-01T00:00:00Z' })).status).toBe(200);
    await desk.settled();
    expect(await desk.stores(ada)).toMatchObject([{ status: 'CONNECTED' }]);
    // A first word is taken, and nothing is asked of a Shopify that would not answer.
    desk.shopify.fault = () => ({ status: 502 });
    const first = JSON.stringify({ id: 954001, myshopify_domain: shop, updated_at: '2026-11-23T12:00:00Z' });
    expect((await toldByShopify(desk.under.app.url, 'app/uninstalled', first)).status).toBe(200);
    expect(await desk.stores(ada)).toMatchObject([{ status: 'DISCONNECTED', trouble: 'UNINSTALLED' }]);
    await desk.wiped(shop);
    desk.shopify.fault = () => null;
    const mails = await eventually(async () => {
      await desk.passTime('mail-notifications');
      const found = await mailsIn(desk.under.app.app.get(Config).mailFolder);
      return found.some(({ text }) => text.includes('the app was removed from a store')) ? found : null;
    }, 20_000);
    // Whose store it is stands here, and not in mails.
    for (const { text } of mails) expect(text).not.toContain(shop);
    await desk.shopify.connect(ada.client, shop);
    for (let n = 0; n < 3; n += 1)
      expect((await toldByShopify(desk.under.app.url, 'app/uninstalled', first)).status).toBe(200);
    await desk.settled();
    expect(await desk.stores(ada)).toMatchObject([{ status: 'CONNECTED', trouble: null }]);
    // A store that nobody here has, one that is none, and no words at all.
    for (const body of ['{"myshopify_domain":"nobody.myshopify.com"}', '{"myshopify_domain":7}', 'null', 'x'])
      expect((await toldByShopify(desk.under.app.url, 'app/uninstalled', body)).status).toBe(200);
    // Whose it is, the signed bytes say, and no header.
    desk.shopify.uninstall(shop);
    await toldByShopify(desk.under.app.url, 'app/uninstalled', '{"myshopify_domain":"nobody.myshopify.com"}', {
      'x-shopify-shop-domain': shop,
    });
    await desk.settled();
    expect(await desk.stores(ada)).toMatchObject([{ status: 'CONNECTED' }]);
  }, 40_000);

  it('stays connected while Shopify cannot be asked whether the app is gone, and is not forgotten', async () => {
    const ada = await desk.under.inbox('Ada');
    const shop = desk.newShop();
    await desk.shopify.connect(ada.client, shop);
    desk.shopify.uninstall(shop);
    desk.shopify.fault = () => ({ status: 502 });
    const before = desk.shopify.calls.length;
    await desk.uninstalled(shop, { 'x-shopify-triggered-at': '2026-01-01T00:00:00Z' });
    await eventually(() => Promise.resolve(desk.shopify.calls.length > before ? true : null));
    expect(await desk.stores(ada)).toMatchObject([{ status: 'CONNECTED' }]);
    desk.shopify.fault = () => null;
    await eventually(async () => {
      await desk.passTime('check-shopify-store');
      return (await desk.storeOf(ada, shop))?.trouble === 'UNINSTALLED' ? true : null;
    }, 20_000);
  }, 30_000);
});
