import { createHmac, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buildSchema, graphql } from 'graphql';
import type { TestClient } from './client.js';
import { LoopbackServer } from './loopback-server.js';

export const shopifyApp = { id: 'test-client-id', secret: 'test-client-secret' } as const;

/** The part of the Admin API that is asked for, in Shopify's own names. */
const schema = buildSchema(`
  scalar DateTime scalar Decimal scalar URL
  enum CurrencyCode { EUR TRY USD }
  enum OrderSortKeys { CREATED_AT }
  enum OrderDisplayFinancialStatus { PAID PENDING REFUNDED }
  enum OrderDisplayFulfillmentStatus { FULFILLED UNFULFILLED }
  enum WebhookSubscriptionTopic { APP_UNINSTALLED }
  enum WebhookSubscriptionFormat { JSON XML }
  input CustomerIdentifierInput { id: ID emailAddress: String phoneNumber: String }
  input WebhookSubscriptionInput { uri: String format: WebhookSubscriptionFormat filter: String includeFields: [String!] }
  type CustomerEmailAddress { emailAddress: String! }
  type CustomerPhoneNumber { phoneNumber: String! }
  type MoneyV2 { amount: Decimal! currencyCode: CurrencyCode! }
  type MoneyBag { shopMoney: MoneyV2! }
  type LineItem { title: String! quantity: Int! }
  type LineItemConnection { nodes: [LineItem!]! }
  type FulfillmentTrackingInfo { company: String number: String url: URL }
  type Fulfillment { trackingInfo(first: Int): [FulfillmentTrackingInfo!]! }
  type Order {
    id: ID! name: String! createdAt: DateTime! currentTotalPriceSet: MoneyBag!
    displayFinancialStatus: OrderDisplayFinancialStatus displayFulfillmentStatus: OrderDisplayFulfillmentStatus!
    lineItems(first: Int): LineItemConnection! fulfillments(first: Int): [Fulfillment!]!
  }
  type OrderConnection { nodes: [Order!]! }
  type Customer {
    id: ID! defaultEmailAddress: CustomerEmailAddress defaultPhoneNumber: CustomerPhoneNumber
    orders(first: Int, sortKey: OrderSortKeys, reverse: Boolean): OrderConnection!
  }
  type Shop { id: ID! name: String! }
  type UserError { field: [String!] message: String! }
  type WebhookSubscriptionCreatePayload { userErrors: [UserError!]! }
  type Query { shop: Shop! customerByIdentifier(identifier: CustomerIdentifierInput!): Customer }
  type Mutation {
    webhookSubscriptionCreate(topic: WebhookSubscriptionTopic!, webhookSubscription: WebhookSubscriptionInput!): WebhookSubscriptionCreatePayload
  }`);

interface FakeOrder {
  readonly name: string;
  readonly createdAt?: string;
  readonly title?: string;
  readonly trackingUrl?: string | null;
  readonly amount?: string;
}
export interface FakeCustomer {
  readonly email?: string;
  readonly phone?: string;
  readonly orders: readonly FakeOrder[];
}
/** One call as Shopify saw it. */
export interface ShopifyCall {
  readonly method: string;
  readonly shop: string;
  readonly path: string;
  readonly token: string | null;
  readonly body: string;
}
interface Held {
  readonly shop: string;
  readonly scope: string;
  readonly expiresAt: number | null;
}
/** What is answered in place of the truth; null where the truth is. `hang` never answers, `reset` breaks the connection. */
type Fault =
  'hang' | 'reset' | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: unknown };

/** Shopify as its documentation has it: one app, any stores, tokens that end and are renewed. */
export class FakeShopify {
  readonly calls: ShopifyCall[] = [];
  readonly customers = new Map<string, FakeCustomer[]>();
  readonly webhooks = new Map<string, string>();
  /** Seconds that a token lives; null: it does not end. */
  lives: number | null = 3_600;
  scope = 'read_customers,read_orders';
  fault: (call: ShopifyCall) => Fault | null = () => null;
  private readonly codes = new Map<string, string>();
  private readonly tokens = new Map<string, Held>();
  private readonly refreshes = new Map<string, string>();

  private constructor(private readonly server: { current: LoopbackServer | null }) {}

