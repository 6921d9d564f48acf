import type { ChannelKind } from '../enums.js';

/** An account whose token the platform has confirmed. */
export interface CheckedAccount {
  readonly kind: ChannelKind;
  readonly provider: string;
  readonly externalId: string;
  readonly name: string;
  readonly token: string;
  readonly tokenExpiresAt: Date | null;
  /** What the adapter needs, and what the channel shows of itself. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The names under which the provider's events come. */
  readonly accounts: readonly string[];
  /** What comes is fetched by us and stored under the channel's own id, so its events come under that name too. */
  readonly fetched?: true;
  readonly leadAds: boolean | null;
  /** The host that the token was shown to. */
  readonly host: string;
  /** Whose consent the token is, as the provider calls them; kept to know a withdrawal by, and to give it back. None where platforms ask nobody. */
  readonly grantedBy?: readonly string[];
  /** What is left to be done before it works, in words; null where nothing is. */
  readonly trouble?: string | null;
  /** The input field that named the account, for refusals. */
  readonly field: string;
  /** Where its webhooks have an address and a secret of their own, which the platform was told before. */
  readonly webhook?: { readonly secret: string; readonly plan: ConnectionPlan };
}

/** What a connection will be, found before the platform is told: its id stands in the address that it calls. */
export interface ConnectionPlan {
  readonly channelId: string;
  /** The secret that it has so far, as it is stored; null where there is none. */
  readonly before: Buffer | null;
}
