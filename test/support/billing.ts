import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { MerchantName, MerchantSubscription } from '../../src/billing/merchants/merchant.js';
import { Subscriptions } from '../../src/billing/index.js';
import { Workspaces, sql } from '../../src/platform/database/index.js';

type Limits = Readonly<
  Partial<Record<'SEATS' | 'CHANNELS' | 'AI_REPLIES' | 'CONTACTS' | 'KNOWLEDGE_PASSAGES', number | null>>
>;

/** What a test sells: plans by their code, each with its limits; what is left out has none. */
export interface Sold {
  readonly merchant?: MerchantName;
  /** Where the merchant's API is; nobody is called where it is left out. */
  readonly apiUrl?: string;
  readonly plans?: Readonly<Record<string, Limits>>;
  readonly trial?: { readonly plan: string; readonly days: number; readonly addOns?: readonly string[] } | null;
  readonly free?: string;
}

/** The secret that webhooks of a test's merchant are signed with; short enough for Lemon Squeezy. */
export const billingSecret = 'sandbox-billing-secret-0123456789';
const apiKey = 'sandbox-billing-key';

const unlimited = { SEATS: null, CHANNELS: null, AI_REPLIES: null, CONTACTS: null, KNOWLEDGE_PASSAGES: null };
const addOns = ['whatsapp', 'remove-branding'];

/** What a plan or an add-on is called at every merchant of a test: digits, as Lemon Squeezy wants them. */
export function priceOf(code: string): string {
  return String([...code].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_000_000, 7));
}

/**
 * The environment of a server that sells plans: its own file of plans in a folder of its own, and a merchant. With nothing
 * named: a plan `small` with little room, a plan `big` without limits, both add-ons, and a trial of `big` for 14 days.
 */
export async function sellingEnvironment(sold: Sold = {}): Promise<Record<string, string>> {
  const { merchant = 'paddle', plans = { small, big: {} }, free } = sold;
  const trial = sold.trial === undefined ? { plan: Object.keys(plans).at(-1) ?? '', days: 14 } : sold.trial;
  const prices = (code: string) => ({ paddle: priceOf(code), lemonsqueezy: priceOf(code), polar: priceOf(code) });
  const file = {
    currency: 'EUR',
    interval: 'month',
    graceDays: 14,
    ...(trial !== null && { trial }),
    ...(free !== undefined && { free }),
    plans: Object.entries(plans).map(([code, limits], place) => ({
      code,
      name: code,
      priceCents: code === free ? 0 : 1_000 * (place + 1),
      limits: { ...unlimited, ...limits },
      prices: prices(code),
    })),
    addOns: addOns.map((code) => ({ code, name: code, priceCents: 500, prices: prices(code) })),
  };
  const folder = await mkdtemp(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '', 'plans-'));
  const place = path.join(folder, 'plans.yaml');
  // JSON is YAML.
  await writeFile(place, JSON.stringify(file));
  return { BILLING_PROVIDER: merchant, PLANS_FILE: place, ...merchantEnvironment(merchant, sold.apiUrl) };
}

const small: Limits = { SEATS: 2, CHANNELS: 2, AI_REPLIES: 3, CONTACTS: 5, KNOWLEDGE_PASSAGES: 10 };

function merchantEnvironment(merchant: MerchantName, apiUrl: string | undefined): Record<string, string> {
  const url = (name: string) => (apiUrl === undefined ? {} : { [name]: apiUrl });
  switch (merchant) {
    case 'paddle':
      return { PADDLE_API_KEY: apiKey, PADDLE_WEBHOOK_SECRET: billingSecret, ...url('PADDLE_API_URL') };
    case 'lemonsqueezy':
      return {
        LEMONSQUEEZY_API_KEY: apiKey,
        LEMONSQUEEZY_WEBHOOK_SECRET: billingSecret,
        LEMONSQUEEZY_STORE_ID: '1',
        ...url('LEMONSQUEEZY_API_URL'),
      };
    case 'polar':
      return { POLAR_ACCESS_TOKEN: apiKey, POLAR_WEBHOOK_SECRET: billingSecret, ...url('POLAR_API_URL') };
  }
}

/** How a workspace is to stand: one subscription with a plan and add-ons. */
export interface Stands extends Partial<Pick<MerchantSubscription, 'status' | 'renewsAt' | 'endsAt' | 'asOf'>> {
  readonly plan: string;
  readonly addOns?: readonly string[];
  readonly merchant?: MerchantName;
  /** Its id at the merchant; one a workspace where it is left out, which each call then changes. */
  readonly reference?: string;
}

let moment = 0;

/** Lets the merchant say how a workspace stands; each call says it later than the one before. */
export async function stands(
  app: Pick<NestFastifyApplication, 'get'>,
  workspaceId: string,
  told: Stands,
): Promise<void> {
  const { plan, addOns: added = [], merchant = 'paddle', reference = `sub_${workspaceId}` } = told;
  moment = Math.max(moment + 1, Date.now());
  await app.get(Workspaces, { strict: false }).run(workspaceId, (tx) =>
    app.get(Subscriptions, { strict: false }).take(tx, merchant, {
      reference,
      customer: `ctm_${workspaceId}`,
      status: told.status ?? 'ACTIVE',
      prices: [plan, ...added].map(priceOf),
      renewsAt: told.renewsAt ?? new Date(moment + 30 * 86_400_000),
      endsAt: told.endsAt ?? null,
      asOf: told.asOf ?? new Date(moment),
      checkout: null,
      customData: {},
    }),
  );
}

/** Lets the plan of a workspace end, and its trial: it was cancelled, and its last day has passed. */
export async function ends(
  app: Pick<NestFastifyApplication, 'get'>,
  workspaceId: string,
  plan = 'small',
): Promise<void> {
  const yesterday = new Date(Date.now() - 86_400_000);
  await app.get(Workspaces, { strict: false }).run(workspaceId, (tx) =>
    tx.execute(sql`
      update subscriptions set trial_ends_at = ${yesterday} where workspace_id = ${workspaceId} and trial_ends_at > now()`),
  );
  await stands(app, workspaceId, { plan, status: 'CANCELED', renewsAt: null, endsAt: yesterday });
}
