import type { OpenChannel } from './channel-adapter.js';

/** A form of an advert, as its platform has it. */
export interface PlatformForm {
  readonly externalId: string;
  readonly name: string;
}

/** A box that could be ticked. With a lead comes its words, or what the form calls it. */
export interface PlatformConsent {
  readonly text: string | null;
  readonly key: string | null;
  readonly given: boolean;
}

/** One filled form, as its platform has it. Names of questions are whatever the business made them. */
export interface PlatformLead {
  readonly externalId: string;
  readonly at: Date | null;
  readonly formId: string | null;
  readonly adId: string | null;
  readonly campaignId: string | null;
  readonly answers: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly consents: readonly PlatformConsent[];
  /** Whether somebody tried the form with made-up answers. */
  readonly test: boolean;
}

/** What came of asking for one. `later` is no word on the matter: a fault, or too many calls. */
export type FetchedLead =
  | { readonly kind: 'fetched'; readonly lead: PlatformLead }
  | { readonly kind: 'gone'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string; readonly tokenUnusable: boolean }
  | { readonly kind: 'later'; readonly reason: string; readonly afterSeconds: number | null };

/** A part of a form's leads. */
export interface LeadPage {
  readonly leads: readonly PlatformLead[];
  /** Where it goes on; null where this was the last. */
  readonly next: string | null;
}

/** Speaks of adverts with forms, where a platform has them. */
export interface LeadAdsAdapter {
  /** What a webhook call tells of a filled form; throws for an item that cannot be understood. Never its answers. */
  told(payload: unknown): readonly { readonly externalId: string; readonly formId: string | null }[];
  /** The forms of the account. Refuses in words where the platform does not give them. */
  forms(channel: OpenChannel, signal: AbortSignal): Promise<readonly PlatformForm[]>;
  /** The words of a form's boxes, by what the form calls each; null where the platform does not tell just now. */
  boxes(channel: OpenChannel, formId: string, signal: AbortSignal): Promise<ReadonlyMap<string, string> | null>;
  /** The answers. Never throws for what a platform or a network does. */
  fetch(channel: OpenChannel, externalId: string, signal: AbortSignal): Promise<FetchedLead>;
  /** What was sent in by a form since a moment, in whatever order; throws where trying again makes sense. */
  since(
    channel: OpenChannel,
    formId: string,
    since: Date,
    after: string | null,
    signal: AbortSignal,
  ): Promise<LeadPage>;
}
