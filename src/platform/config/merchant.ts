import { z } from 'zod';
import type { SandboxAddress } from './sandbox-address.js';
import { httpUrl } from './urls.js';

const words = (least: number, most: number) => z.string().min(least).max(most).optional();

/** The variables of billing. */
export const merchantVariables = {
  BILLING_PROVIDER: z
    .enum(['paddle', 'lemonsqueezy', 'polar', 'none'])
    .default('none')
    .describe('the merchant of record that sells the plans; none: every entitlement is on and nothing is sold'),
  PLANS_FILE: z
    .string()
    .min(1)
    .default('plans.yaml')
    .describe('the plans that are sold, with their prices and limits; read at the start'),
  PADDLE_API_KEY: words(1, 500).describe('Paddle Billing: the key of its API'),
  PADDLE_WEBHOOK_SECRET: words(1, 500).describe('the secret of its notification destination; signs its webhooks'),
  PADDLE_CLIENT_TOKEN: z
    .string()
    .regex(/^(live|test)_[a-z0-9]{10,100}$/i, 'must be a client-side token: live_… or test_…')
    .optional()
    .describe('its client-side token: with it the page /billing/pay of this server opens the checkout'),
  PADDLE_API_URL: httpUrl.optional().describe('https://api.paddle.com when unset'),
  LEMONSQUEEZY_API_KEY: words(1, 5_000).describe('Lemon Squeezy: the key of its API'),
  LEMONSQUEEZY_WEBHOOK_SECRET: words(6, 40).describe('signs its webhooks: 6 to 40 characters'),
  LEMONSQUEEZY_API_URL: httpUrl.optional().describe('https://api.lemonsqueezy.com when unset'),
  LEMONSQUEEZY_STORE_ID: z
    .string()
    .regex(/^\d{1,20}$/)
    .optional()
    .describe('the number of the store there'),
  POLAR_ACCESS_TOKEN: words(1, 500).describe('Polar: the access token of the organization'),
  POLAR_WEBHOOK_SECRET: words(1, 500).describe('signs its webhooks'),
  POLAR_API_URL: httpUrl.optional().describe('https://api.polar.sh when unset'),
};

type Variables = Readonly<z.infer<z.ZodObject<typeof merchantVariables>>>;

/** How a merchant of record is reached. */
export interface MerchantSettings {
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly webhookSecret: string;
  /** The number of the store, where the merchant has stores. */
  readonly storeId: string | null;
  /** What Paddle's script is given on our page of payment; null where there is no such page. */
  readonly clientToken: string | null;
}

interface Given {
  readonly apiUrl: string | undefined;
  readonly apiKey: string | undefined;
  readonly webhookSecret: string | undefined;
  readonly storeId?: string | undefined;
  readonly host: string;
}

/** The merchant of record in use. */
export interface ChosenMerchant extends MerchantSettings {
  readonly name: 'paddle' | 'lemonsqueezy' | 'polar';
}

/** What the sandbox's merchants take. */
const pretended = { apiKey: 'sandbox-billing-key', webhookSecret: 'sandbox-billing-secret-0123456789', storeId: '1' };

/** What is missing for the merchant that is named, in words. The sandbox misses nothing. */
export function merchantProblems(variables: Readonly<Record<string, string | undefined>>, sandbox: boolean): string[] {
  const name = variables['BILLING_PROVIDER'];
  if (sandbox || !isMerchant(name)) return [];
  return required[name]
    .filter((variable) => variables[variable] === undefined)
    .map((variable) => `${variable} is required with BILLING_PROVIDER=${name}`);
}

/** The merchant in use; null where nothing is sold. With the sandbox on, whatever is unset is the pretended one's. */
export function merchantSettings(environment: Variables, sandbox: SandboxAddress | null): ChosenMerchant | null {
  const { BILLING_PROVIDER: name } = environment;
  if (name === 'none') return null;
  const given = givenFor(name, environment);
  const { apiKey, webhookSecret, storeId } = given;
  const pretends = sandbox !== null && apiKey === undefined && given.apiUrl === undefined;
  const fallback = sandbox === null ? null : pretended;
  return {
    name,
    apiUrl: (given.apiUrl ?? (pretends ? `${sandbox.url}/${name}` : given.host)).replace(/\/$/, ''),
    apiKey: apiKey ?? fallback?.apiKey ?? '',
    webhookSecret: webhookSecret ?? fallback?.webhookSecret ?? '',
    clientToken: name === 'paddle' ? (environment.PADDLE_CLIENT_TOKEN ?? null) : null,
    storeId: name === 'lemonsqueezy' ? (storeId ?? fallback?.storeId ?? null) : null,
  };
}

/** A merchant of record that need not be in use (any more); null where there is no key for it. */
export function merchantNamed(
  name: ChosenMerchant['name'],
  environment: Variables,
  sandbox: SandboxAddress | null,
): ChosenMerchant | null {
  const settings = merchantSettings({ ...environment, BILLING_PROVIDER: name }, sandbox);
  return settings === null || settings.apiKey === '' ? null : settings;
}

const required: Readonly<Record<ChosenMerchant['name'], readonly string[]>> = {
  paddle: ['PADDLE_API_KEY', 'PADDLE_WEBHOOK_SECRET'],
  lemonsqueezy: ['LEMONSQUEEZY_API_KEY', 'LEMONSQUEEZY_WEBHOOK_SECRET', 'LEMONSQUEEZY_STORE_ID'],
  polar: ['POLAR_ACCESS_TOKEN', 'POLAR_WEBHOOK_SECRET'],
};

function isMerchant(name: string | undefined): name is ChosenMerchant['name'] {
  return name !== undefined && name in required;
}

function givenFor(name: ChosenMerchant['name'], environment: Variables): Given {
  switch (name) {
    case 'paddle':
      return {
        apiUrl: environment.PADDLE_API_URL,
        apiKey: environment.PADDLE_API_KEY,
        webhookSecret: environment.PADDLE_WEBHOOK_SECRET,
        host: 'https://api.paddle.com',
      };
    case 'lemonsqueezy':
      return {
        apiUrl: environment.LEMONSQUEEZY_API_URL,
        apiKey: environment.LEMONSQUEEZY_API_KEY,
        webhookSecret: environment.LEMONSQUEEZY_WEBHOOK_SECRET,
        storeId: environment.LEMONSQUEEZY_STORE_ID,
        host: 'https://api.lemonsqueezy.com',
      };
    case 'polar':
      return {
        apiUrl: environment.POLAR_API_URL,
        apiKey: environment.POLAR_ACCESS_TOKEN,
        webhookSecret: environment.POLAR_WEBHOOK_SECRET,
        host: 'https://api.polar.sh',
      };
  }
}
