import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Config } from '../../platform/config/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import {
  OutgoingClient,
  OutgoingError,
  type OutgoingRequest,
  type OutgoingResponse,
} from '../../platform/http/index.js';
import { waitAsked } from './shopify-cost.js';
import { ShopifyTrouble } from './shopify-trouble.js';

/** What opens a store. Tokens that end come with another by which they are renewed. */
export interface StoreToken {
  readonly access: string;
  readonly refresh: string | null;
  /** Seconds from now; null for one that does not end. */
  readonly expiresIn: number | null;
}

/** The least that shows a customer's orders. */
export const shopifyScopes = ['read_customers', 'read_orders'] as const;

const milliseconds = 5_000;
const mostBytes = 1_000_000;
/** A member waits for the answer, so no longer than this is waited for Shopify to have room. */
const longestWait = 2;

const tokenAnswer = z.object({
  access_token: z.string().min(1).max(4_096),
  scope: z.string().default(''),
  expires_in: z.number().positive().optional(),
  refresh_token: z.string().min(1).max(4_096).optional(),
});
const graphAnswer = z.object({
  data: z.unknown().optional(),
  errors: z.array(z.object({ extensions: z.object({ code: z.string().optional() }).nullish() })).nullish(),
});

/** Shopify as it is called: its tokens and its Admin API. Each token goes to its own store alone. */
@Injectable()
export class ShopifyClient {
  constructor(
    private readonly config: Config,
    private readonly outgoing: OutgoingClient,
  ) {}

  /** The app in use. Throws where the deployment has none. */
  get app() {
    const { shopify } = this.config;
    if (shopify === null)
      throw new DomainError(
        ErrorCode.UNAVAILABLE,
        'This server has no Shopify app. Whoever runs it sets SHOPIFY_CLIENT_ID and SHOPIFY_CLIENT_SECRET.',
        { reason: 'SHOPIFY_OFF' },
      );
    return shopify;
  }

  /** An address at a store. */
  urlOf(domain: string, path: string): string {
    const { adminUrl } = this.app;
    return `${adminUrl === null ? `https://${domain}` : `${adminUrl}/${domain}`}${path}`;
  }

  /** Gives the token for what a person came back with, and what it may do. */
  async exchange(domain: string, code: string): Promise<{ readonly token: StoreToken; readonly scopes: string[] }> {
    return this.askForToken(domain, { code, expiring: '1' });
  }

  /** A new token for one that ends; Shopify takes the old pair until the new one is used. */
  async renew(domain: string, refresh: string): Promise<StoreToken> {
    const asked = { grant_type: 'refresh_token', refresh_token: refresh };
    return (await this.askForToken(domain, asked)).token;
  }

