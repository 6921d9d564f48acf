import type { Merchant, MerchantName, MerchantStatus } from '../../../src/billing/merchants/merchant.js';
import type { MerchantCallSeen } from '../fake-merchant.js';

/** Headers of a webhook call. */
export type SignedHeaders = Readonly<Record<string, string | string[]>>;

/** A subscription as a test wants it, to be written as the merchant would. */
export interface SampleState {
  readonly reference: string;
  readonly customer: string;
  readonly price: string;
  /** In the merchant's own words. */
  readonly status: string;
  readonly changedAt: string;
  readonly renewsAt: string;
  /** When it is to end; null where it goes on. */
  readonly endsAt: string | null;
  readonly custom: Readonly<Record<string, unknown>>;
}

/** What a merchant of record sends, takes and answers, in its own words. All that is asked of each is asked in one spec. */
export interface MerchantSample {
  readonly name: MerchantName;
  readonly ids: { readonly reference: string; readonly customer: string; readonly price: string };
  readonly secrets: readonly string[];
  sign(body: Buffer, secret: string, at: Date): SignedHeaders;
  /** Whether the signature says when it was made. */
  readonly signsTime: boolean;
  /** Each of its words for a status, with ours. */
  readonly statuses: Readonly<Record<string, MerchantStatus>>;
  /** The subscription as its API gives it, and as its events do. */
  subscription(state: SampleState): unknown;
  event(kind: string, data: unknown, state: SampleState): Buffer;
  /** Its events that hold a subscription. */
  readonly states: readonly string[];
  /** Its events that name a subscription which has to be asked about, with what they hold. */
  readonly concerning: Readonly<Record<string, (reference: string) => unknown>>;
  /** Its events that are about something else. */
  readonly others: Readonly<Record<string, unknown>>;
  /** Its answers where all is well. */
  readonly answers: {
    subscription(state: SampleState): unknown;
    checkout(url: string): unknown;
    portal(url: string): unknown;
  };
  /** The call that each operation has to make. */
  readonly calls: {
    readonly checkout: Pick<MerchantCallSeen, 'method' | 'path'> & { readonly body: unknown };
    readonly change: Pick<MerchantCallSeen, 'method' | 'path'> & { readonly body: unknown };
    readonly portal: Pick<MerchantCallSeen, 'method' | 'path'>;
    readonly cancelNow: Pick<MerchantCallSeen, 'method' | 'path'>;
    readonly cancelLater: Pick<MerchantCallSeen, 'method' | 'path'> & { readonly body: unknown };
    readonly fetch: Pick<MerchantCallSeen, 'method' | 'path'>;
  };
  /** How it says no to ending what has ended. */
  readonly endedAlready: { readonly status: number; readonly body: unknown };
  /** Whether it can end a subscription at once. */
  readonly endsAtOnce: boolean;
  readonly holdsSeveral: Merchant['holdsSeveral'];
}

/** What nobody wants to find again: everything of a person that merchants write into events and answers. */
export const personal = {
  card: '4242424242424242',
  name: 'Ayşe Yılmaz',
  street: 'Bağdat Caddesi 12',
  city: 'Kadıköy',
  postcode: '34710',
  email: 'ayse@example.com',
  cvv: 'CVV 737',
  taxNumber: 'TR1234567890',
} as const;

/** All that, in the places where merchants have it and in some where they have not. */
export const personalFields = {
  customer: { name: personal.name, email: personal.email, billing_address: { line1: personal.street } },
  user_name: personal.name,
  user_email: personal.email,
  card_brand: 'visa',
  card_last_four: personal.card.slice(-4),
  card_number: personal.card,
  cvv: personal.cvv,
  address: { line1: personal.street, city: personal.city, postal_code: personal.postcode },
  billing_details: { name: personal.name, tax_identifier: personal.taxNumber },
  payments: [{ method_details: { card: { last4: '4242', cardholder_name: personal.name } } }],
} as const;
