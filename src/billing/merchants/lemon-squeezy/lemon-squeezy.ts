import type { MerchantSettings } from '../../../platform/config/index.js';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { OutgoingClient } from '../../../platform/http/index.js';
import { endOnce, endsAsAsked, orNull } from '../end-once.js';
import { knownId, onePrice } from '../known-id.js';
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
import { isSignedByLemonSqueezy } from './lemon-squeezy-signature.js';
import { fromLemonSqueezy, lemonSqueezySubscription } from './lemon-squeezy-subscription.js';
import { readLemonSqueezyEvent } from './read-lemon-squeezy-event.js';

const subscriptionAnswer = z.object({ data: lemonSqueezySubscription });
const checkoutAnswer = z.object({ data: z.object({ attributes: z.object({ url: webLink }) }) });
const portalAnswer = z.object({
  data: z.object({ attributes: z.object({ urls: z.object({ customer_portal: webLink }) }) }),
});
const mediaType = 'application/vnd.api+json';

/** Lemon Squeezy, a shop of JSON:API. Its kit is not used: it calls one fixed host, so that it can be tried against no other. */
export class LemonSqueezy implements Merchant {
  readonly name = 'lemonsqueezy';
  readonly holdsSeveral = false;
  readonly hosts: readonly string[];
  private readonly calls: MerchantCalls;

  constructor(
    private readonly settings: MerchantSettings,
    outgoing: OutgoingClient,
  ) {
    this.hosts = [new URL(settings.apiUrl).hostname];
    this.calls = new MerchantCalls('Lemon Squeezy', outgoing);
  }

  isSigned(body: Buffer, headers: IncomingHttpHeaders): boolean {
    return isSignedByLemonSqueezy(this.settings.webhookSecret, body, headers);
  }

  read(body: Buffer): MerchantEvent {
    return readLemonSqueezyEvent(body);
  }

  async checkout(order: Order, signal: AbortSignal): Promise<{ readonly url: string; readonly reference: null }> {
    const variant = knownVariant(onePrice(order.prices, 'Lemon Squeezy'));
    const attributes = {
      // The buyer is shown no other variant of the product.
      product_options: { redirect_url: order.returnUrl, enabled_variants: [Number(variant)] },
      checkout_data: { custom: order.customData },
    };
    const relationships = {
      store: { data: { type: 'stores', id: this.store() } },
      variant: { data: { type: 'variants', id: variant } },
    };
    const call = this.call('POST', '/v1/checkouts', { type: 'checkouts', attributes, relationships });
    return { url: (await this.calls.ask(call, checkoutAnswer, signal)).data.attributes.url, reference: null };
  }

  async change(reference: string, prices: readonly string[], signal: AbortSignal): Promise<MerchantSubscription> {
    const variant = knownVariant(onePrice(prices, 'Lemon Squeezy'));
    const asked = {
      type: 'subscriptions',
      id: knownId(reference),
      attributes: { variant_id: Number(variant), invoice_immediately: true },
    };
    return this.askAbout(this.call('PATCH', pathOf(reference), asked), signal);
  }

  async portalUrl({ reference }: Pick<MerchantSubscription, 'reference'>, signal: AbortSignal): Promise<string> {
    const answer = await this.calls.ask(this.call('GET', pathOf(reference)), portalAnswer, signal);
    return answer.data.attributes.urls.customer_portal;
  }

  /** It ends with what is paid for, whenever it is to end: there is no other way. */
  async cancel(
    reference: string,
    _when: 'period-end' | 'now',
    signal: AbortSignal,
  ): Promise<MerchantSubscription | null> {
    return endOnce(
      () => this.askAbout(this.call('DELETE', pathOf(reference)), signal),
      () => this.fetch(reference, signal),
      (found) => endsAsAsked(found, 'period-end'),
    );
  }

  async fetch(reference: string, signal: AbortSignal): Promise<MerchantSubscription | null> {
    return orNull(() => this.askAbout(this.call('GET', pathOf(reference)), signal));
  }

  private async askAbout(call: MerchantCall, signal: AbortSignal): Promise<MerchantSubscription> {
    const asked = new Date();
    const { data } = await this.calls.ask(call, subscriptionAnswer, signal);
    return fromLemonSqueezy(data, data.attributes.updated_at ?? asked, {});
  }

  private store(): string {
    if (this.settings.storeId === null)
      throw new MerchantError(
        'credentials',
        'Lemon Squeezy sells from a store. Whoever runs this server sets LEMONSQUEEZY_STORE_ID.',
      );
    return this.settings.storeId;
  }

  private call(method: MerchantCall['method'], path: string, data?: unknown): MerchantCall {
    const { apiUrl, apiKey } = this.settings;
    return {
      method,
      url: `${apiUrl}${path}`,
      headers: { authorization: `Bearer ${apiKey}`, accept: mediaType, 'content-type': mediaType },
      ...(data !== undefined && { body: JSON.stringify({ data }) }),
    };
  }
}

function pathOf(reference: string): string {
  return `/v1/subscriptions/${knownId(reference)}`;
}

/** It writes the ids of variants as numbers in some places and as text in others. */
function knownVariant(price: string): string {
  if (!/^[1-9]\d{0,14}$/.test(price))
    throw new MerchantError(
      'refused',
      'A variant of Lemon Squeezy is a number. Whoever runs this server looks at the plans.',
    );
  return price;
}
