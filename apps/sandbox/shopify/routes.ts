import { createHmac, randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Faults } from '../faults.ts';
import type { Platform } from '../graph/call.ts';
import { sendPage } from '../html.ts';
import { readBody, strikeAfter, strikeBefore } from '../http.ts';
import { obj, str } from '../json.ts';
import { answerAdmin } from './admin.ts';
import { consentPage, storePage, wordPage } from './pages.ts';
import { type Store, Stores, TOKEN_SECONDS } from './stores.ts';

/** The one app that the pretend Shopify knows; its secret is that of the pretend Meta app. */
const CLIENT_ID = 'sandbox-shopify-app';
const SCOPES = ['read_customers', 'read_orders'];

/** Shopify's stores under /shopify/<store>.myshopify.com: consent, tokens, the Admin API, and a page to remove the app. */
export function shopifyRoutes(
  server: FastifyInstance,
  { world, ledger, webhooks, faults }: Platform & { faults: Faults },
): void {
  const stores = new Stores();
  const storeOf = (request: FastifyRequest) => stores.of((request.params as Record<string, string>)['shop'] ?? '');
  /** An operation of a program: a fault may strike, and what it came to is written down without a secret. */
  const call = (
    method: 'POST' | 'DELETE',
    path: string,
    work: (store: Store, request: FastifyRequest) => Promise<{ status: number; body: unknown }>,
  ) =>
    server.route({
      method,
      url: `/shopify/:shop${path}`,
      handler: async (request, reply) => {
        const fault = faults.take(method, request.url, undefined);
        if (await strikeBefore(fault, reply, () => undefined)) return reply;
        const { status, body } = await work(storeOf(request), request);
        ledger.record('shopify', { method, path: request.url, status });
        return strikeAfter(fault, reply) ? reply : reply.code(status).send(body);
      },
    });
  const opens = (store: Store, request: FastifyRequest) =>
    stores.opens(str(request.headers['x-shopify-access-token']), store.domain);
  const refused = { status: 401, body: { errors: '[API] Invalid API key or access token' } };

  /** Takes the app out of a store, and says so. */
  const remove = (store: Store) => {
    const uri = store.uninstalledUri;
    stores.remove(store.domain);
    if (uri === undefined) return;
    const body = JSON.stringify({
      id: 954001,
      name: store.domain,
      domain: store.domain,
      myshopify_domain: store.domain,
    });
    void webhooks.deliver({
      body,
      url: uri,
      sign: false,
      facts: { topic: 'app/uninstalled' },
      headers: {
        'x-shopify-topic': 'app/uninstalled',
        'x-shopify-shop-domain': store.domain,
        'x-shopify-webhook-id': randomBytes(16).toString('hex'),
        'x-shopify-hmac-sha256': createHmac('sha256', world.app.secret).update(body).digest('base64'),
      },
    });
  };

  server.get('/shopify/:shop/admin/oauth/authorize', (request, reply) => {
    const asked = askedOf(request);
    if (asked === null) return sendPage(reply.code(400), wordPage('The app asked wrongly.'));
    return sendPage(reply, consentPage(storeOf(request).domain, asked.scopes), asked.redirect.origin);
  });
  server.post('/shopify/:shop/admin/oauth/authorize', (request, reply) => {
    const asked = askedOf(request);
    const form = new URLSearchParams(Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '');
    if (asked === null) return sendPage(reply.code(400), wordPage('The app asked wrongly.'));
    if (form.get('decision') !== 'install') return sendPage(reply, wordPage('Nothing was installed. Go back.'));
    const { domain } = storeOf(request);
    const query = new URLSearchParams({
      code: stores.code(domain),
      host: Buffer.from(`admin.shopify.com/store/${domain}`).toString('base64url'),
      shop: domain,
      state: asked.state,
      timestamp: String(Math.floor(Date.now() / 1000)),
    });
    query.sort();
    const signed = [...query].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
    query.set('hmac', createHmac('sha256', world.app.secret).update(signed.join('&')).digest('hex'));
    return reply.code(302).header('location', `${asked.redirect.href}?${query.toString()}`).send();
  });

  call('POST', '/admin/oauth/access_token', async ({ domain }, request) => {
    const { fields } = await readBody(request);
    const wrong = { status: 400, body: { error: 'invalid_request' } };
    if (str(fields['client_id']) !== CLIENT_ID || str(fields['client_secret']) !== world.app.secret) return wrong;
    const renews = str(fields['grant_type']) === 'refresh_token';
    const taken = renews
      ? stores.takeRefresh(str(fields['refresh_token']) ?? '', domain)
      : stores.takeCode(str(fields['code']) ?? '', domain);
    if (!taken) return wrong;
    const { access, refresh } = stores.tokensFor(domain);
    const ends = renews || str(fields['expiring']) === '1';
    const lives = { expires_in: TOKEN_SECONDS, refresh_token: refresh, refresh_token_expires_in: 7_776_000 };
    return { status: 200, body: { access_token: access, scope: SCOPES.join(','), ...(ends && lives) } };
  });
  call('POST', '/admin/api/:version/graphql.json', async (store, request) => {
    if (!opens(store, request)) return refused;
    const { fields } = await readBody(request);
    const asked = { query: str(fields['query']) ?? '', variables: obj(fields['variables']) ?? {} };
    return { status: 200, body: await answerAdmin(world, store, asked) };
  });
  call('DELETE', '/admin/api_permissions/current.json', (store, request) => {
    if (!opens(store, request)) return Promise.resolve(refused);
    remove(store);
    return Promise.resolve({ status: 200, body: {} });
  });

  server.get('/shopify/:shop/admin', (request, reply) => {
    const { domain, installed } = storeOf(request);
    return sendPage(reply, storePage(domain, installed));
  });
  server.post('/shopify/:shop/admin', (request, reply) => {
    const store = storeOf(request);
    remove(store);
    return sendPage(reply, storePage(store.domain, store.installed));
  });
}

interface Asked {
  redirect: URL;
  state: string;
  scopes: string[];
}

/** What the app sent a person with; null where that is wrong. */
function askedOf(request: FastifyRequest): Asked | null {
  const query = request.query as Record<string, unknown>;
  const redirect = URL.parse(str(query['redirect_uri']) ?? '');
  const scopes = (str(query['scope']) ?? '').split(',');
  if (redirect === null || query['client_id'] !== CLIENT_ID) return null;
  return { redirect, state: str(query['state']) ?? '', scopes };
}
