import type { MerchantSettings } from '../../../platform/config/index.js';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { OutgoingClient } from '../../../platform/http/index.js';
import { endOnce, endsAsAsked, orNull } from '../end-once.js';
import { knownId } from '../known-id.js';
import type { MerchantCall } from '../merchant-calls.js';
import { MerchantCalls } from '../merchant-calls.js';
import {
  MerchantError,
  type Merchant,
  type MerchantEvent,
  type MerchantSubscription,
  type Order,
} from '../merchant.js';
import { webLink } from '../web-link.js';
import { wireId } from '../wire.js';
import { isSignedByPaddle } from './paddle-signature.js';
import { fromPaddle, paddleSubscription } from './paddle-subscription.js';
import { readPaddleEvent } from './read-paddle-event.js';

const subscriptionAnswer = z.object({ data: paddleSubscription });
const transactionAnswer = z.object({ data: z.object({ id: wireId, checkout: z.object({ url: webLink }) }) });
const portalAnswer = z.object({ data: z.object({ urls: z.object({ general: z.object({ overview: webLink }) }) }) });

/**
 * Paddle Billing. Its kit is not used: it takes no signal and sets no time, so that a server that hangs would hold a call for
 * minutes and one that drips would hold it for ever; it reads answers of any size, and it goes past the one way out.
 */
export class Paddle implements Merchant {
  readonly name = 'paddle';
  readonly holdsSeveral = true;
  readonly hosts: readonly string[];
  private readonly calls: MerchantCalls;

  constructor(
    private readonly settings: MerchantSettings,
    outgoing: OutgoingClient,
  ) {
    this.hosts = [new URL(settings.apiUrl).hostname];
    this.calls = new MerchantCalls('Paddle', outgoing);
  }

  isSigned(body: Buffer, headers: IncomingHttpHeaders, now: Date): boolean {
    return isSignedByPaddle(this.settings.webhookSecret, body, headers, now);
  }

  read(body: Buffer): MerchantEvent {
    return readPaddleEvent(body);
  }

  /**
   * The link leads to our page of payment, where Paddle's script opens the checkout; without a token for it, to the page that
   * the operator named as default payment link at Paddle.
   */
  async checkout(order: Order, signal: AbortSignal): Promise<{ readonly url: string; readonly reference: string }> {
    const asked = {
      items: itemsOf(order.prices),
      ...(order.customer !== null && { customer_id: order.customer }),
      custom_data: order.customData,
      collection_mode: 'automatic',
      ...(this.settings.clientToken !== null && { checkout: { url: order.payUrl } }),
    };
    const { data } = await this.calls.ask(this.call('POST', '/transactions', asked), transactionAnswer, signal);
    return { url: data.checkout.url, reference: data.id };
  }

  async change(reference: string, prices: readonly string[], signal: AbortSignal): Promise<MerchantSubscription> {
    return this.update(
      reference,
      {
        items: itemsOf(prices),
        proration_billing_mode: 'prorated_immediately',
        // Nobody gets more than was paid for.
        on_payment_failure: 'prevent_change',
      },
      signal,
    );
  }

  async portalUrl(
    { reference, customer }: Pick<MerchantSubscription, 'reference' | 'customer'>,
    signal: AbortSignal,
  ): Promise<string> {
    const path = `/customers/${knownId(customer)}/portal-sessions`;
    const call = this.call('POST', path, { subscription_ids: [knownId(reference)] });
    return (await this.calls.ask(call, portalAnswer, signal)).data.urls.general.overview;
  }

  async cancel(
    reference: string,
    when: 'period-end' | 'now',
    signal: AbortSignal,
  ): Promise<MerchantSubscription | null> {
    const end = () => this.end(reference, when, signal);
    return endOnce(
      async () => (when === 'now' ? this.evenIfScheduled(reference, end, signal) : end()),
      () => this.fetch(reference, signal),
      (found) => endsAsAsked(found, when),
    );
  }

  async fetch(reference: string, signal: AbortSignal): Promise<MerchantSubscription | null> {
    return orNull(() => this.askAbout(this.call('GET', `/subscriptions/${knownId(reference)}`), signal));
  }

  private end(reference: string, when: 'period-end' | 'now', signal: AbortSignal): Promise<MerchantSubscription> {
    const asked = { effective_from: when === 'now' ? 'immediately' : 'next_billing_period' };
    return this.askAbout(this.call('POST', `/subscriptions/${knownId(reference)}/cancel`, asked), signal);
  }

  /** One that is to end with its period is locked for other changes: that is taken back first. */
  private async evenIfScheduled(
    reference: string,
    end: () => Promise<MerchantSubscription>,
    signal: AbortSignal,
  ): Promise<MerchantSubscription> {
    try {
      return await end();
    } catch (error) {
      if (!(error instanceof MerchantError) || !error.message.includes('subscription_locked_pending_changes'))
        throw error;
      await this.update(reference, { scheduled_change: null }, signal);
      return end();
    }
  }

  private update(reference: string, asked: unknown, signal: AbortSignal): Promise<MerchantSubscription> {
    return this.askAbout(this.call('PATCH', `/subscriptions/${knownId(reference)}`, asked), signal);
  }

  private async askAbout(call: MerchantCall, signal: AbortSignal): Promise<MerchantSubscription> {
    const asked = new Date();
    const { data } = await this.calls.ask(call, subscriptionAnswer, signal);
    return fromPaddle(data, data.updated_at ?? asked);
  }

  private call(method: MerchantCall['method'], path: string, body?: unknown): MerchantCall {
    const { apiUrl, apiKey } = this.settings;
    return {
      method,
      url: `${apiUrl}${path}`,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', 'paddle-version': '1' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
  }
}

function itemsOf(prices: readonly string[]) {
  return prices.map((price) => ({ price_id: price, quantity: 1 }));
}
