import type { Billing } from '../billing/billing.ts';
import { BILLING_KEY, LEMON_SQUEEZY_STORE } from '../billing/credentials.ts';
import type { LoggedEvent, Sending, SendingOrder } from '../billing/courier.ts';
import { NotPossible } from '../billing/life.ts';
import { MERCHANTS, type Checkout, type Happening, type MerchantName, type Subscription } from '../billing/model.ts';
import { BILLING_SIGNINGS, type BillingSigning } from '../billing/signing.ts';
import { webUrl } from '../billing/web-url.ts';
import { num, obj, str, strs, type Obj } from '../json.ts';
import type { LedgerEntry } from '../ledger.ts';
import { BadRequest, NotFound } from './errors.ts';

const ORDERS = ['given', 'reversed', 'shuffled'];
const SHOWN_EVENTS = 200;

/** What the pretend merchants know, and where they are. */
export function billingState({ books, courier, url }: Billing): Obj {
  return {
    key: BILLING_KEY,
    storeId: LEMON_SQUEEZY_STORE,
    urls: { paddle: `${url}/paddle`, lemonsqueezy: `${url}/lemonsqueezy`, polar: `${url}/polar` },
    holding: courier.holding,
    checkouts: [...books.checkouts.values()],
    subscriptions: [...books.subscriptions.values()].map((subscription) => ({
      ...subscription,
      invoices: books.invoicesOf(subscription.id),
    })),
    events: courier.events().slice(-SHOWN_EVENTS).map(described),
    signings: BILLING_SIGNINGS,
    steps: Object.keys(STEPS),
  };
}

/** Says what a price costs, how it is called, and how long it may be tried. */
export function setPrice({ books }: Billing, input: Obj): Obj {
  const price = str(input['price']);
  if (price === undefined) throw new BadRequest('"price" is needed: the id of a price, a variant or a product.');
  const amount = num(input['amount'] ?? 0);
  if (amount === undefined || !Number.isInteger(amount) || amount < 0)
    throw new BadRequest('"amount" must be a number of cents.');
  return { ...books.setPrice(price, input) };
}

/** Pays an open checkout, as its page would. */
export async function payCheckout(billing: Billing, input: Obj): Promise<Obj> {
  const id = str(input['id']) ?? webUrl(input['url'])?.split('/checkout/')[1]?.split('?')[0] ?? '';
  const checkout = billing.books.checkouts.get(id);
  if (!checkout) throw new NotFound('There is no such checkout. Give its "id", or its "url".');
  return happen(billing, [possible(() => billing.life.pay(checkout, str(input['product'])))]);
}

/** A subscription that no checkout of the business asked for, with whatever custom data. */
export async function addSubscription(billing: Billing, input: Obj): Promise<Obj> {
  const merchant = merchantOf(input['merchant']);
  const prices = strs(input['prices']);
  if (prices.length === 0) throw new BadRequest('"prices" must name what is paid for, at least one.');
  const asked: Omit<Checkout, 'id' | 'createdAt' | 'subscriptionId'> = {
    merchant,
    items: prices.map((price) => ({ price, quantity: 1 })),
    customData: obj(input['customData']) ?? {},
    customerId: str(input['customerId']) ?? null,
    externalCustomerId: str(input['externalCustomerId']) ?? null,
    returnUrl: null,
    backUrl: null,
  };
  return happen(billing, [billing.life.pay(billing.life.open(asked))]);
}

/** Something happens to a subscription. */
export async function stepOf(billing: Billing, params: Record<string, string>, input: Obj): Promise<Obj> {
  const subscription = billing.books.subscriptions.get(params['id'] ?? '');
  if (!subscription) throw new NotFound('There is no such subscription.');
  const step = STEPS[params['step'] ?? ''];
  if (!step) throw new BadRequest(`A subscription can ${Object.keys(STEPS).join(', ')}.`);
  return happen(
    billing,
    possible(() => step(billing, subscription, input)),
  );
}

type Step = (billing: Billing, subscription: Subscription, input: Obj) => Happening[];

