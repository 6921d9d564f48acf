import { FakeShopify, comeBack, shopifyApp, signedQuery, toldByShopify } from '../../../test/support/fake-shopify.js';
import { TestClient, eventually } from '../../../test/support/client.js';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { databaseDump, residue } from '../../../test/privacy/residue.js';
import { mailsIn } from '../../../test/support/written-mails.js';
import { Config } from '../../platform/config/index.js';
import { Queues } from '../../platform/queue/index.js';
import { isSignedBody, isSignedQuery } from './shopify-signature.js';

interface Store {
  readonly id: string;
  readonly domain: string;
  readonly status: string;
  readonly trouble: string | null;
}

let shopify: FakeShopify;
let under: InboxUnderTest;
let shops = 0;

beforeAll(async () => {
  shopify = await FakeShopify.start();
  under = await InboxUnderTest.start({ environment: shopify.environment });
}, 60_000);
afterAll(async () => {
  await under.stop();
  await shopify.stop();
});
beforeEach(() => {
  shopify.fault = () => null;
  shopify.lives = 3_600;
  shopify.scope = 'read_customers,read_orders';
});

const newShop = () => `shop-${String((shops += 1))}.myshopify.com`;
const start = 'mutation ($domain: String!) { url: startShopifyInstall(domain: $domain) }';
const begin = async (client: TestClient, domain: string) => (await client.ask<{ url: string }>(start, { domain })).url;
const stores = async ({ client }: TestInbox) =>
  (await client.ask<{ shopifyStores: Store[] }>('{ shopifyStores { id domain status trouble } }')).shopifyStores;
const storeOf = async (inbox: TestInbox, domain: string) => (await stores(inbox)).find((one) => one.domain === domain);
const disconnect = ({ client }: TestInbox, id: string) =>
  client.ask<{ disconnectShopify: Store }>(
    'mutation ($id: ID!) { disconnectShopify(id: $id) { id domain status trouble } }',
    { id },
  );
const rowOf = async (domain: string) =>
  (
    await under.admin.query<{ id: string; token: Buffer | null; status: string; trouble: string | null }>(
      'select id, token, status, trouble from shopify_stores where domain = $1',
      [domain],
    )
  ).rows[0];
const wiped = (domain: string) => eventually(async () => ((await rowOf(domain))?.token === null ? true : null), 20_000);
const uninstalled = (shop: string, headers: Readonly<Record<string, string>> = {}) =>
  toldByShopify(
    under.app.url,
    'app/uninstalled',
    JSON.stringify({ id: 954001, myshopify_domain: shop, domain: shop }),
    headers,
  );
/** Nothing is looked at any more. */
const settled = () =>
  eventually(async () => {
    const { rowCount } = await under.admin.query("select from due where kind = 'check-shopify-store'");
    return rowCount === 0 ? true : null;
  }, 20_000);
/** Time goes by until work of a kind is due. */
async function passTime(kind: string): Promise<void> {
  await under.admin.query('update due set due_at = now() where kind = $1', [kind]);
  await under.app.app.get(Queues).sweep();
}

describe("Shopify's signatures", () => {
  it('are those of the known vectors', () => {
    const body = Buffer.from('{"shop_id":954001,"shop_domain":"demo-shop.myshopify.com"}');
    const hmac = 'ju06CNFitwYbdjNAkCvC93Whb4fPto3pGMZI4ieEc+Q=';
    expect(isSignedBody([shopifyApp.secret], body, hmac)).toBe(true);
    expect(isSignedBody(['other', shopifyApp.secret], body, hmac)).toBe(true);
    expect(isSignedBody(['other'], body, hmac)).toBe(false);
    expect(isSignedBody([], body, hmac)).toBe(false);
    const query = new URLSearchParams(
      'code=c0de&host=aG9zdA&shop=demo-shop.myshopify.com&state=st8&timestamp=1790000000&hmac=314de3c33e94aaa60912d8c4a13586a780a7ebd316eb96e538dab9a5b6da2ba4',
    );
    expect(isSignedQuery(shopifyApp.secret, query)).toBe(true);
    expect(isSignedQuery('other', query)).toBe(false);
  });

  it('W1: are refused after any change of one letter, of a query and of a body', () => {
    const query = signedQuery(
      new URLSearchParams({ code: 'c0de', shop: 'a.myshopify.com', state: 's', timestamp: '1790000000' }),
    );
    const text = query.toString();
    for (let at = 0; at < text.length; at += 1) {
      const changed = `${text.slice(0, at)}${text[at] === 'a' ? 'b' : 'a'}${text.slice(at + 1)}`;
      expect([changed, isSignedQuery(shopifyApp.secret, new URLSearchParams(changed))]).toEqual([changed, false]);
    }
    for (const more of ['&shop=b.myshopify.com', '&hmac=', '&x=1'])
      expect(isSignedQuery(shopifyApp.secret, new URLSearchParams(`${text}${more}`))).toBe(false);
    for (const upper of [text.replace(/hmac=\w+/, (hmac) => hmac.toUpperCase()), text.replace(/hmac=\w+/, 'hmac=')])
      expect(isSignedQuery(shopifyApp.secret, new URLSearchParams(upper))).toBe(false);
  });
});

