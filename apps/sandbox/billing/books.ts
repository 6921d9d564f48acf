import { num, obj, str, type Obj } from '../json.ts';
import { CATALOGUE } from './catalogue.ts';
import type { Checkout, Customer, Invoice, Item, MerchantName, Subscription } from './model.ts';

/** What a price costs unless the control API has said otherwise, in cents. */
const DEFAULT_CENTS = 2_900;
const DEFAULT_CURRENCY = 'USD';
const INVOICE_LIMIT = 5_000;

/** What is sold under a price. */
export interface Price {
  id: string;
  name: string;
  amount: number;
  currency: string;
  trialDays: number;
}

/** Everything that the pretend merchants know. */
export class Books {
  readonly checkouts = new Map<string, Checkout>();
  readonly subscriptions = new Map<string, Subscription>();
  readonly customers = new Map<string, Customer>();
  private invoices: Invoice[] = [];
  private readonly prices = new Map<string, Price>();
  private lastMoment = 0;
  private lastNumber = 1_000;

  /** Forgets everything; numbers go on. */
  clear(): void {
    for (const store of [this.checkouts, this.subscriptions, this.customers, this.prices]) store.clear();
    this.invoices = [];
  }

  /** Now, and never the same moment twice: what happened later says so. */
  now(): Date {
    this.lastMoment = Math.max(Date.now(), this.lastMoment + 1);
    return new Date(this.lastMoment);
  }

  /** The next of the numbers that invoices and Lemon Squeezy's ids are counted with. */
  nextNumber(): number {
    this.lastNumber += 1;
    return this.lastNumber;
  }

  checkout(merchant: MerchantName, id: string | undefined): Checkout | undefined {
    return of(merchant, this.checkouts.get(id ?? ''));
  }

  subscription(merchant: MerchantName, id: string | undefined): Subscription | undefined {
    return of(merchant, this.subscriptions.get(id ?? ''));
  }

  customer(merchant: MerchantName, id: string | undefined): Customer | undefined {
    return of(merchant, this.customers.get(id ?? ''));
  }

  /** The customer whom a seller knows by an id of its own. */
  customerByExternalId(merchant: MerchantName, externalId: string): Customer | undefined {
    return [...this.customers.values()].find((one) => one.merchant === merchant && one.externalId === externalId);
  }

  /** Any id is a price; this is what it costs. */
  price(id: string): Price {
    return (
      this.prices.get(id) ??
      CATALOGUE.get(id) ?? { id, name: id, amount: DEFAULT_CENTS, currency: DEFAULT_CURRENCY, trialDays: 0 }
    );
  }

  /** Says what a price costs, how it is called, and how long it may be tried. */
  setPrice(id: string, input: Obj): Price {
    const known = this.price(id);
    const price = {
      id,
      name: str(input['name']) ?? known.name,
      amount: num(input['amount']) ?? known.amount,
      currency: str(input['currency'])?.toUpperCase() ?? known.currency,
      trialDays: num(input['trialDays']) ?? known.trialDays,
    };
    this.prices.set(id, price);
    return price;
  }

  /** What these items cost for one period. */
  total(items: readonly Item[]): { amount: number; currency: string } {
    const amount = items.reduce((sum, { price, quantity }) => sum + this.price(price).amount * quantity, 0);
    return { amount, currency: this.price(items[0]?.price ?? '').currency };
  }

  addInvoice(invoice: Invoice): Invoice {
    this.invoices.push(invoice);
    if (this.invoices.length > INVOICE_LIMIT) this.invoices = this.invoices.slice(-INVOICE_LIMIT / 2);
    return invoice;
  }

  /** The invoices of a subscription, oldest first. */
  invoicesOf(subscriptionId: string): Invoice[] {
    return this.invoices.filter((invoice) => invoice.subscriptionId === subscriptionId);
  }

  /** The invoice with this id, which at Paddle is a transaction. */
  invoice(id: string): Invoice | undefined {
    return this.invoices.find((invoice) => invoice.id === id);
  }
}

/** The items of a request: each with a price under this name, and at least one of it. Undefined where that is wrong. */
export function itemsOf(given: unknown, named: string): Item[] | undefined {
  if (!Array.isArray(given) || given.length === 0) return undefined;
  const items = given.map((one) => {
    const price = str(obj(one)?.[named]);
    const quantity = num(obj(one)?.['quantity'] ?? 1) ?? 0;
    return price !== undefined && price !== '' && Number.isInteger(quantity) && quantity > 0
      ? { price, quantity }
      : null;
  });
  return items.every((item) => item !== null) ? items : undefined;
}

function of<T extends { merchant: MerchantName }>(merchant: MerchantName, found: T | undefined): T | undefined {
  return found?.merchant === merchant ? found : undefined;
}
