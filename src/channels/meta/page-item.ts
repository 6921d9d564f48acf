import type { Customer, MessageContent } from '../inbound-event.js';
import { type Json, idAt, jsonAt, maybeId, maybeJson, maybeText, maybeUrl } from '../wire/reading.js';

/** One item of a Page or an Instagram account, with what its envelope says of it. */
export interface PageItem {
  readonly item: Json;
  readonly accountId: string;
  readonly standby: boolean;
  readonly at: number;
  /** The time as the platform wrote it: a repeat says the same, whenever it comes. */
  readonly stamp: string | number;
  readonly ourAppId: string;
}

/** The customer of an item: its sender, or for what the business did its recipient. */
export function pageCustomer({ item }: PageItem, side: 'sender' | 'recipient' = 'sender'): Customer {
  return { addresses: [{ externalId: idAt(jsonAt(item, side), 'id'), handle: null }], name: null };
}

/** Where a customer came from: an ad, a link, a product. */
export function pageReferral(parent: Json): MessageContent['referral'] | null {
  const referral = maybeJson(parent, 'referral');
  if (referral === null) return null;
  const product = maybeJson(referral, 'product');
  return {
    source: maybeText(referral, 'source', 60) ?? (product === null ? null : 'PRODUCT'),
    adId: maybeId(referral, 'ad_id'),
    ref: maybeText(referral, 'ref', 2_100) ?? (product === null ? null : maybeId(product, 'id')),
    url: maybeUrl(referral, 'referer_uri'),
  };
}
