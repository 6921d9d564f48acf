import { TestClient, eventually } from '../../../test/support/client.js';
import { comeBack, signedQuery } from '../../../test/support/fake-shopify.js';
import { ShopifyUnderTest, startInstall } from '../../../test/support/shopify-stores.js';
import { databaseDump, residue } from '../../../test/privacy/residue.js';

let desk: ShopifyUnderTest;
beforeAll(async () => {
  desk = await ShopifyUnderTest.start();
}, 60_000);
afterAll(() => desk.stop());
beforeEach(() => {
  desk.answersAsEver();
});

describe('a store', () => {
  it('is connected by its owner, asked for no more than is shown; its token lies nowhere to be read', async () => {
    const ada = await desk.under.inbox('Ada');
    const shop = desk.newShop();
    const url = new URL(await desk.begin(ada.client, shop.toUpperCase().replace('.MYSHOPIFY.COM', '.myshopify.com')));
    expect(url.pathname).toBe(`/${shop}/admin/oauth/authorize`);
    expect(url.searchParams.get('scope')).toBe('read_customers,read_orders');
    expect(url.searchParams.get('redirect_uri')).toMatch(/\/oauth\/shopify\/callback$/);
    const back = await comeBack(ada.client, desk.shopify.consent(url.href));
    expect([back.status, new URL(back.location).pathname, new URL(back.location).search]).toEqual([
      302,
      `/w/${ada.workspaceId}/settings/shopify`,
      '',
    ]);
    expect(await desk.stores(ada)).toMatchObject([{ domain: shop, status: 'CONNECTED', trouble: null }]);
    expect(desk.shopify.webhooks.get(shop)).toMatch(/\/webhooks\/shopify$/);
    // S1: nothing of what was given stands in any table, nor the state with which the person came.
    const state = url.searchParams.get('state') ?? '-';
    expect(residue(await databaseDump(desk.under.app.database.ownerUrl), [...desk.shopify.secrets, state])).toEqual([]);
    expect((await desk.rowOf(shop))?.token?.length).toBeGreaterThan(50);
  });

  it('S5: is connected by no state that is foreign, used, old, of another store, or in another browser', async () => {
    const ada = await desk.under.inbox('Ada');
    const bea = await desk.under.inbox('Bea');
    const shop = desk.newShop();
    const url = await desk.begin(ada.client, shop);
    const good = desk.shopify.consent(url);
    const with_ = (more: Record<string, string>) => {
      const query = new URLSearchParams(good);
      for (const [name, value] of Object.entries(more)) query.set(name, value);
      return signedQuery(query);
    };
    const old = String(Math.floor(Date.now() / 1_000) - 120);
    const stranger = new TestClient(desk.under.app.url);
    const tried: [string, TestClient, URLSearchParams][] = [
      ['another store', ada.client, with_({ shop: desk.newShop() })],
      ['no state', ada.client, with_({ state: '' })],
      ['another state', ada.client, with_({ state: `${(good.get('state') ?? '').slice(0, -3)}abc` })],
      ['an old answer', ada.client, with_({ timestamp: old })],
      ['no time', ada.client, with_({ timestamp: 'NaN' })],
      ['no store', ada.client, with_({ shop: `${shop}.evil.example` })],
      ['no code', ada.client, with_({ code: '' })],
      ['a wrong signature', ada.client, new URLSearchParams(`${good.toString().replace(/code=../, 'code=zz')}`)],
      ['another member', bea.client, good],
      ['nobody', stranger, good],
    ];
    const before = desk.shopify.calls.length;
    for (const [what, client, query] of tried) {
      const { status, body } = await comeBack(client, query);
      expect([what, status, body.includes('Nothing') || body.includes('No store was connected')]).toEqual([
        what,
        400,
        true,
      ]);
    }
    const colleague = await desk.under.colleague(ada, 'Cem', 'ADMIN');
    expect((await comeBack(colleague.client, good)).status).toBe(400);
    expect(desk.shopify.calls.length).toBe(before);
    expect(await desk.stores(ada)).toEqual([]);
    expect((await comeBack(ada.client, good)).status).toBe(302);
    expect((await comeBack(ada.client, good)).status).toBe(400);
    // One that ran out.
    const late = desk.shopify.consent(await desk.begin(ada.client, desk.newShop()));
    await desk.under.admin.query('update shopify_installs set expires_at = now()');
    expect((await comeBack(ada.client, late)).status).toBe(400);
    await desk.passTime('forget-shopify');
    await eventually(async () =>
      (await desk.under.admin.query('select from shopify_installs')).rowCount === 0 ? true : null,
    );
  });

  it('A12, U4: is named as Shopify names stores, and by nothing that leads elsewhere', async () => {
    const ada = await desk.under.inbox('Ada');
    for (const domain of [
      '',
      'myshopify.com',
      '.myshopify.com',
      'evil.example',
      'demo.myshopify.com.evil.example',
      'demo.myshopify.com/',
      'https://demo.myshopify.com',
      'demo.myshopify.com@evil.example',
      'evil.example/demo.myshopify.com',
      'evil.example#.myshopify.com',
      'a.b.myshopify.com',
      '-demo.myshopify.com',
      '../demo.myshopify.com',
      'demo.myshopify.com:8443',
      'demo\u3002myshopify.com',
      'dem\u00f6.myshopify.com',
      'demo%2emyshopify.com',
      'demo.myshopify.com\\evil',
      '127.0.0.1',
      'localhost',
      `${'a'.repeat(300)}.myshopify.com`,
    ]) {
      const { errors } = await ada.client.post(startInstall, { domain });
      expect([domain, errors?.[0]?.extensions.code, errors?.[0]?.extensions.field]).toEqual([
        domain,
        'BAD_USER_INPUT',
        'domain',
      ]);
    }
  });

  it('is not connected with less than it needs, nor by a Shopify that is not there, and says why', async () => {
    const ada = await desk.under.inbox('Ada');
    const ends: [string, () => void][] = [
      ['SHOPIFY_SCOPES', () => (desk.shopify.scope = 'read_orders')],
      ['SHOPIFY_UNREACHED', () => (desk.shopify.fault = () => ({ status: 503 }))],
      ['SHOPIFY_REFUSED', () => (desk.shopify.fault = () => ({ status: 400, body: { error: 'invalid_request' } }))],
      ['SHOPIFY_ODD', () => (desk.shopify.fault = () => ({ status: 200, body: { hello: 'CANARY' } }))],
      ['SHOPIFY_BUSY', () => (desk.shopify.fault = () => ({ status: 429 }))],
    ];
    for (const [reason, fault] of ends) {
      desk.shopify.scope = 'read_customers,read_orders';
      const query = desk.shopify.consent(await desk.begin(ada.client, desk.newShop()));
      fault();
      const { location } = await comeBack(ada.client, query);
      expect(new URL(location).searchParams.get('refused')).toBe(reason);
      desk.shopify.fault = () => null;
    }
    expect(await desk.stores(ada)).toEqual([]);
  });

  it('is nothing for those who may not manage channels, and its id for nobody elsewhere', async () => {
    const { ada, bob, vic } = await desk.under.team();
    const bea = await desk.under.inbox('Bea');
    const shop = desk.newShop();
    for (const { client } of [bob, vic]) expect(await client.refusal(startInstall, { domain: shop })).toBe('FORBIDDEN');
    await desk.shopify.connect(ada.client, shop);
    const { id } = (await desk.storeOf(ada, shop)) ?? { id: '' };
    const off = 'mutation ($id: ID!) { disconnectShopify(id: $id) { id } }';
    for (const { client } of [bob, vic]) expect(await client.refusal(off, { id })).toBe('FORBIDDEN');
    for (const foreign of [id, 'x', '00000000-0000-0000-0000-000000000000'])
      expect(await bea.client.refusal(off, { id: foreign })).toBe('NOT_FOUND');
    expect(await desk.stores(vic)).toMatchObject([{ domain: shop, status: 'CONNECTED' }]);
    expect(await desk.stores(bea)).toEqual([]);
  });
});