describe('a store', () => {
  it('is connected by its owner, asked for no more than is shown; its token lies nowhere to be read', async () => {
    const ada = await under.inbox('Ada');
    const shop = newShop();
    const url = new URL(await begin(ada.client, shop.toUpperCase().replace('.MYSHOPIFY.COM', '.myshopify.com')));
    expect(url.pathname).toBe(`/${shop}/admin/oauth/authorize`);
    expect(url.searchParams.get('scope')).toBe('read_customers,read_orders');
    expect(url.searchParams.get('redirect_uri')).toMatch(/\/oauth\/shopify\/callback$/);
    const back = await comeBack(ada.client, shopify.consent(url.href));
    expect([back.status, new URL(back.location).pathname, new URL(back.location).search]).toEqual([
      302,
      `/w/${ada.workspaceId}/settings/shopify`,
      '',
    ]);
    expect(await stores(ada)).toMatchObject([{ domain: shop, status: 'CONNECTED', trouble: null }]);
    expect(shopify.webhooks.get(shop)).toMatch(/\/webhooks\/shopify$/);
    // S1: nothing of what was given stands in any table, nor the state with which the person came.
    const state = url.searchParams.get('state') ?? '-';
    expect(residue(await databaseDump(under.app.database.ownerUrl), [...shopify.secrets, state])).toEqual([]);
    expect((await rowOf(shop))?.token?.length).toBeGreaterThan(50);
  });

  it('S5: is connected by no state that is foreign, used, old, of another store, or in another browser', async () => {
    const ada = await under.inbox('Ada');
    const bea = await under.inbox('Bea');
    const shop = newShop();
    const url = await begin(ada.client, shop);
    const good = shopify.consent(url);
    const with_ = (more: Record<string, string>) => {
      const query = new URLSearchParams(good);
      for (const [name, value] of Object.entries(more)) query.set(name, value);
      return signedQuery(query);
    };
    const old = String(Math.floor(Date.now() / 1_000) - 120);
    const stranger = new TestClient(under.app.url);
    const tried: [string, TestClient, URLSearchParams][] = [
      ['another store', ada.client, with_({ shop: newShop() })],
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
    const before = shopify.calls.length;
    for (const [what, client, query] of tried) {
      const { status, body } = await comeBack(client, query);
      expect([what, status, body.includes('Nothing') || body.includes('No store was connected')]).toEqual([
        what,
        400,
        true,
      ]);
    }
    const colleague = await under.colleague(ada, 'Cem', 'ADMIN');
    expect((await comeBack(colleague.client, good)).status).toBe(400);
    expect(shopify.calls.length).toBe(before);
    expect(await stores(ada)).toEqual([]);
    expect((await comeBack(ada.client, good)).status).toBe(302);
    expect((await comeBack(ada.client, good)).status).toBe(400);
    // One that ran out.
    const late = shopify.consent(await begin(ada.client, newShop()));
    await under.admin.query('update shopify_installs set expires_at = now()');
    expect((await comeBack(ada.client, late)).status).toBe(400);
    await passTime('forget-shopify');
    await eventually(async () =>
      (await under.admin.query('select from shopify_installs')).rowCount === 0 ? true : null,
    );
  });

  it('A12, U4: is named as Shopify names stores, and by nothing that leads elsewhere', async () => {
    const ada = await under.inbox('Ada');
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
      const { errors } = await ada.client.post(start, { domain });
      expect([domain, errors?.[0]?.extensions.code, errors?.[0]?.extensions.field]).toEqual([
        domain,
        'BAD_USER_INPUT',
        'domain',
      ]);
    }
  });

  it('W7: belongs to one workspace at a time; when it left there it may be connected elsewhere, and stays so', async () => {
    const ada = await under.inbox('Ada');
    const bea = await under.inbox('Bea');
    const shop = newShop();
    const early = await begin(bea.client, shop);
    await shopify.connect(ada.client, shop);
    // Nobody learns by asking who has which store.
    expect(await begin(bea.client, shop)).toContain(shop);
    // Begun before the other had it: the code is not even exchanged.
    const exchanges = () => shopify.calls.filter(({ path }) => path.endsWith('/access_token')).length;
    const before = exchanges();
    const { location } = await comeBack(bea.client, shopify.consent(early));
    expect(new URL(location).searchParams.get('refused')).toBe('ACCOUNT_TAKEN');
    expect([exchanges(), await stores(bea)]).toEqual([before, []]);
    // While Shopify cannot be told that it left, another connects it: the app is theirs now and is not removed.
    shopify.fault = ({ method }) => (method === 'DELETE' ? { status: 503 } : null);
    await disconnect(ada, (await storeOf(ada, shop))?.id ?? '');
    await eventually(async () => ((await storeOf(ada, shop))?.trouble === 'REVOKING' ? true : null));
    await shopify.connect(bea.client, shop);
    shopify.fault = () => null;
    await passTime('release-shopify-store');
    await eventually(async () => {
      const { rows } = await under.admin.query<{ token: Buffer | null }>(
        'select token from shopify_stores where workspace_id = $1',
        [ada.workspaceId],
      );
      return rows[0]?.token === null ? true : null;
    });
    expect(shopify.calls.filter(({ method, shop: at }) => method === 'DELETE' && at === shop)).toHaveLength(1);
    expect(await stores(bea)).toMatchObject([{ domain: shop, status: 'CONNECTED' }]);
    expect(await stores(ada)).toMatchObject([{ domain: shop, status: 'DISCONNECTED', trouble: null }]);
  });

  it('S5: is disconnected at once; the app is removed at Shopify, however long that takes, and its token is gone', async () => {
    const ada = await under.inbox('Ada');
    const shop = newShop();
    await shopify.connect(ada.client, shop);
    const { id } = (await storeOf(ada, shop)) ?? { id: '' };
    shopify.fault = ({ method }) => (method === 'DELETE' ? 'reset' : null);
    expect((await disconnect(ada, id)).disconnectShopify.status).toBe('DISCONNECTED');
    await eventually(async () => ((await storeOf(ada, shop))?.trouble === 'REVOKING' ? true : null));
    expect((await rowOf(shop))?.token).not.toBeNull();
    // Its token ended meanwhile: it is renewed to be able to say it.
    shopify.endTokens(shop);
    await under.admin.query('update shopify_stores set token_expires_at = now() where domain = $1', [shop]);
    shopify.fault = () => null;
    await passTime('release-shopify-store');
    await wiped(shop);
    expect(await stores(ada)).toMatchObject([{ status: 'DISCONNECTED', trouble: null }]);
    const asked = shopify.calls.filter(({ shop: at }) => at === shop);
    expect(asked.at(-1)?.method).toBe('DELETE');
    // After a day of trying it is said what is left to do.
    await shopify.connect(ada.client, shop);
    expect(await stores(ada)).toMatchObject([{ id, status: 'CONNECTED' }]);
    shopify.fault = ({ method }) => (method === 'DELETE' ? { status: 500 } : null);
    await disconnect(ada, id);
    await under.admin.query("update shopify_stores set disconnected_at = now() - interval '25 hours' where id = $1", [
      id,
    ]);
    await passTime('release-shopify-store');
    await wiped(shop);
    expect(await stores(ada)).toMatchObject([{ status: 'DISCONNECTED', trouble: 'NOT_REVOKED' }]);
    // It is shown for a month.
    await under.admin.query("update shopify_stores set disconnected_at = now() - interval '31 days' where id = $1", [
      id,
    ]);
    await passTime('forget-shopify');
    await eventually(async () => ((await stores(ada)).length === 0 ? true : null));
  }, 30_000);

  it('W3, W5: is disconnected when the app was removed, and by no repeat of that word after it was connected again', async () => {
    const ada = await under.inbox('Ada');
    await under.admin.query('update users set email_verified_at = now()');
    const shop = newShop();
    await shopify.connect(ada.client, shop);
    // A word of a removal that was before it was connected comes late.
    expect((await uninstalled(shop, { 'x-shopify-triggered-at': '2026-01-01T00:00:00Z' })).status).toBe(200);
    await settled();
    expect(await stores(ada)).toMatchObject([{ status: 'CONNECTED' }]);
    // A first word is taken, and nothing is asked of a Shopify that would not answer.
    shopify.fault = () => ({ status: 502 });
    const first = JSON.stringify({ id: 954001, myshopify_domain: shop, updated_at: '2026-11-23T12:00:00Z' });
    expect((await toldByShopify(under.app.url, 'app/uninstalled', first)).status).toBe(200);
    expect(await stores(ada)).toMatchObject([{ status: 'DISCONNECTED', trouble: 'UNINSTALLED' }]);
    await wiped(shop);
    shopify.fault = () => null;
    const mails = await eventually(async () => {
      await passTime('mail-notifications');
      const found = await mailsIn(under.app.app.get(Config).mailFolder);
      return found.some(({ text }) => text.includes('the app was removed from a store')) ? found : null;
    }, 20_000);
    // Whose store it is stands here, and not in mails.
    for (const { text } of mails) expect(text).not.toContain(shop);
    await shopify.connect(ada.client, shop);
    for (let n = 0; n < 3; n += 1)
      expect((await toldByShopify(under.app.url, 'app/uninstalled', first)).status).toBe(200);
    await settled();
    expect(await stores(ada)).toMatchObject([{ status: 'CONNECTED', trouble: null }]);
    // A store that nobody here has, one that is none, and no words at all.
    for (const body of ['{"myshopify_domain":"nobody.myshopify.com"}', '{"myshopify_domain":7}', 'null', 'x'])
      expect((await toldByShopify(under.app.url, 'app/uninstalled', body)).status).toBe(200);
    // Whose it is, the signed bytes say, and no header.
    shopify.uninstall(shop);
    await toldByShopify(under.app.url, 'app/uninstalled', '{"myshopify_domain":"nobody.myshopify.com"}', {
      'x-shopify-shop-domain': shop,
    });
    await settled();
    expect(await stores(ada)).toMatchObject([{ status: 'CONNECTED' }]);
  }, 40_000);

  it('stays connected while Shopify cannot be asked whether the app is gone, and is not forgotten', async () => {
    const ada = await under.inbox('Ada');
    const shop = newShop();
    await shopify.connect(ada.client, shop);
    shopify.uninstall(shop);
    shopify.fault = () => ({ status: 502 });
    const before = shopify.calls.length;
    await uninstalled(shop, { 'x-shopify-triggered-at': '2026-01-01T00:00:00Z' });
    await eventually(() => Promise.resolve(shopify.calls.length > before ? true : null));
    expect(await stores(ada)).toMatchObject([{ status: 'CONNECTED' }]);
    shopify.fault = () => null;
    await eventually(async () => {
      await passTime('check-shopify-store');
      return (await storeOf(ada, shop))?.trouble === 'UNINSTALLED' ? true : null;
    }, 20_000);
  }, 30_000);

  it('is not connected with less than it needs, nor by a Shopify that is not there, and says why', async () => {
    const ada = await under.inbox('Ada');
    const ends: [string, () => void][] = [
      ['SHOPIFY_SCOPES', () => (shopify.scope = 'read_orders')],
      ['SHOPIFY_UNREACHED', () => (shopify.fault = () => ({ status: 503 }))],
      ['SHOPIFY_REFUSED', () => (shopify.fault = () => ({ status: 400, body: { error: 'invalid_request' } }))],
      ['SHOPIFY_ODD', () => (shopify.fault = () => ({ status: 200, body: { hello: 'CANARY' } }))],
      ['SHOPIFY_BUSY', () => (shopify.fault = () => ({ status: 429 }))],
    ];
    for (const [reason, fault] of ends) {
      shopify.scope = 'read_customers,read_orders';
      const query = shopify.consent(await begin(ada.client, newShop()));
      fault();
      const { location } = await comeBack(ada.client, query);
      expect(new URL(location).searchParams.get('refused')).toBe(reason);
      shopify.fault = () => null;
    }
    expect(await stores(ada)).toEqual([]);
  });

  it('is nothing for those who may not manage channels, and its id for nobody elsewhere', async () => {
    const { ada, bob, vic } = await under.team();
    const bea = await under.inbox('Bea');
    const shop = newShop();
    for (const { client } of [bob, vic]) expect(await client.refusal(start, { domain: shop })).toBe('FORBIDDEN');
    await shopify.connect(ada.client, shop);
    const { id } = (await storeOf(ada, shop)) ?? { id: '' };
    const off = 'mutation ($id: ID!) { disconnectShopify(id: $id) { id } }';
    for (const { client } of [bob, vic]) expect(await client.refusal(off, { id })).toBe('FORBIDDEN');
    for (const foreign of [id, 'x', '00000000-0000-0000-0000-000000000000'])
      expect(await bea.client.refusal(off, { id: foreign })).toBe('NOT_FOUND');
    expect(await stores(vic)).toMatchObject([{ domain: shop, status: 'CONNECTED' }]);
    expect(await stores(bea)).toEqual([]);
  });
});