  static async start(): Promise<FakeShopify> {
    const holder: { current: LoopbackServer | null } = { current: null };
    const shopify = new FakeShopify(holder);
    holder.current = await LoopbackServer.start((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => void shopify.answer(request, Buffer.concat(parts).toString(), response));
    });
    return shopify;
  }

  get url(): string {
    return this.server.current?.url ?? '';
  }

  get environment(): Record<string, string> {
    return { SHOPIFY_CLIENT_ID: shopifyApp.id, SHOPIFY_CLIENT_SECRET: shopifyApp.secret, SHOPIFY_ADMIN_URL: this.url };
  }

  async stop(): Promise<void> {
    await this.server.current?.stop();
  }

  /** What the store's owner is sent back with, where they say yes to an address that they were sent to. */
  consent(address: string, more: Readonly<Record<string, string>> = {}): URLSearchParams {
    const url = new URL(address);
    const [, shop = ''] = url.pathname.split('/');
    const code = randomBytes(12).toString('hex');
    this.codes.set(code, shop);
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const query = new URLSearchParams({
      code,
      host: 'aG9zdA',
      shop,
      state: url.searchParams.get('state') ?? '',
      timestamp,
    });
    for (const [name, value] of Object.entries(more)) query.set(name, value);
    return signedQuery(query);
  }

  /** The whole way of connecting a store; gives where the person ended. */
  async connect(client: TestClient, shop: string): Promise<string> {
    const { url } = await client.ask<{ url: string }>(
      'mutation ($domain: String!) { url: startShopifyInstall(domain: $domain) }',
      { domain: shop },
    );
    return (await comeBack(client, this.consent(url))).location;
  }

  /** Somebody removes the app from a store: its tokens are worth nothing. */
  uninstall(shop: string): void {
    for (const [token, held] of this.tokens) if (held.shop === shop) this.tokens.delete(token);
    for (const [refresh, of] of this.refreshes) if (of === shop) this.refreshes.delete(refresh);
  }

  /** Every token of a store ended by the clock; what they are renewed by is good. */
  endTokens(shop: string): void {
    for (const [token, held] of this.tokens) if (held.shop === shop) this.tokens.delete(token);
  }

  /** Everything secret that was given out. */
  get secrets(): string[] {
    return [...this.given];
  }
  private readonly given = new Set<string>();

  private async answer(request: IncomingMessage, body: string, response: ServerResponse): Promise<void> {
    const [, shop = '', ...rest] = (request.url ?? '').split('/');
    const given = request.headers['x-shopify-access-token'];
    const token = typeof given === 'string' ? given : null;
    const call = { method: request.method ?? '', shop, path: `/${rest.join('/')}`, token, body };
    this.calls.push(call);
    const fault = this.fault(call);
    if (fault === 'hang') return;
    if (fault === 'reset') {
      request.socket.destroy();
      return;
    }
    const { status, headers = {}, body: said = {} } = fault ?? (await this.truth(call));
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(said));
  }

  private async truth(call: ShopifyCall): Promise<Exclude<Fault, string>> {
    if (call.method === 'POST' && call.path === '/admin/oauth/access_token') return this.giveToken(call);
    const held = this.tokens.get(call.token ?? '');
    if (held?.shop !== call.shop || (held.expiresAt !== null && held.expiresAt < Date.now()))
      return { status: 401, body: { errors: '[API] Invalid API key or access token' } };
    if (call.method === 'DELETE' && call.path === '/admin/api_permissions/current.json') {
      this.uninstall(call.shop);
      return { status: 200 };
    }
    if (call.method === 'POST' && /^\/admin\/api\/\d{4}-\d{2}\/graphql\.json$/.test(call.path)) return this.graph(call);
    return { status: 404, body: { errors: 'Not Found' } };
  }

  private giveToken({ shop, body }: ShopifyCall): Exclude<Fault, string> {
    const said = JSON.parse(body) as Record<string, string>;
    if (said['client_id'] !== shopifyApp.id || said['client_secret'] !== shopifyApp.secret) return { status: 400 };
    const renewing = said['grant_type'] === 'refresh_token';
    const from = renewing ? this.refreshes : this.codes;
    const what = (renewing ? said['refresh_token'] : said['code']) ?? '';
    if (from.get(what) !== shop) return { status: 400, body: { error: 'invalid_request' } };
    from.delete(what);
    const access = `shpat_${randomBytes(16).toString('hex')}`;
    const ends = said['expiring'] === '1' || renewing ? this.lives : null;
    this.tokens.set(access, { shop, scope: this.scope, expiresAt: ends === null ? null : Date.now() + 1_000 * ends });
    this.given.add(access);
    if (ends === null) return { status: 200, body: { access_token: access, scope: this.scope } };
    const refresh = `shprt_${randomBytes(16).toString('hex')}`;
    this.refreshes.set(refresh, shop);
    this.given.add(refresh);
    return {
      status: 200,
      body: {
        access_token: access,
        scope: this.scope,
        expires_in: ends,
        refresh_token: refresh,
        refresh_token_expires_in: 7_776_000,
      },
    };
  }

  private async graph({ shop, body }: ShopifyCall): Promise<Exclude<Fault, string>> {
    const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
    const rootValue = {
      shop: { id: 'gid://shopify/Shop/1', name: shop },
      customerByIdentifier: ({ identifier }: { identifier: Record<string, string | undefined> }) => {
        const found = (this.customers.get(shop) ?? []).find(
          ({ email, phone }) =>
            (email !== undefined && email === identifier['emailAddress']?.toLowerCase()) ||
            (phone !== undefined && phone === identifier['phoneNumber']),
        );
        return found === undefined ? null : customerNode(found);
      },
      webhookSubscriptionCreate: ({ webhookSubscription }: { webhookSubscription: { uri: string } }) => {
        const known = this.webhooks.has(shop);
        this.webhooks.set(shop, webhookSubscription.uri);
        return { userErrors: known ? [{ message: 'Address for this topic has already been taken' }] : [] };
      },
    };
    return { status: 200, body: await graphql({ schema, source: query, rootValue, variableValues: variables }) };
  }
}

