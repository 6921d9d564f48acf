import { badInput } from '../../platform/errors/index.js';
import { checkHints, hostOf } from './check-hints.js';
import { PrivacyRequestKind, PrivacyRequestOrigin } from './enums.js';
import type { IncomingRequest } from './privacy-requests.js';

const kinds: Readonly<Record<string, PrivacyRequestKind>> = {
  'customers/data_request': PrivacyRequestKind.ACCESS,
  'customers/redact': PrivacyRequestKind.ERASE,
  'shop/redact': PrivacyRequestKind.ERASE,
};

/** What Shopify asks of every app under the law. */
export const complianceTopics = Object.keys(kinds);

/** Shopify signs the body and not the topic: what only another topic's body has gives a wrong one away. */
const foreignFields: Readonly<Record<string, readonly string[]>> = {
  'customers/data_request': ['orders_to_redact'],
  'customers/redact': ['data_request'],
  'shop/redact': ['data_request', 'orders_to_redact', 'customer'],
};

/** What one of Shopify's compliance topics asks for; null for every other topic. */
export function readShopifyTopic(topic: string, body: Buffer): Omit<IncomingRequest, 'code' | 'proved'> | null {
  const kind = kinds[topic];
  if (kind === undefined) return null;
  const said = objectOf(parsed(body));
  const customer = objectOf(said['customer']);
  const shop = textOf(said['shop_domain']);
  if (shop === null) throw badInput('shop_domain', 'The call names no shop.');
  const foreign = foreignFields[topic]?.find((field) => field in said);
  if (foreign !== undefined) throw badInput(foreign, 'This belongs to another topic than the one that is named.');
  return {
    kind,
    origin: PrivacyRequestOrigin.SHOPIFY,
    // What Shopify does not know of a customer is null, or an address that is none.
    hints: { ...hintOf('email', customer['email']), ...hintOf('phone', customer['phone']), website: hostOf(shop) },
    note: `Shopify: ${topic}`,
  };
}

function hintOf(name: 'email' | 'phone', given: unknown): ReturnType<typeof checkHints> {
  try {
    return checkHints({ [name]: textOf(given) });
  } catch {
    return {};
  }
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    throw badInput('', 'The body is no JSON.');
  }
}

function objectOf(given: unknown): Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null ? (given as Readonly<Record<string, unknown>>) : {};
}

function textOf(given: unknown): string | null {
  return typeof given === 'string' && given.trim() !== '' ? given : null;
}