  /** One operation of the Admin API; waits a moment where Shopify has no room for it, once. */
  async graphql(
    domain: string,
    token: StoreToken,
    query: string,
    variables: Readonly<Record<string, unknown>>,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const until = performance.now() + milliseconds;
    for (let wait = 0, tries = 0; ; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 1_000 * wait));
      const left = Math.floor(until - performance.now());
      if (left <= 0) throw new ShopifyTrouble('UNREACHED', 'Shopify took too long.');
      const answer = await this.call(domain, `/admin/api/${this.app.apiVersion}/graphql.json`, {
        method: 'POST',
        headers: { ...withToken(token), 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
        timeout: left,
        ...(signal !== undefined && { signal }),
      });
      const asked = askedToWait(answer);
      if (asked === null) return dataOf(answer);
      if (tries > 0 || asked > longestWait) throw new ShopifyTrouble('BUSY', 'Shopify has no room for more calls now.');
      wait = asked;
    }
  }

  /** Asks for word when the app is removed from the store. That it is asked for already is fine. */
  async subscribe(domain: string, token: StoreToken): Promise<void> {
    const query = `mutation ($topic: WebhookSubscriptionTopic!, $uri: String!) {
      webhookSubscriptionCreate(topic: $topic, webhookSubscription: { uri: $uri, format: JSON }) { userErrors { message } } }`;
    const uri = `${this.config.publicUrl}/webhooks/shopify`;
    await this.graphql(domain, token, query, { topic: 'APP_UNINSTALLED', uri });
  }

  /** Whether the token still opens the store. */
  async isOpen(domain: string, token: StoreToken, signal: AbortSignal): Promise<boolean> {
    try {
      await this.graphql(domain, token, '{ shop { id } }', {}, signal);
      return true;
    } catch (error) {
      if (error instanceof ShopifyTrouble && error.kind === 'REFUSED') return false;
      throw error;
    }
  }

  /** Removes the app from the store, which ends every token of it there. */
  async revoke(domain: string, token: StoreToken, signal: AbortSignal): Promise<void> {
    const request = { method: 'DELETE', headers: withToken(token), signal } as const;
    const { status } = await this.call(domain, '/admin/api_permissions/current.json', request);
    // Whom it does not know, or knows no more, needs no revoking.
    if ((status >= 200 && status <= 299) || [401, 403, 404].includes(status)) return;
    throw troubleOf(status);
  }

  private async askForToken(domain: string, asked: Readonly<Record<string, string>>) {
    const { clientId, clientSecret } = this.app;
    const answer = await this.call(domain, '/admin/oauth/access_token', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ client_id: clientId, client_secret: clientSecret, ...asked }),
    });
    if (answer.status !== 200) throw troubleOf(answer.status);
    const said = tokenAnswer.safeParse(parsed(answer.body));
    if (!said.success) throw new ShopifyTrouble('ODD', 'Shopify gave no token.', said.error);
    const { access_token: access, refresh_token: refresh, expires_in: expiresIn, scope } = said.data;
    const token: StoreToken = { access, refresh: refresh ?? null, expiresIn: expiresIn ?? null };
    return { token, scopes: scope.split(',') };
  }

  private async call(domain: string, path: string, request: OutgoingRequest): Promise<OutgoingResponse> {
    const url = this.urlOf(domain, path);
    try {
      return await this.outgoing.request(url, { timeout: milliseconds, maxBytes: mostBytes, ...request });
    } catch (error) {
      if (!(error instanceof OutgoingError)) throw error;
      throw new ShopifyTrouble('UNREACHED', 'Shopify could not be reached.', error);
    }
  }
}

function withToken({ access }: StoreToken) {
  return { 'x-shopify-access-token': access, accept: 'application/json' };
}

/** Seconds to wait before it is worth asking again; null where it answered. */
function askedToWait({ status, headers, body }: OutgoingResponse): number | null {
  if (status === 429) return Number(headers['retry-after'] ?? '') || 1;
  return status === 200 ? waitAsked(parsed(body)) : null;
}

function dataOf({ status, body }: OutgoingResponse): unknown {
  if (status !== 200) throw troubleOf(status);
  const said = graphAnswer.safeParse(parsed(body));
  if (!said.success) throw new ShopifyTrouble('ODD', 'Shopify gave an answer that is none.', said.error);
  const codes = (said.data.errors ?? []).map(({ extensions }) => extensions?.code ?? '');
  if (codes.includes('ACCESS_DENIED')) throw new ShopifyTrouble('REFUSED', 'Shopify lets the app read no customers.');
  if (codes.length > 0)
    throw new ShopifyTrouble('ODD', `Shopify refused the operation: ${codes.join(' ').slice(0, 100)}`);
  return said.data.data;
}

function troubleOf(status: number): ShopifyTrouble {
  const words = `Shopify answered ${String(status)}.`;
  if (status === 429) return new ShopifyTrouble('BUSY', words);
  // 402 and 423: the store is frozen or locked, and comes back.
  if (status >= 400 && status <= 499 && status !== 402 && status !== 423) return new ShopifyTrouble('REFUSED', words);
  return new ShopifyTrouble('UNREACHED', words);
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    return null;
  }
}