function customerNode({ email, phone, orders }: FakeCustomer) {
  return {
    id: `gid://shopify/Customer/${email ?? phone ?? ''}`,
    defaultEmailAddress: email === undefined ? null : { emailAddress: email },
    defaultPhoneNumber: phone === undefined ? null : { phoneNumber: phone },
    orders: ({ first }: { first: number }) => ({
      nodes: [...orders]
        .sort((one, other) => (dateOf(other) < dateOf(one) ? -1 : 1))
        .slice(0, first)
        .map((order) => ({
          id: `gid://shopify/Order/${order.name}`,
          name: order.name,
          createdAt: dateOf(order),
          currentTotalPriceSet: { shopMoney: { amount: order.amount ?? '42.50', currencyCode: 'EUR' } },
          displayFinancialStatus: 'PAID',
          displayFulfillmentStatus: 'FULFILLED',
          lineItems: { nodes: [{ title: order.title ?? 'Lamp', quantity: 2 }] },
          fulfillments: [{ trackingInfo: [{ url: order.trackingUrl ?? null }] }],
        })),
    }),
  };
}

function dateOf({ createdAt }: FakeOrder): string {
  return createdAt ?? '2026-11-01T10:00:00Z';
}

/** A query with the signature that Shopify gives it. */
export function signedQuery(query: URLSearchParams, secret: string = shopifyApp.secret): URLSearchParams {
  const signed = new URLSearchParams(query);
  signed.delete('hmac');
  const text = [...signed]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join('&');
  signed.set('hmac', createHmac('sha256', secret).update(text).digest('hex'));
  return signed;
}

/** The person's browser follows Shopify's redirect. */
export async function comeBack(client: TestClient, query: URLSearchParams | string) {
  const response = await fetch(`${client.url}/oauth/shopify/callback?${query.toString()}`, {
    redirect: 'manual',
    headers: client.cookie === null ? {} : { cookie: client.cookie },
  });
  return { status: response.status, location: response.headers.get('location') ?? '', body: await response.text() };
}

/** A webhook of Shopify. */
export function toldByShopify(
  url: string,
  topic: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const hmac = createHmac('sha256', shopifyApp.secret).update(body).digest('base64');
  return fetch(`${url}/webhooks/shopify`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-shopify-topic': topic,
      'x-shopify-hmac-sha256': hmac,
      'x-shopify-webhook-id': randomBytes(8).toString('hex'),
      ...headers,
    },
    body,
  });
}
