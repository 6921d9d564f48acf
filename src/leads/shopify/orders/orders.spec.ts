import { FakeShopify } from '../../../../test/support/fake-shopify.js';
import { RecordedModel } from '../../../../test/support/recorded-model.js';
import { redisDump } from '../../../../test/canaries/canaries.js';
import { databaseDump, filesIn, residue } from '../../../../test/privacy/residue.js';
import { InboxUnderTest, type TestInbox } from '../../../../test/support/inbox.js';
import { Config } from '../../../platform/config/index.js';
import { waitAsked } from '../shopify-cost.js';
import { trackingLink } from './read-orders.js';

interface Found {
  readonly store: { readonly domain: string; readonly status: string };
  readonly state: string;
  readonly orders: readonly {
    readonly name: string;
    readonly total: string;
    readonly currency: string;
    readonly financialStatus: string;
    readonly fulfillmentStatus: string;
    readonly trackingUrl: string | null;
    readonly items: readonly { readonly title: string; readonly quantity: number }[];
  }[];
}

const phone = '905550000099';
const query = `query ($id: ID!) { shopOrders(contactId: $id) { store { domain status } state orders {
  name createdAt total currency financialStatus fulfillmentStatus trackingUrl items { title quantity } } } }`;

let shopify: FakeShopify;
let model: RecordedModel;
let under: InboxUnderTest;
let shops = 0;

beforeAll(async () => {
  [shopify, model] = await Promise.all([FakeShopify.start(), RecordedModel.start()]);
  under = await InboxUnderTest.start({
    environment: { ...shopify.environment, OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: `${model.url}/v1` },
  });
}, 60_000);
afterAll(async () => {
  await under.stop();
  await Promise.all([shopify.stop(), model.stop()]);
});
beforeEach(() => {
  shopify.fault = () => null;
});

const look = async ({ client }: TestInbox, id: string) =>
  (await client.ask<{ shopOrders: Found[] }>(query, { id })).shopOrders;

/** An inbox with a connected store, and somebody who writes by their number. */
async function withStore(): Promise<{ inbox: TestInbox; shop: string; contact: string }> {
  const inbox = await under.inbox();
  const shop = `orders-${String((shops += 1))}.myshopify.com`;
  await shopify.connect(inbox.client, shop);
  const contact = await under.contact(inbox.workspaceId);
  await under.identity(inbox.workspaceId, {
    contact_id: contact,
    channel_id: inbox.channelId,
    external_id: phone,
    handle: `+${phone}`,
  });
  return { inbox, shop, contact };
}

