import type { IncomingHttpHeaders } from 'node:http';

/** The merchants of record that sell the plans, by the word of BILLING_PROVIDER and of their webhook's address. */
export const merchantNames = ['paddle', 'lemonsqueezy', 'polar'] as const;
export type MerchantName = (typeof merchantNames)[number];

/** How a subscription stands at its merchant, in our words: CANCELED has ended, or ends at `endsAt`. */
export type MerchantStatus = 'TRIALING' | 'ACTIVE' | 'PAST_DUE' | 'PAUSED' | 'CANCELED';

/** What a merchant says of one subscription at one moment: no name, no address, no card. */
export interface MerchantSubscription {
  /** Its id there. */
  readonly reference: string;
  /** The id of the customer there. */
  readonly customer: string;
  readonly status: MerchantStatus;
  /** What is paid for, by the merchant's ids as `plans.yaml` names them: prices (Paddle), variants (Lemon Squeezy), products (Polar). */
  readonly prices: readonly string[];
  /** When the next period begins; null where none will. */
  readonly renewsAt: Date | null;
  /** When it ends for good, or has ended: null while it is to go on. One that is PAST_DUE or PAUSED may be about to end too. */
  readonly endsAt: Date | null;
  /** When the merchant last changed it: of two, the newer one holds. */
  readonly asOf: Date;
  /** The checkout that it was bought in, as `checkout` named it; null where the merchant does not say. */
  readonly checkout: string | null;
  /**
   * What our checkout gave along: who may tell us which workspace paid. Nothing else is believed. Lemon Squeezy says it in
   * events alone, so it is empty in what is fetched there.
   */
  readonly customData: CustomData;
}

/** What our checkout gives along, and what is taken over from there: a buyer could write other pairs beside them. */
export const customDataNames = ['workspace_id', 'signature'] as const;
/** Each value has at most 500 characters, none of them a space. */
export type CustomData = Readonly<Partial<Record<(typeof customDataNames)[number], string>>>;

/** What a webhook call tells. */
export interface MerchantEvent {
  /** The same for each repetition of the event. */
  readonly id: string;
  /** The merchant's name for it, such as `subscription.updated`. */
  readonly kind: string;
  readonly occurredAt: Date;
  /** A subscription as it was then; the id of one that has to be asked about; null where it is about neither. */
  readonly about: MerchantSubscription | { readonly reference: string } | null;
}

/** What is to be sold. */
export interface Order {
  readonly prices: readonly string[];
  readonly customData: CustomData;
  readonly workspaceId: string;
  /** The customer's id at the merchant, where one is known. */
  readonly customer: string | null;
  /** Where the buyer comes back to. */
  readonly returnUrl: string;
  /** The page of ours that opens a checkout, where the merchant needs one. */
  readonly payUrl: string;
}

/** A merchant did not do what was asked. */
export class MerchantError extends Error {
  constructor(
    /** unreachable: try again; refused: it would refuse again; credentials: the operator's key is wrong or lacks a right. */
    readonly reason: 'unreachable' | 'refused' | 'credentials',
    message: string,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(message);
    this.name = 'MerchantError';
  }
}

/** One merchant of record. Calls throw MerchantError, and end with their signal. */
export interface Merchant {
  readonly name: MerchantName;
  /** Whether one subscription holds several prices; where not, each add-on is a subscription of its own. */
  readonly holdsSeveral: boolean;
  /** Hosts that are called. */
  readonly hosts: readonly string[];
  /** Whether a call was signed by the merchant, and lately enough where the signature tells when. */
  isSigned(body: Buffer, headers: IncomingHttpHeaders, now: Date): boolean;
  /** Reads a signed call; throws an Error in words without content where it is no event. */
  read(body: Buffer): MerchantEvent;
  /** Opens a checkout; `reference` is its id there, where the merchant names it in events. */
  checkout(order: Order, signal: AbortSignal): Promise<{ readonly url: string; readonly reference: string | null }>;
  /** Gives a subscription other prices from now on; the difference is charged or credited by the merchant. */
  change(reference: string, prices: readonly string[], signal: AbortSignal): Promise<MerchantSubscription>;
  /** Where its customer sees invoices, changes the card or cancels: a link of short life, made for each press. */
  portalUrl(subscription: Pick<MerchantSubscription, 'reference' | 'customer'>, signal: AbortSignal): Promise<string>;
  /**
   * Ends a subscription; one that has ended already, or is not there, is no error: null where it is not there. Where the
   * merchant can end none at once (Lemon Squeezy), `now` ends it with what is paid for: nothing is charged any more.
   */
  cancel(reference: string, when: 'period-end' | 'now', signal: AbortSignal): Promise<MerchantSubscription | null>;
  /** As it stands now; null where there is none of this id. */
  fetch(reference: string, signal: AbortSignal): Promise<MerchantSubscription | null>;
}
