import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Faults } from '../../faults.ts';
import { obj, str, strs, type Obj } from '../../json.ts';
import type { Ledger } from '../../ledger.ts';
import type { Billing } from '../billing.ts';
import { polarId } from '../ids.ts';
import { type Answer, type Dialect, merchantRoutes, refused } from '../merchant-routes.ts';
import type { Happening, Subscription } from '../model.ts';
import { webUrl } from '../web-url.ts';
import { polarCheckout, polarCustomer, polarSubscription, polarTime } from './wire.ts';

const NAMES: Record<number, string> = {
  401: 'invalid_token',
  403: 'NotPermitted',
  404: 'ResourceNotFound',
  429: 'RateLimitExceeded',
};
const HOUR_MS = 3_600_000;

const dialect: Dialect = {
  merchant: 'polar',
  contentType: 'application/json',
  error: (status, detail) => ({ error: NAMES[status] ?? 'PolarError', detail }),
};

/** Polar under /polar/v1. */
export function polarRoutes(
  server: FastifyInstance,
  parts: { ledger: Ledger; faults: Faults; billing: Billing },
): void {
  const { billing } = parts;
  const { books, life, links } = billing;
  const on = merchantRoutes(server, dialect, parts);
  const checkoutUrl = (id: string) => `${billing.url}/polar/checkout/${id}`;
  const shown = (subscription: Subscription, happening?: Happening): Answer => ({
    status: 200,
    body: polarSubscription(books, subscription),
    ...(happening && { after: () => void billing.announce(happening) }),
  });
  const withSubscription =
    (work: (subscription: Subscription, fields: Obj) => Answer) => (call: { id: string; fields: Obj }) => {
      const subscription = books.subscription('polar', call.id);
      return subscription ? work(subscription, call.fields) : refused(dialect, 404, 'Not found');
    };

  on('POST', '/v1/checkouts/', ({ fields }) => {
    const products = strs(fields['products']);
    if (products.length === 0) return wrong('products', 'At least one product is needed.', fields['products']);
    const customData = obj(fields['metadata']) ?? {};
    if (!isMetadata(customData)) return wrong('metadata', 'At most 50 pairs: keys of 40, values of 500.', customData);
    const customerId = str(fields['customer_id']) ?? null;
    if (customerId !== null && !books.customer('polar', customerId))
      return wrong('customer_id', 'Customer does not exist.', customerId);
    const checkout = life.open({
      merchant: 'polar',
      items: products.map((price) => ({ price, quantity: 1 })),
      customData,
      customerId,
      externalCustomerId: str(fields['external_customer_id']) ?? null,
      returnUrl: webUrl(fields['success_url']),
      backUrl: webUrl(fields['return_url']),
    });
    return { status: 201, body: polarCheckout(books, checkout, checkoutUrl(checkout.id)) };
  });
  on('GET', '/v1/checkouts/:id', ({ id }) => {
    const checkout = books.checkout('polar', id);
    if (!checkout) return refused(dialect, 404, 'Not found');
    return { status: 200, body: polarCheckout(books, checkout, checkoutUrl(id)) };
  });
  on(
    'GET',
    '/v1/subscriptions/:id',
    withSubscription((subscription) => shown(subscription)),
  );
  on(
    'PATCH',
    '/v1/subscriptions/:id',
    withSubscription((subscription, fields) => {
      if (subscription.standing === 'ended') return over();
      if (fields['revoke'] === true) return shown(subscription, life.end(subscription));
      if (fields['resume'] === true)
        return subscription.standing === 'paused'
          ? shown(subscription, life.resume(subscription))
          : notSo('It is not paused.');
      const cancels = fields['cancel_at_period_end'];
      if (cancels === true)
        return subscription.endsAt === null ? shown(subscription, life.cancel(subscription)) : over();
      if (cancels === false)
        return subscription.endsAt === null
          ? notSo('This subscription is not scheduled to be canceled.')
          : shown(subscription, life.keep(subscription));
      const product = str(fields['product_id']);
      if (product === undefined) return shown(subscription);
      if (subscription.endsAt !== null) return over();
      return shown(subscription, life.change(subscription, [{ price: product, quantity: 1 }]));
    }),
  );
  // Polar ends it at once here; the end of the period is a PATCH.
  on(
    'DELETE',
    '/v1/subscriptions/:id',
    withSubscription((subscription) =>
      subscription.standing === 'ended' ? over() : shown(subscription, life.end(subscription)),
    ),
  );
  on('POST', '/v1/customer-sessions/', ({ fields }) => {
    const external = str(fields['external_customer_id']);
    const customer =
      external === undefined
        ? books.customer('polar', str(fields['customer_id']))
        : books.customerByExternalId('polar', external);
    if (!customer) return wrong('customer_id', 'Customer does not exist.', fields['customer_id'] ?? external);
    const returnUrl = webUrl(fields['return_url']);
    const now = new Date();
    const session = {
      created_at: polarTime(now),
      modified_at: null,
      id: polarId(),
      token: `polar_cst_${randomBytes(20).toString('hex')}`,
      expires_at: polarTime(new Date(now.getTime() + HOUR_MS)),
      return_url: returnUrl,
      customer_portal_url: links.to('polar', customer.id, returnUrl),
      customer_id: customer.id,
      customer: polarCustomer(customer),
    };
    return { status: 201, body: session };
  });
}

function isMetadata(data: Obj): boolean {
  const pairs = Object.entries(data);
  return pairs.length <= 50 && pairs.every(([key, value]) => key.length <= 40 && (str(value) ?? '').length <= 500);
}

function wrong(field: string, msg: string, input: unknown): Answer {
  const detail = [{ type: 'value_error', loc: ['body', field], msg, input }];
  return { status: 422, body: { error: 'RequestValidationError', detail } };
}

function over(): Answer {
  const detail = 'This subscription is already canceled or will be at the end of the period.';
  return { status: 403, body: { error: 'AlreadyCanceledSubscription', detail } };
}

function notSo(detail: string): Answer {
  return { status: 409, body: { error: 'SubscriptionNotScheduledToCancel', detail } };
}
