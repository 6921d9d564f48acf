import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendPage } from '../html.ts';
import type { Billing } from './billing.ts';
import { checkoutPage, paidPage } from './checkout-page.ts';
import { NotPossible } from './life.ts';
import { MERCHANTS, type Checkout, type Happening, type MerchantName, type Subscription } from './model.ts';
import { noPortalPage, portalPage, PORTAL_STEPS, type PortalStep } from './portal-page.ts';
import { merchantPage, notice } from './shell.ts';
import { webUrl } from './web-url.ts';

/** The pages on which a buyer pays, and later looks after what they pay for. */
export function billingPages(server: FastifyInstance, billing: Billing): void {
  for (const merchant of MERCHANTS) {
    checkoutRoutes(server, billing, merchant);
    portalRoutes(server, billing, merchant);
  }
}

function checkoutRoutes(server: FastifyInstance, billing: Billing, merchant: MerchantName): void {
  const { books, life } = billing;
  const at = (
    method: 'GET' | 'POST',
    work: (checkout: Checkout, request: FastifyRequest, reply: FastifyReply) => unknown,
  ) =>
    server.route({
      method,
      url: `/${merchant}/checkout/:id`,
      handler: (request, reply) => {
        const checkout = books.checkout(merchant, (request.params as Record<string, string>)['id']);
        if (checkout) return work(checkout, request, reply);
        const words = notice('There is no such checkout. Go back, and begin again.', 'alert');
        return sendPage(reply.code(404), merchantPage(merchant, 'Sorry', words));
      },
    });
  const show = (checkout: Checkout, reply: FastifyReply, refused: boolean) =>
    checkout.subscriptionId === null
      ? sendPage(reply, checkoutPage(books, checkout, refused), originOf(checkout.returnUrl))
      : sendPage(reply, paidPage(checkout));

  at('GET', (checkout, _, reply) => show(checkout, reply, false));
  at('POST', (checkout, request, reply) => {
    const form = formOf(request);
    if (checkout.subscriptionId !== null) return show(checkout, reply, false);
    if (form.get('card') === 'bad') return show(checkout, reply.code(402), true);
    const happening = life.pay(checkout, form.get('product') ?? undefined);
    // The buyer goes on at once: whether the events or the browser are there first is anybody's guess, as it is at merchants.
    void billing.announce(happening);
    const target = checkout.returnUrl?.replaceAll(/\{CHECKOUT_ID\}|%7BCHECKOUT_ID%7D/g, checkout.id);
    return target === undefined
      ? sendPage(reply, paidPage(checkout))
      : reply.code(303).header('location', target).send();
  });
}

function portalRoutes(server: FastifyInstance, billing: Billing, merchant: MerchantName): void {
  const { books, links } = billing;
  const at = (
    method: 'GET' | 'POST',
    work: (customer: string, request: FastifyRequest, reply: FastifyReply) => unknown,
  ) =>
    server.route({
      method,
      url: `/${merchant}/portal`,
      handler: (request, reply) => {
        const customer = links.customerOf(merchant, queryOf(request));
        return customer === undefined
          ? sendPage(reply.code(403), noPortalPage(merchant))
          : work(customer, request, reply);
      },
    });
  const show = (customer: string, request: FastifyRequest, reply: FastifyReply) => {
    const own = [...books.subscriptions.values()].filter(({ customerId }) => customerId === customer);
    const done = DONE[queryOf(request).get('done') as PortalStep] ?? '';
    const returnUrl = webUrl(queryOf(request).get('return'));
    return sendPage(reply, portalPage(books, merchant, own.toReversed(), { done, returnUrl }));
  };

  at('GET', show);
  at('POST', (customer, request, reply) => {
    const form = formOf(request);
    const subscription = books.subscription(merchant, form.get('subscription') ?? undefined);
    const step = PORTAL_STEPS.find((one) => one === form.get('step'));
    if (subscription?.customerId !== customer || step === undefined) return show(customer, request, reply.code(400));
    const done = take(billing, subscription, step) ? step : '';
    // By another address than it was sent to: to load the page again does nothing again.
    const query = queryOf(request);
    query.set('done', done);
    return reply.code(303).header('location', `/${merchant}/portal?${query.toString()}`).send();
  });
}

/** Does it, and tells of it; false where it was done already, from another window. */
function take(billing: Billing, subscription: Subscription, step: PortalStep): boolean {
  try {
    void billing.announce(...STEPS[step](billing, subscription));
    return true;
  } catch (error) {
    if (error instanceof NotPossible) return false;
    throw error;
  }
}

const STEPS: Record<PortalStep, (billing: Billing, subscription: Subscription) => Happening[]> = {
  cancel: ({ life }, subscription) => [life.cancel(subscription)],
  keep: ({ life }, subscription) => [life.keep(subscription)],
  resume: ({ life }, subscription) => [life.resume(subscription)],
  pay: ({ life }, subscription) => [life.recover(subscription)],
  card: ({ life }, subscription) => life.changeCard(subscription),
};

const DONE: Partial<Record<string, string>> = {
  cancel: 'It will end with its period.',
  keep: 'It goes on.',
  resume: 'It goes on.',
  pay: 'Thank you, it is paid.',
  card: 'The other card pays from now on.',
} satisfies Record<PortalStep, string>;

function formOf(request: FastifyRequest): URLSearchParams {
  return new URLSearchParams(Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '');
}

function queryOf(request: FastifyRequest): URLSearchParams {
  return new URL(request.url, 'http://sandbox').searchParams;
}

function originOf(url: string | null): string {
  return url === null ? '' : new URL(url).origin;
}
