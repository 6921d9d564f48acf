import { buildSchema, graphql, type ExecutionResult } from 'graphql';
import type { World } from '../world/world.ts';
import type { Store } from './stores.ts';

/** What of the Admin API is pretended, in Shopify's own names. */
const schema = buildSchema(`
  scalar DateTime scalar Decimal scalar URL
  enum CurrencyCode { EUR }
  enum OrderSortKeys { CREATED_AT PROCESSED_AT ID }
  enum OrderDisplayFinancialStatus { PAID PENDING REFUNDED }
  enum OrderDisplayFulfillmentStatus { FULFILLED UNFULFILLED }
  enum WebhookSubscriptionTopic { APP_UNINSTALLED }
  enum WebhookSubscriptionFormat { JSON }
  input CustomerIdentifierInput { id: ID emailAddress: String phoneNumber: String }
  input WebhookSubscriptionInput { uri: String format: WebhookSubscriptionFormat }
  type CustomerEmailAddress { emailAddress: String! }
  type CustomerPhoneNumber { phoneNumber: String! }
  type MoneyV2 { amount: Decimal! currencyCode: CurrencyCode! }
  type MoneyBag { shopMoney: MoneyV2! }
  type LineItem { title: String! quantity: Int! }
  type LineItemConnection { nodes: [LineItem!]! }
  type FulfillmentTrackingInfo { url: URL }
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

interface Asked {
  query: string;
  variables: Record<string, unknown>;
}

/** Answers an operation of the Admin API. Whoever plays WhatsApp has ordered in every store; so has every mail address. */
export function answerAdmin(world: World, store: Store, { query, variables }: Asked): Promise<ExecutionResult> {
  const rootValue = {
    shop: { id: 'gid://shopify/Shop/954001', name: store.domain },
    customerByIdentifier: ({ identifier }: { identifier: { emailAddress?: string; phoneNumber?: string } }) => {
      const { emailAddress: email, phoneNumber: phone } = identifier;
      if (email !== undefined) return customer({ email: email.toLowerCase() });
      return phone !== undefined && world.customer('whatsapp', phone) ? customer({ phone }) : null;
    },
    webhookSubscriptionCreate: ({ webhookSubscription: { uri } }: { webhookSubscription: { uri: string } }) => {
      const known = store.uninstalledUri === uri;
      store.uninstalledUri = uri;
      return { userErrors: known ? [{ message: 'Address for this topic has already been taken' }] : [] };
    },
  };
  return graphql({ schema, source: query, rootValue, variableValues: variables });
}

function customer({ email, phone }: { email?: string; phone?: string }) {
  return {
    id: `gid://shopify/Customer/${email ?? phone ?? ''}`,
    defaultEmailAddress: email === undefined ? null : { emailAddress: email },
    defaultPhoneNumber: phone === undefined ? null : { phoneNumber: phone },
    orders: ({ first = 50 }: { first?: number }) => ({ nodes: orders.slice(0, first) }),
  };
}

const orders = [
  order('#1002', '2026-11-20T09:30:00Z', '84.90', 'FULFILLED', [
    ['A kettle that whistles', 1],
    ['Cups that nearly match', 3],
  ]),
  order('#1001', '2026-10-02T15:00:00Z', '12.50', 'UNFULFILLED', [['A tea that tastes of smoke', 2]]),
];

function order(name: string, createdAt: string, amount: string, sending: string, items: [string, number][]) {
  const sent = sending === 'FULFILLED';
  return {
    id: `gid://shopify/Order/${name.slice(1)}`,
    name,
    createdAt,
    currentTotalPriceSet: { shopMoney: { amount, currencyCode: 'EUR' } },
    displayFinancialStatus: 'PAID',
    displayFulfillmentStatus: sending,
    lineItems: { nodes: items.map(([title, quantity]) => ({ title, quantity })) },
    fulfillments: sent ? [{ trackingInfo: [{ url: `https://parcels.example.com/${name.slice(1)}` }] }] : [],
  };
}
