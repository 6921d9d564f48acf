import type { Obj } from '../json.ts';

/** The merchants of record, by the word of their address. */
export const MERCHANTS = ['paddle', 'lemonsqueezy', 'polar'] as const;
export type MerchantName = (typeof MERCHANTS)[number];

/** How a subscription stands, in no merchant's words. One that is to end at the end of its period is still active. */
export type Standing = 'trialing' | 'active' | 'past_due' | 'paused' | 'ended';

/** One thing that is paid for: a price (Paddle), a variant (Lemon Squeezy) or a product (Polar). */
export interface Item {
  price: string;
  quantity: number;
}

/** Who pays. Nothing about them is real. */
export interface Customer {
  merchant: MerchantName;
  id: string;
  /** The id that the seller knows them by, where it gave one. */
  externalId: string | null;
  email: string;
  createdAt: Date;
}

/** Something that is being bought. */
export interface Checkout {
  merchant: MerchantName;
  id: string;
  /** What is bought; Polar lets the buyer choose one of them. */
  items: Item[];
  customData: Obj;
  customerId: string | null;
  externalCustomerId: string | null;
  /** Where the buyer goes on after paying, and where "Back" leads. */
  returnUrl: string | null;
  backUrl: string | null;
  createdAt: Date;
  /** What it became once it was paid. */
  subscriptionId: string | null;
}

/** A subscription as its merchant has it. */
export interface Subscription {
  merchant: MerchantName;
  id: string;
  customerId: string;
  checkoutId: string;
  items: Item[];
  customData: Obj;
  standing: Standing;
  createdAt: Date;
  updatedAt: Date;
  periodStart: Date;
  periodEnd: Date;
  trialEnd: Date | null;
  /** Set while it is to end with its period. */
  endsAt: Date | null;
  pausedAt: Date | null;
  canceledAt: Date | null;
  endedAt: Date | null;
  /** The last digits of the card that is pretended. */
  card: string;
}

/** What was to be paid at one time. */
export interface Invoice {
  id: string;
  number: number;
  subscriptionId: string;
  amount: number;
  currency: string;
  status: 'open' | 'paid' | 'refunded';
  reason: 'checkout' | 'renewal' | 'change';
  createdAt: Date;
  updatedAt: Date;
}

/** What can happen to a subscription. */
export type HappeningKind =
  | 'bought'
  | 'renewed'
  | 'payment_failed'
  | 'recovered'
  | 'paused'
  | 'resumed'
  | 'cancel_scheduled'
  | 'cancel_withdrawn'
  | 'ended'
  | 'changed'
  | 'card_changed'
  | 'moved'
  | 'refunded';

/** Something that has just happened to a subscription, and the payment that belongs to it. */
export interface Happening {
  kind: HappeningKind;
  subscription: Subscription;
  invoice: Invoice | null;
}

/** An event as its merchant sends it, before it is signed. */
export interface BillingEvent {
  merchant: MerchantName;
  /** The merchant's own id of the event; Lemon Squeezy has none, so the sandbox counts for it. */
  id: string;
  kind: string;
  subscriptionId: string;
  /** The bytes that are signed: a repetition sends the very same. */
  body: string;
}