describe('the token of a store', () => {
  const shopOrders = ({ client }: TestInbox, contactId: string) =>
    client.ask<{ shopOrders: { state: string }[] }>('query ($id: ID!) { shopOrders(contactId: $id) { state } }', {
      id: contactId,
    });
  const customer = async (inbox: TestInbox) => {
    const contact = await under.contact(inbox.workspaceId);
    await under.identity(inbox.workspaceId, {
      contact_id: contact,
      channel_id: inbox.channelId,
      external_id: '905550000099',
      handle: '+905550000099',
    });
    return contact;
  };

  it('is renewed when it ends, once, however many look at the same moment', async () => {
    const ada = await under.inbox('Ada');
    const shop = newShop();
    shopify.lives = 30;
    await shopify.connect(ada.client, shop);
    shopify.lives = 3_600;
    const contact = await customer(ada);
    const answers = await Promise.all(Array.from({ length: 8 }, () => shopOrders(ada, contact)));
    for (const { shopOrders: found } of answers) expect(found).toMatchObject([{ state: 'NONE' }]);
    const renewals = shopify.calls.filter(({ shop: at, body }) => at === shop && body.includes('refresh_token'));
    expect(renewals).toHaveLength(1);
    expect(await stores(ada)).toMatchObject([{ status: 'CONNECTED' }]);
  });

  it('is renewed by itself where nobody looks; where Shopify refuses that, those who can help are told', async () => {
    const ada = await under.inbox('Ada');
    await under.admin.query('update users set email_verified_at = now()');
    const shop = newShop();
    await shopify.connect(ada.client, shop);
    const before = (await rowOf(shop))?.token;
    await passTime('renew-shopify-store');
    await eventually(async () =>
      (await rowOf(shop))?.token?.equals(before ?? Buffer.alloc(0)) === false ? true : null,
    );
    shopify.uninstall(shop);
    await passTime('renew-shopify-store');
    await eventually(async () => ((await storeOf(ada, shop))?.status === 'EXPIRED' ? true : null));
    expect((await storeOf(ada, shop))?.trouble).toBe('TOKEN_REFUSED');
    await eventually(async () => {
      await passTime('mail-notifications');
      const found = await mailsIn(under.app.app.get(Config).mailFolder);
      return found.some(({ text }) => text.includes('takes the access no more')) ? true : null;
    }, 20_000);
    // It is asked no more, and comes back by being connected again.
    const calls = shopify.calls.length;
    expect((await shopOrders(ada, await customer(ada))).shopOrders).toMatchObject([{ state: 'REFUSED' }]);
    expect(shopify.calls.length).toBe(calls);
    await shopify.connect(ada.client, shop);
    expect(await stores(ada)).toMatchObject([{ status: 'CONNECTED', trouble: null }]);
  }, 40_000);

  it('goes with its workspace, after Shopify was told', async () => {
    const ada = await under.inbox('Ada');
    const shop = newShop();
    await shopify.connect(ada.client, shop);
    const { workspace } = await ada.client.ask<{ workspace: { name: string } }>('{ workspace { name } }');
    await ada.client.ask('mutation ($name: String!) { deleteWorkspace(confirmName: $name) { id } }', {
      name: workspace.name,
    });
    await eventually(
      async () => (shopify.calls.some(({ method, shop: at }) => method === 'DELETE' && at === shop) ? true : null),
      30_000,
    );
    await eventually(async () => ((await rowOf(shop)) === undefined ? true : null), 60_000);
  }, 100_000);
});
