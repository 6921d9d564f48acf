import type { FastifyInstance } from 'fastify';
import type { Faults } from '../faults.ts';
import type { Platform } from '../graph/call.ts';
import type { LedgerEntry } from '../ledger.ts';
import { Books } from './books.ts';
import { Courier } from './courier.ts';
import { DEFAULT_BILLING_SECRET } from './credentials.ts';
import { lemonSqueezyEvents } from './lemon-squeezy/events.ts';
import { lemonSqueezyRoutes } from './lemon-squeezy/routes.ts';
import { Life } from './life.ts';
import type { BillingEvent, Happening, MerchantName } from './model.ts';
import { billingPages } from './page-routes.ts';
import { paddleEvents } from './paddle/events.ts';
import { paddleRoutes } from './paddle/routes.ts';
import { polarEvents } from './polar/events.ts';
import { polarRoutes } from './polar/routes.ts';
import { PortalLinks } from './portal-links.ts';

/** The pretend merchants of record: what they know, what happens there, and who is told. */
export class Billing {
  readonly books = new Books();
  readonly life = new Life(this.books);
  readonly links: PortalLinks;
  readonly courier: Courier;
  private readonly platform: Platform;

  constructor(platform: Platform, secret = DEFAULT_BILLING_SECRET) {
    this.platform = platform;
    this.links = new PortalLinks(() => platform.world.url);
    this.courier = new Courier(platform.world, platform.webhooks, secret);
  }

  get url(): string {
    return this.platform.world.url;
  }

  /** Where buyers at Paddle go on: the seller names it there, once, and not with each checkout. */
  get paddleReturnUrl(): string {
    return new URL('/settings/billing', this.platform.world.settings.webhookUrl).href;
  }

  /** Forgets everything. */
  clear(): void {
    this.books.clear();
    this.courier.clear();
  }

  /** Tells the business's server what has happened, in the merchant's own events. */
  async announce(...happenings: Happening[]): Promise<LedgerEntry[]> {
    // Written down before the first is sent: what happens meanwhile is none of these events.
    const events = happenings.flatMap((one) => EVENTS[one.subscription.merchant](this, one));
    this.platform.world.notify({ type: 'state' });
    return this.courier.announce(events);
  }
}

const EVENTS: Record<MerchantName, (billing: Billing, happening: Happening) => BillingEvent[]> = {
  paddle: ({ books }, happening) => paddleEvents(books, happening),
  lemonsqueezy: ({ books, links }, happening) => lemonSqueezyEvents(books, links, happening),
  polar: ({ books }, happening) => polarEvents(books, happening),
};

/** The APIs and pages of the pretend merchants under /paddle, /lemonsqueezy and /polar. */
export function billingRoutes(server: FastifyInstance, parts: Platform & { faults: Faults; billing: Billing }): void {
  paddleRoutes(server, parts);
  lemonSqueezyRoutes(server, parts);
  polarRoutes(server, parts);
  billingPages(server, parts.billing);
}
