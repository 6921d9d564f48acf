import type { FastifyInstance } from 'fastify';
import type { Faults } from '../../faults.ts';
import { obj, str, strs, type Obj } from '../../json.ts';
import type { Ledger } from '../../ledger.ts';
import type { Billing } from '../billing.ts';
import { itemsOf } from '../books.ts';
import { paddleId } from '../ids.ts';
import { type Answer, type Dialect, merchantRoutes, refused } from '../merchant-routes.ts';
import type { Happening, Subscription } from '../model.ts';
import { webUrl } from '../web-url.ts';
import { paddleSubscription, paddleTime, paddleTransaction } from './wire.ts';

const CODES: Record<number, string> = {
  401: 'authentication_missing',
  403: 'invalid_token',
  404: 'not_found',
  429: 'too_many_requests',
  500: 'internal_error',
};

const dialect: Dialect = {
  merchant: 'paddle',
  contentType: 'application/json',
  error: (status, words) =>
    paddleError(status, CODES[status] ?? (status >= 500 ? 'service_unavailable' : 'bad_request'), words),
};

/** Paddle Billing under /paddle: what is sold by transactions, subscriptions, and links to the portal. */
export function paddleRoutes(
  server: FastifyInstance,
  parts: { ledger: Ledger; faults: Faults; billing: Billing },
): void {
  const { billing } = parts;
  const { books, life, links } = billing;
  const on = merchantRoutes(server, dialect, parts);
  const shown = (subscription: Subscription, happening?: Happening): Answer => ({
    ...answer(200, { ...paddleSubscription(books, subscription), management_urls: managementUrls(subscription) }),
    ...(happening && { after: () => void billing.announce(happening) }),
  });
  const managementUrls = ({ customerId, standing }: Subscription) => {
    const url = standing === 'ended' ? null : links.to('paddle', customerId);
    return { update_payment_method: url, cancel: url };
  };
  const withSubscription =
    (work: (subscription: Subscription, fields: Obj) => Answer) => (call: { id: string; fields: Obj }) => {
      const subscription = books.subscription('paddle', call.id);
      return subscription ? work(subscription, call.fields) : refused(dialect, 404, 'Entity sub not found.');
    };

  on('POST', '/transactions', ({ fields }) => {
    const items = itemsOf(fields['items'], 'price_id');
    if (!items) return wrong('items', 'Each item needs a price_id, and a quantity of 1 or more.');
    const customerId = str(fields['customer_id']) ?? null;
    if (customerId !== null && !books.customer('paddle', customerId))
      return wrong('customer_id', 'There is no such customer.');
    const returnUrl = webUrl(obj(fields['checkout'])?.['url']) ?? billing.paddleReturnUrl;
    const checkout = life.open({
      merchant: 'paddle',
      items,
      customData: obj(fields['custom_data']) ?? {},
      customerId,
      externalCustomerId: null,
      returnUrl,
      backUrl: returnUrl,
    });
    const url = checkoutUrl(billing, checkout.id);
    return answer(201, paddleTransaction(books, { checkout, subscription: null, invoice: null, url }));
  });
  on('GET', '/transactions/:id', ({ id }) => {
    const invoice = books.invoice(id) ?? null;
    const subscription = books.subscription('paddle', invoice?.subscriptionId) ?? null;
    const checkout = books.checkout('paddle', subscription?.checkoutId ?? id);
    if (!checkout) return refused(dialect, 404, 'Entity txn not found.');
    const url = checkoutUrl(billing, checkout.id);
    return answer(200, paddleTransaction(books, { checkout, subscription, invoice, url }));
  });
  on(
    'GET',
    '/subscriptions/:id',
    withSubscription((subscription) => shown(subscription)),
  );
  on(
    'PATCH',
    '/subscriptions/:id',
    withSubscription((subscription, fields) => {
      if (subscription.standing === 'ended') return ended();
      if ('scheduled_change' in fields && fields['scheduled_change'] === null)
        return subscription.endsAt === null ? shown(subscription) : shown(subscription, life.keep(subscription));
      if (subscription.endsAt !== null) return locked();
      if (fields['items'] === undefined) return shown(subscription);
      const items = itemsOf(fields['items'], 'price_id');
      if (!items) return wrong('items', 'Each item needs a price_id, and a quantity of 1 or more.');
      if (str(fields['proration_billing_mode']) === undefined)
        return wrong('proration_billing_mode', 'It is needed where items are changed.');
      return shown(subscription, life.change(subscription, items));
    }),
  );
  on(
    'POST',
    '/subscriptions/:id/cancel',
    withSubscription((subscription, fields) => {
      if (subscription.standing === 'ended') return ended();
      const from = str(fields['effective_from']) ?? 'next_billing_period';
      if (subscription.endsAt !== null) return locked();
      if (from === 'immediately') return shown(subscription, life.end(subscription));
      if (from !== 'next_billing_period') return wrong('effective_from', 'It is next_billing_period or immediately.');
      // One that is paused has no period to end with.
      if (subscription.standing === 'paused') return shown(subscription, life.end(subscription));
      return shown(subscription, life.cancel(subscription));
    }),
  );
  on('POST', '/customers/:id/portal-sessions', ({ id, fields }) => {
    if (!books.customer('paddle', id)) return refused(dialect, 404, 'Entity ctm not found.');
    const overview = links.to('paddle', id);
    const subscriptions = strs(fields['subscription_ids']).map((subscription) => ({
      id: subscription,
      cancel_subscription: overview,
      update_subscription_payment_method: overview,
    }));
    const urls = { general: { overview }, subscriptions };
    return answer(201, { id: paddleId('cpls'), customer_id: id, urls, created_at: paddleTime(new Date()) });
  });
}

/**
 * Where the buyer pays. Paddle itself answers with the address that it was given, on which its script opens the
 * checkout; the pretend one has no script, shows a page of its own, and comes back to that address.
 */
function checkoutUrl({ url }: Billing, id: string): string {
  return `${url}/paddle/checkout/${id}`;
}

function answer(status: number, data: Obj): Answer {
  return { status, body: { data, meta: { request_id: paddleId('req') } } };
}

function wrong(field: string, message: string): Answer {
  const body = paddleError(400, 'bad_request', 'Invalid request.');
  return { status: 400, body: { ...body, error: { ...obj(body['error']), errors: [{ field, message }] } } };
}

function ended(): Answer {
  return { status: 400, body: paddleError(400, 'subscription_update_when_canceled', 'This subscription is canceled.') };
}

function locked(): Answer {
  const words = 'This subscription has a scheduled change. Remove it first.';
  return { status: 400, body: paddleError(400, 'subscription_locked_pending_changes', words) };
}

function paddleError(status: number, code: string, detail: string): Obj {
  return {
    error: {
      type: status >= 500 ? 'api_error' : 'request_error',
      code,
      detail,
      documentation_url: `https://developer.paddle.com/errors/shared/${code}`,
    },
    meta: { request_id: paddleId('req') },
  };
}