describe('what a customer ordered', () => {
  it('is seen as the store has it, the newest first, with the parcel', async () => {
    const { inbox, shop, contact } = await withStore();
    const orders = [1, 2, 3, 4, 5, 6].map((n) => ({
      name: `#100${String(n)}`,
      createdAt: `2026-11-0${String(n)}T10:00:00Z`,
      title: `Lamp ${String(n)}`,
      trackingUrl: n === 6 ? 'https://parcels.example.com/1Z' : 'javascript:alert(1)',
    }));
    shopify.customers.set(shop, [{ phone: `+${phone}`, orders }]);
    const [found] = await look(inbox, contact);
    expect(found?.state).toBe('FOUND');
    expect(found?.orders.map(({ name }) => name)).toEqual(['#1006', '#1005', '#1004', '#1003', '#1002']);
    expect(found?.orders[0]).toMatchObject({
      total: '42.50',
      currency: 'EUR',
      financialStatus: 'PAID',
      fulfillmentStatus: 'FULFILLED',
      trackingUrl: 'https://parcels.example.com/1Z',
      items: [{ title: 'Lamp 6', quantity: 2 }],
    });
    expect(found?.orders[1]?.trackingUrl).toBeNull();
    // Who reads the inbox may look, in this workspace and in no other.
    const vic = await under.colleague(inbox, 'Vic', 'VIEWER');
    expect(await look(vic, contact)).toMatchObject([{ state: 'FOUND' }]);
    const bea = await under.inbox('Bea');
    for (const id of [contact, 'x']) expect(await bea.client.refusal(query, { id })).toBe('NOT_FOUND');
  });

  it('is found by what is proved, and not by what somebody says of themselves', async () => {
    const { inbox, shop } = await withStore();
    shopify.customers.set(shop, [{ email: 'kim@example.com', orders: [{ name: '#1' }] }]);
    const { workspaceId } = inbox;
    const claims = await under.contact(workspaceId, { emails: ['kim@example.com'], phones: [`+${phone}`] });
    const calls = shopify.calls.length;
    expect(await look(inbox, claims)).toMatchObject([{ state: 'NO_ADDRESS', orders: [] }]);
    expect(shopify.calls.length).toBe(calls);

    const mail = await under.channel(workspaceId, {
      kind: 'EMAIL',
      provider: 'email',
      external_id: 'shop@example.com',
    });
    const writes = await under.contact(workspaceId);
    await under.identity(workspaceId, { contact_id: writes, channel_id: mail, external_id: 'kim@example.com' });
    const conversation = await under.conversation({ ...inbox, channelId: mail }, { contact_id: writes });
    const mailed = (authenticated: boolean) =>
      under.message({ ...inbox, channelId: mail }, conversation, {
        content: JSON.stringify({ mail: { sender: 'kim@example.com', authenticated } }),
      });
    await mailed(false);
    expect(await look(inbox, writes)).toMatchObject([{ state: 'NO_ADDRESS' }]);
    await mailed(true);
    expect(await look(inbox, writes)).toMatchObject([{ state: 'FOUND', orders: [{ name: '#1' }] }]);
    // A forged one after a real one.
    await mailed(false);
    expect(await look(inbox, writes)).toMatchObject([{ state: 'NO_ADDRESS' }]);

    const chat = await under.channel(workspaceId, { kind: 'WEB_CHAT', provider: 'webchat' });
    for (const [proved, state] of [
      [false, 'NO_ADDRESS'],
      [true, 'FOUND'],
    ] as const) {
      const visitor = await under.contact(workspaceId);
      const address = `user:${String(proved)}`;
      await under.identity(workspaceId, { contact_id: visitor, channel_id: chat, external_id: address });
      await under.insert('visitors', workspaceId, {
        channel_id: chat,
        token_hash: Buffer.from(address),
        address,
        email: 'Kim@example.com',
        details_proven: proved,
      });
      expect([proved, (await look(inbox, visitor))[0]?.state]).toEqual([proved, state]);
    }
  });

  it('is of nobody else: an answer about another customer is dropped', async () => {
    const { inbox, shop, contact } = await withStore();
    shopify.customers.set(shop, [{ phone: `+${phone}`, email: 'other@example.com', orders: [{ name: '#9' }] }]);
    const foreign = {
      name: '#9',
      createdAt: '2026-11-01T10:00:00Z',
      displayFulfillmentStatus: 'FULFILLED',
      currentTotalPriceSet: { shopMoney: { amount: '1.00', currencyCode: 'EUR' } },
      lineItems: { nodes: [] },
      fulfillments: [],
    };
    shopify.fault = ({ path }) =>
      path.endsWith('graphql.json')
        ? {
            status: 200,
            body: {
              data: {
                c0: {
                  id: 'gid://1',
                  defaultPhoneNumber: { phoneNumber: '+905559999999' },
                  orders: { nodes: [foreign] },
                },
              },
            },
          }
        : null;
    expect(await look(inbox, contact)).toMatchObject([{ state: 'NONE' }]);
  });

  it('says what is the matter where a store does not tell: each store by itself', async () => {
    const { inbox, shop, contact } = await withStore();
    const second = `second-${shop}`;
    await shopify.connect(inbox.client, second);
    shopify.customers.set(second, [{ phone: `+${phone}`, orders: [{ name: '#2' }] }]);
    const cost = {
      requestedQueryCost: 50,
      throttleStatus: { maximumAvailable: 1_000, currentlyAvailable: 0, restoreRate: 10 },
    };
    const throttled = { errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }], extensions: { cost } };
    for (const [fault, state] of [
      [{ status: 503 }, 'UNREACHABLE'],
      ['reset', 'UNREACHABLE'],
      ['hang', 'UNREACHABLE'],
      [{ status: 402 }, 'UNREACHABLE'],
      [{ status: 200, body: { data: { c0: { id: 7 } } } }, 'UNREACHABLE'],
      [{ status: 200, body: { errors: [{ message: 'CANARY' }] } }, 'UNREACHABLE'],
      [{ status: 200, body: throttled }, 'BUSY'],
      [{ status: 429, headers: { 'retry-after': '30' } }, 'BUSY'],
    ] as const) {
      shopify.fault = (call) => (call.shop === shop ? fault : null);
      const found = await look(inbox, contact);
      expect([fault, found.map((one) => one.state)]).toEqual([fault, [state, 'FOUND']]);
      expect(JSON.stringify(found)).not.toContain('CANARY');
    }
    // No room for a moment: it is asked once more.
    let refused = 0;
    shopify.fault = (call) =>
      call.shop === shop && (refused += 1) === 1 ? { status: 429, headers: { 'retry-after': '0.1' } } : null;
    expect((await look(inbox, contact))[0]?.state).toBe('NONE');
    // It takes the token no more: said once, and not asked again.
    shopify.fault = () => null;
    shopify.uninstall(shop);
    expect(await look(inbox, contact)).toMatchObject([{ state: 'REFUSED' }, { state: 'FOUND' }]);
    const calls = shopify.calls.filter((call) => call.shop === shop).length;
    expect(await look(inbox, contact)).toMatchObject([
      { state: 'REFUSED', store: { status: 'EXPIRED' } },
      { state: 'FOUND' },
    ]);
    expect(shopify.calls.filter((call) => call.shop === shop)).toHaveLength(calls);
  }, 40_000);

  it('S1: is kept nowhere, and no model is told of it', async () => {
    const { inbox, shop, contact } = await withStore();
    const words = ['#KANARI-7731', 'Zitronenfalter lamp', 'parcels.example.com/KANARI-9'];
    const [name = '', title = '', parcel = ''] = words;
    shopify.customers.set(shop, [
      {
        phone: `+${phone}`,
        email: 'kanari-buyer@example.com',
        orders: [{ name, title, trackingUrl: `https://${parcel}` }],
      },
    ]);
    const conversation = await under.conversation(inbox, { contact_id: contact });
    await under.message(inbox, conversation, { text: 'Where is my parcel, please?' });
    expect(await look(inbox, contact)).toMatchObject([{ state: 'FOUND' }]);
    await inbox.client.post('mutation ($id: ID!) { draftReply(conversationId: $id) { id } }', { id: conversation });
    expect(await look(inbox, contact)).toMatchObject([{ state: 'FOUND' }]);
    const { ownerUrl, redisUrl } = under.app.database;
    const places = [
      ...(await databaseDump(ownerUrl)),
      ...(await filesIn(under.app.app.get(Config).dataDir)),
      { where: 'Redis', bytes: Buffer.from(JSON.stringify(await redisDump(redisUrl))) },
      { where: 'the model', bytes: Buffer.from(JSON.stringify(model.calls)) },
    ];
    expect(residue(places, [...words, 'kanari-buyer', 'gid://shopify'])).toEqual([]);
    // What is looked for would be found.
    expect(residue(places, ['Where is my parcel']).length).toBeGreaterThan(0);
  });
});

