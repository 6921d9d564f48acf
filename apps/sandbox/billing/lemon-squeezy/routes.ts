import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Faults } from '../../faults.ts';
import { obj, str, type Obj } from '../../json.ts';
import type { Ledger } from '../../ledger.ts';
import type { Billing } from '../billing.ts';
import { LEMON_SQUEEZY_STORE } from '../credentials.ts';
import { asTexts } from '../life.ts';
import { type Answer, type Dialect, merchantRoutes, refused } from '../merchant-routes.ts';
import type { Happening, Subscription } from '../model.ts';
import { webUrl } from '../web-url.ts';
import { checkoutId, lemonSqueezyCheckout, lemonSqueezySubscription } from './wire.ts';

const TITLES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
};
const JSON_API = 'application/vnd.api+json';

const dialect: Dialect = {
  merchant: 'lemonsqueezy',
  contentType: JSON_API,
  error: (status, detail) => ({
    jsonapi: { version: '1.0' },
    errors: [{ detail, status: String(status), title: TITLES[status] ?? 'Server Error' }],
  }),
};

/** Lemon Squeezy under /lemonsqueezy/v1, in JSON:API. */
export function lemonSqueezyRoutes(
  server: FastifyInstance,
  parts: { ledger: Ledger; faults: Faults; billing: Billing },
): void {
  const { billing } = parts;
  const { books, life, links } = billing;
  const on = merchantRoutes(server, dialect, parts);
  const shown = (subscription: Subscription, happening?: Happening): Answer => ({
    ...answer(200, lemonSqueezySubscription(books, links, subscription)),
    ...(happening && { after: () => void billing.announce(happening) }),
  });
  const withSubscription =
    (work: (subscription: Subscription, attributes: Obj, request: FastifyRequest) => Answer) =>
    (call: { id: string; fields: Obj; request: FastifyRequest }) => {
      const subscription = books.subscription('lemonsqueezy', call.id);
      const attributes = obj(obj(call.fields['data'])?.['attributes']) ?? {};
      return subscription
        ? work(subscription, attributes, call.request)
        : refused(dialect, 404, 'The resource does not exist.');
    };

  on('POST', '/v1/checkouts', ({ fields, request }) => {
    if (!isJsonApi(request)) return refused(dialect, 415, `The content type has to be ${JSON_API}.`);
    const data = obj(fields['data']) ?? {};
    const related = (name: string) => str(obj(obj(obj(data['relationships'])?.[name])?.['data'])?.['id']);
    const attributes = obj(data['attributes']) ?? {};
    const variant = related('variant');
    if (data['type'] !== 'checkouts') return refused(dialect, 422, 'The type of the data has to be checkouts.');
    if (related('store') !== LEMON_SQUEEZY_STORE) return refused(dialect, 422, 'The related store does not exist.');
    if (variant === undefined) return refused(dialect, 422, 'A variant has to be named.');
    const returnUrl = webUrl(obj(attributes['product_options'])?.['redirect_url']);
    const asked = {
      merchant: 'lemonsqueezy' as const,
      items: [{ price: variant, quantity: 1 }],
      customData: asTexts(obj(obj(attributes['checkout_data'])?.['custom']) ?? {}),
      customerId: null,
      externalCustomerId: null,
      returnUrl,
      backUrl: returnUrl,
    };
    const checkout = life.open(asked, checkoutId());
    return answer(201, lemonSqueezyCheckout(checkout, `${billing.url}/lemonsqueezy/checkout/${checkout.id}`));
  });
  on(
    'GET',
    '/v1/subscriptions/:id',
    withSubscription((subscription) => shown(subscription)),
  );
  on(
    'PATCH',
    '/v1/subscriptions/:id',
    withSubscription((subscription, attributes, request) => {
      if (!isJsonApi(request)) return refused(dialect, 415, `The content type has to be ${JSON_API}.`);
      if (subscription.standing === 'ended') return refused(dialect, 422, 'An expired subscription cannot be updated.');
      const wish = wishOf(attributes);
      if (wish === 'cancel')
        return shown(subscription, subscription.endsAt === null ? life.cancel(subscription) : undefined);
      if (wish === 'keep')
        return shown(subscription, subscription.endsAt === null ? undefined : life.keep(subscription));
      if (wish === 'pause' && subscription.standing !== 'paused') return shown(subscription, life.pause(subscription));
      if (wish === 'resume' && subscription.standing === 'paused')
        return shown(subscription, life.resume(subscription));
      const variant = str(attributes['variant_id']);
      if (variant === undefined) return shown(subscription);
      if (subscription.endsAt !== null) return refused(dialect, 422, 'A cancelled subscription cannot be changed.');
      return shown(subscription, life.change(subscription, [{ price: variant, quantity: 1 }]));
    }),
  );
  // There is no way to end one at once: it is cancelled, and ends with its period.
  on(
    'DELETE',
    '/v1/subscriptions/:id',
    withSubscription((subscription) =>
      subscription.standing === 'ended' || subscription.endsAt !== null
        ? shown(subscription)
        : shown(subscription, life.cancel(subscription)),
    ),
  );
}

function wishOf(attributes: Obj): 'cancel' | 'keep' | 'pause' | 'resume' | undefined {
  if (typeof attributes['cancelled'] === 'boolean') return attributes['cancelled'] ? 'cancel' : 'keep';
  if (!('pause' in attributes)) return undefined;
  return attributes['pause'] === null ? 'resume' : 'pause';
}

function isJsonApi(request: FastifyRequest): boolean {
  return (request.headers['content-type'] ?? '').startsWith(JSON_API);
}

function answer(status: number, data: Obj): Answer {
  return { status, body: { jsonapi: { version: '1.0' }, data } };
}
