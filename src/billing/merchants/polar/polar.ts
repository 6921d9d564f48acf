import type { MerchantSettings } from '../../../platform/config/index.js';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { OutgoingClient } from '../../../platform/http/index.js';
import { endOnce, endsAsAsked, orNull } from '../end-once.js';
import { knownId, onePrice } from '../known-id.js';
import { MerchantCalls, NotThere } from '../merchant-calls.js';
import {
  MerchantError,
  type Merchant,
  type MerchantEvent,
  type MerchantSubscription,
  type Order,
} from '../merchant.js';
import { webLink } from '../web-link.js';
import { wireId } from '../wire.js';
import { type PolarKit, polarKit } from './polar-kit.js';
import { isSignedByPolar } from './polar-signature.js';
import { fromPolar, polarSubscription } from './polar-subscription.js';
import { readPolarEvent } from './read-polar-event.js';

const checkoutAnswer = z.object({ id: wireId, url: webLink });
const portalAnswer = z.object({ customer_portal_url: webLink });

/** Polar, by its own kit. */
export class Polar implements Merchant {
  readonly name = 'polar';
  readonly holdsSeveral = false;
  readonly hosts: readonly string[];
  private readonly calls: MerchantCalls;

  constructor(
    private readonly settings: MerchantSettings,
    outgoing: OutgoingClient,
  ) {
    this.hosts = [new URL(settings.apiUrl).hostname];
    this.calls = new MerchantCalls('Polar', outgoing);
  }

  isSigned(body: Buffer, headers: IncomingHttpHeaders, now: Date): boolean {
    return isSignedByPolar(this.settings.webhookSecret, body, headers, now);
  }

  read(body: Buffer): MerchantEvent {
    return readPolarEvent(body);
  }

  async checkout(order: Order, signal: AbortSignal): Promise<{ readonly url: string; readonly reference: string }> {
    const product = onePrice(order.prices, 'Polar');
    const buyer =
      order.customer === null ? { external_customer_id: order.workspaceId } : { customer_id: order.customer };
    const said = await this.use(
      ({ checkouts }) =>
        checkouts.create({
          products: [product],
          ...buyer,
          metadata: { ...order.customData },
          success_url: order.returnUrl,
        }),
      signal,
    );
    const { id, url } = this.calls.understood(checkoutAnswer, said);
    return { url, reference: id };
  }

  async change(reference: string, prices: readonly string[], signal: AbortSignal): Promise<MerchantSubscription> {
    const product = onePrice(prices, 'Polar');
    const asked = { product_id: product, proration_behavior: 'invoice' } as const;
    return this.askAbout(({ subscriptions }) => subscriptions.update(knownId(reference), asked), signal);
  }

  async portalUrl({ customer }: Pick<MerchantSubscription, 'customer'>, signal: AbortSignal): Promise<string> {
    const asked = { customer_id: knownId(customer) };
    const said = await this.use(({ customerSessions }) => customerSessions.create(asked), signal);
    return this.calls.understood(portalAnswer, said).customer_portal_url;
  }

  async cancel(
    reference: string,
    when: 'period-end' | 'now',
    signal: AbortSignal,
  ): Promise<MerchantSubscription | null> {
    const end = ({ subscriptions }: PolarKit) =>
      when === 'now'
        ? subscriptions.revoke(knownId(reference))
        : subscriptions.update(knownId(reference), { cancel_at_period_end: true });
    return endOnce(
      () => this.askAbout(end, signal),
      () => this.fetch(reference, signal),
      (found) => endsAsAsked(found, when),
    );
  }

  async fetch(reference: string, signal: AbortSignal): Promise<MerchantSubscription | null> {
    return orNull(() => this.askAbout(({ subscriptions }) => subscriptions.get(knownId(reference)), signal));
  }

  private async askAbout(ask: (kit: PolarKit) => Promise<unknown>, signal: AbortSignal): Promise<MerchantSubscription> {
    const asked = new Date();
    const said = this.calls.understood(polarSubscription, await this.use(ask, signal));
    const subscription = fromPolar(said, said.modified_at ?? said.created_at ?? asked);
    if (subscription === null) throw new NotThere('Polar');
    return subscription;
  }

  private async use(ask: (kit: PolarKit) => Promise<unknown>, signal: AbortSignal): Promise<unknown> {
    const kit = await polarKit(this.settings, this.calls, signal);
    try {
      return await ask(kit);
    } catch (error) {
      if (error instanceof MerchantError) throw error;
      // Everything but a yes was thrown before: what is left is a yes that is no JSON.
      throw new MerchantError('unreachable', 'What Polar answered is no JSON.');
    }
  }
}
