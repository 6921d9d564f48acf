import { z } from 'zod';
import { httpUrl } from './urls.js';

/** The variables of the Shopify app. */
export const shopifyVariables = {
  SHOPIFY_CLIENT_ID: z
    .string()
    .min(1)
    .optional()
    .describe('the Shopify app: with it and its secret, businesses connect their stores'),
  SHOPIFY_CLIENT_SECRET: z
    .string()
    .min(1)
    .optional()
    .describe("the Shopify app's secret: its webhooks are checked by it; without it they are refused"),
  SHOPIFY_FORMER_CLIENT_SECRET: z
    .string()
    .min(1)
    .optional()
    .describe('the secret before the last change of it: for an hour Shopify may still sign with that one'),
  SHOPIFY_API_VERSION: z
    .string()
    .regex(/^(\d{4}-\d{2}|unstable)$/)
    .default('2026-10')
    .describe('Admin API version of Shopify'),
  SHOPIFY_ADMIN_URL: httpUrl.optional().describe('where stores are, their domain below it; https://DOMAIN when unset'),
};

type Variables = Readonly<z.infer<z.ZodObject<typeof shopifyVariables>>>;

/** The Shopify app in use. `adminUrl` is null where each store is at its own domain. */
export interface ShopifyApp {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly apiVersion: string;
  readonly adminUrl: string | null;
}

/** The app; null where there is none. With the sandbox on and no app of one's own, the pretend one. */
export function shopifyApp(
  environment: Variables,
  sandbox: { readonly url: string; readonly secret: string } | null,
): ShopifyApp | null {
  const { SHOPIFY_CLIENT_ID: ownId, SHOPIFY_CLIENT_SECRET: ownSecret, SHOPIFY_ADMIN_URL: ownUrl } = environment;
  const pretends = sandbox !== null && ownId === undefined && ownSecret === undefined;
  const clientId = pretends ? 'sandbox-shopify-app' : ownId;
  const clientSecret = pretends ? sandbox.secret : ownSecret;
  if (clientId === undefined || clientSecret === undefined) return null;
  const adminUrl = ownUrl ?? (pretends ? `${sandbox.url}/shopify` : null);
  return {
    clientId,
    clientSecret,
    apiVersion: environment.SHOPIFY_API_VERSION,
    adminUrl: adminUrl?.replace(/\/$/, '') ?? null,
  };
}

/** What Shopify's webhooks may be signed with; nothing where there is no app. */
export function shopifySecretsOf(environment: Variables, app: ShopifyApp | null): readonly string[] {
  const { SHOPIFY_CLIENT_SECRET: secret, SHOPIFY_FORMER_CLIENT_SECRET: former } = environment;
  return [secret ?? app?.clientSecret, former].filter((one) => one !== undefined);
}
