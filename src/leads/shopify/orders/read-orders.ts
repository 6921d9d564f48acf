import { z } from 'zod';
import type { ProvenAddresses } from '../../../conversations/index.js';
import { cleanText } from '../../../platform/database/index.js';
import { ShopifyTrouble } from '../shopify-trouble.js';
import type { ShopOrder } from './order.type.js';

export const mostOrders = 5;
const mostItems = 10;
const mostAddresses = 4;
const longest = 200;

const customerFields = `
  fragment Found on Customer {
    id
    defaultEmailAddress { emailAddress }
    defaultPhoneNumber { phoneNumber }
    orders(first: ${String(mostOrders)}, sortKey: CREATED_AT, reverse: true) {
      nodes {
        name createdAt displayFinancialStatus displayFulfillmentStatus
        currentTotalPriceSet { shopMoney { amount currencyCode } }
        lineItems(first: ${String(mostItems)}) { nodes { title quantity } }
        fulfillments(first: 3) { trackingInfo(first: 1) { url } }
      }
    }
  }`;

const order = z.object({
  name: z.string(),
  createdAt: z.iso.datetime({ offset: true }),
  displayFinancialStatus: z.string().nullish(),
  displayFulfillmentStatus: z.string(),
  currentTotalPriceSet: z.object({ shopMoney: z.object({ amount: z.string(), currencyCode: z.string() }) }),
  lineItems: z.object({ nodes: z.array(z.object({ title: z.string(), quantity: z.number().int() })) }),
  fulfillments: z.array(z.object({ trackingInfo: z.array(z.object({ url: z.string().nullish() })) })),
});
const customer = z.object({
  id: z.string(),
  defaultEmailAddress: z.object({ emailAddress: z.string() }).nullish(),
  defaultPhoneNumber: z.object({ phoneNumber: z.string() }).nullish(),
  orders: z.object({ nodes: z.array(order) }),
});
const answer = z.record(z.string(), customer.nullable());

/** An operation of the Admin API. */
interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** Asks for the customers of these addresses, each by itself; null where there is no address to ask by. */
export function questionFor({ emails, phones }: ProvenAddresses): Question | null {
  const asked = [
    ...emails.map((value) => ({ field: 'emailAddress', value })),
    ...phones.map((value) => ({ field: 'phoneNumber', value })),
  ].slice(0, mostAddresses);
  if (asked.length === 0) return null;
  const named = asked.map(({ field }, index) => {
    const name = `c${String(index)}`;
    return { name, line: `${name}: customerByIdentifier(identifier: { ${field}: $${name} }) { ...Found }` };
  });
  const variables = Object.fromEntries(asked.map(({ value }, index) => [`c${String(index)}`, value]));
  const declared = named.map(({ name }) => `$${name}: String!`).join(', ');
  return { query: `query (${declared}) { ${named.map(({ line }) => line).join(' ')} }${customerFields}`, variables };
}

/** The orders in an answer, the newest first. A customer with another address than was asked for is none of theirs. */
export function ordersIn(data: unknown, { emails, phones }: ProvenAddresses): ShopOrder[] {
  const said = answer.safeParse(data);
  if (!said.success) throw new ShopifyTrouble('ODD', 'Shopify gave orders that cannot be read.', said.error);
  const customers = new Map<string, z.infer<typeof customer>>();
  for (const found of Object.values(said.data)) {
    if (found === null) continue;
    const email = found.defaultEmailAddress?.emailAddress.toLowerCase() ?? '';
    const phone = found.defaultPhoneNumber?.phoneNumber ?? '';
    if (emails.includes(email) || phones.includes(phone)) customers.set(found.id, found);
  }
  return [...customers.values()]
    .flatMap(({ orders }) => orders.nodes.map(orderOf))
    .sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
    .slice(0, mostOrders);
}

function orderOf(row: z.infer<typeof order>): ShopOrder {
  const { amount, currencyCode } = row.currentTotalPriceSet.shopMoney;
  const links = row.fulfillments.flatMap(({ trackingInfo }) => trackingInfo.map(({ url }) => trackingLink(url)));
  return {
    name: cleanText(row.name, longest),
    createdAt: new Date(row.createdAt),
    total: cleanText(amount, 40),
    currency: cleanText(currencyCode, 10),
    financialStatus: wordOf(row.displayFinancialStatus),
    fulfillmentStatus: wordOf(row.displayFulfillmentStatus) ?? '',
    items: row.lineItems.nodes.slice(0, mostItems).map(({ title, quantity }) => ({
      title: cleanText(title, longest),
      quantity: Math.max(0, Math.min(quantity, 1_000_000)),
    })),
    trackingUrl: links.find((link) => link !== null) ?? null,
  };
}

/** One of Shopify's own words. */
function wordOf(text: string | null | undefined): string | null {
  return typeof text === 'string' && /^[A-Z_]{1,60}$/.test(text) ? text : null;
}

/** Whoever runs a store, or hacked it, writes these: an encrypted page of the web, and nothing else. */
export function trackingLink(text: string | null | undefined): string | null {
  const url = typeof text === 'string' && text.length <= 1_000 ? URL.parse(text) : null;
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return null;
  return url.href;
}