it('links to parcels are encrypted pages of the web', () => {
  expect(trackingLink('https://parcels.example.com/1?a=b')).toBe('https://parcels.example.com/1?a=b');
  for (const text of [
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'http://parcels.example.com/1',
    'data:text/html,x',
    'https://user:word@parcels.example.com/',
    '//parcels.example.com/1',
    'parcels.example.com',
    ' ',
    `https://parcels.example.com/${'a'.repeat(1_000)}`,
    null,
  ])
    expect([text, trackingLink(text)]).toEqual([text, null]);
});

it('room at Shopify comes back as it says', () => {
  const throttled = (cost?: object) => ({
    errors: [{ extensions: { code: 'THROTTLED' } }],
    ...(cost !== undefined && { extensions: { cost } }),
  });
  const status = { currentlyAvailable: 20, restoreRate: 50 };
  expect(waitAsked(throttled({ requestedQueryCost: 120, throttleStatus: status }))).toBe(2);
  expect(waitAsked(throttled())).toBe(1);
  expect(waitAsked({ data: {}, extensions: { cost: { requestedQueryCost: 1, throttleStatus: status } } })).toBeNull();
  expect(waitAsked({ errors: [{ extensions: { code: 'ACCESS_DENIED' } }] })).toBeNull();
  expect(waitAsked(null)).toBeNull();
});