const STEPS: Record<string, Step> = {
  renew: ({ life }, subscription) => [life.renew(subscription)],
  fail: ({ life }, subscription) => [life.fail(subscription)],
  recover: ({ life }, subscription) => [life.recover(subscription)],
  pause: ({ life }, subscription) => [life.pause(subscription)],
  resume: ({ life }, subscription) => [life.resume(subscription)],
  cancel: ({ life }, subscription) => [life.cancel(subscription)],
  keep: ({ life }, subscription) => [life.keep(subscription)],
  end: ({ life }, subscription) => [life.end(subscription)],
  refund: ({ life }, subscription) => [life.refund(subscription)],
  card: ({ life }, subscription) => life.changeCard(subscription),
  change: ({ life }, subscription, input) => {
    const prices = strs(input['prices']);
    if (prices.length === 0) throw new BadRequest('"prices" must name what is paid for, at least one.');
    return [
      life.change(
        subscription,
        prices.map((price) => ({ price, quantity: 1 })),
      ),
    ];
  },
  move: ({ life }, subscription, input) => {
    const to = new Date(str(input['periodEnd']) ?? '');
    if (Number.isNaN(to.getTime())) throw new BadRequest('"periodEnd" must be a date, such as 2026-12-01T00:00:00Z.');
    return [life.move(subscription, to)];
  },
};

/** From now on so many events are written down and not sent: the merchant forgets them, or is late. */
export function holdEvents({ courier }: Billing, input: Obj): Obj {
  const count = input['count'] === null ? null : num(input['count']);
  if (count === undefined || (count !== null && (count < 0 || !Number.isInteger(count))))
    throw new BadRequest('"count" must be how many events are not sent; null for all, 0 for none.');
  courier.holding = count;
  return { holding: count };
}

/** The events of a subscription, or the newest of all. */
export function billingEvents({ courier }: Billing, input: Obj): Obj {
  return { events: courier.events(str(input['subscription'])).map(described) };
}

/** Sends events again: those named, those of a subscription, those that were held back, or the last of them. */
export async function sendEvents({ courier }: Billing, input: Obj): Promise<Obj> {
  const named = strs(input['events']).map((id) => {
    const event = courier.find(id);
    if (!event) throw new NotFound(`There is no event ${id}.`);
    return event;
  });
  const all = named.length > 0 ? named : courier.events(str(input['subscription']));
  const chosen = input['unsent'] === true ? all.filter(({ sent }) => sent === 0) : all;
  const last = num(input['last']);
  return sent(await courier.again(last === undefined ? chosen : chosen.slice(-last), sendingOf(input)));
}

function sendingOf(input: Obj): Sending {
  const order = str(input['order']) ?? 'given';
  const sign = str(input['sign']) ?? 'right';
  if (!ORDERS.includes(order)) throw new BadRequest(`"order" must be one of ${ORDERS.join(', ')}.`);
  if (!BILLING_SIGNINGS.includes(sign as BillingSigning))
    throw new BadRequest(`"sign" must be one of ${BILLING_SIGNINGS.join(', ')}.`);
  const between = (name: string, most: number) => Math.min(Math.max(num(input[name]) ?? 1, 1), most);
  return {
    order: order as SendingOrder,
    sign: sign as BillingSigning,
    seed: num(input['seed']) ?? 1,
    times: between('times', 100),
    parallel: between('parallel', 64),
  };
}

async function happen(billing: Billing, happenings: Happening[]): Promise<Obj> {
  const entries = await billing.announce(...happenings);
  return { subscription: happenings.at(-1)?.subscription, ...sent(entries) };
}

function sent(entries: LedgerEntry[]): Obj {
  const answers = entries.map(({ ids, event, attempts }) => ({ ids, event, ...(attempts as Obj[])[0] }));
  return { sent: answers.length, acknowledged: entries.filter((entry) => entry['acknowledged']).length, answers };
}

function described({ event, sent: times }: LoggedEvent): Obj {
  const { body, ...rest } = event;
  return { ...rest, sent: times, body: JSON.parse(body) as Obj };
}

function possible<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof NotPossible) throw new BadRequest(error.message);
    throw error;
  }
}

function merchantOf(value: unknown): MerchantName {
  const name = MERCHANTS.find((one) => one === value);
  if (name === undefined) throw new BadRequest(`"merchant" must be one of ${MERCHANTS.join(', ')}.`);
  return name;
}
