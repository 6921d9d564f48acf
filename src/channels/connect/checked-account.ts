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
  readonly leadAds: boolean | null;
  /** The host that the token was shown to. */
  readonly host: string;
  /** Whose consent the token is, as the provider calls them; kept to know a withdrawal by, and to give it back. None where platforms ask nobody. */
  readonly grantedBy?: readonly string[];
  /** The input field that named the account, for refusals. */
  readonly field: string;
}
