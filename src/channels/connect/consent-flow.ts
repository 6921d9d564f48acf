import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import type { ChannelEntity } from '../channel.entity.js';
import type { ChannelKind } from '../enums.js';

/** One permission that a consent asks for, and the one thing that it is used for. */
export interface AskedPermission {
  readonly name: string;
  readonly purpose: string;
}

/** An account that somebody gave access to, with what connects it. It is kept encrypted until it is chosen, or given up. */
export interface GrantedAsset {
  readonly kind: ChannelKind;
  readonly externalId: string;
  readonly name: string;
  readonly token: string;
  /** What the flow needs besides to connect it. */
  readonly details: Readonly<Record<string, string>>;
}

/** What came of a consent. */
export interface Grant {
  /** Names of the permissions that were given. */
  readonly granted: readonly string[];
  readonly assets: readonly GrantedAsset[];
  /** Why nothing can be connected, where nothing can; in words with one thing to do. */
  readonly problem: string | null;
}

/** How the code came back: by the platform's redirect, or from its window on our own page. */
export interface ReturnedCode {
  readonly code: string;
  readonly by: 'redirect' | 'window';
  /** What a browser says was chosen. Never believed: the platform is asked. */
  readonly said: Readonly<Record<string, string>>;
}

/** One way in which a platform asks a person for consent. */
export interface ConsentFlow {
  /** Its name in the rows: `facebook-login`. */
  readonly name: string;
  readonly permissions: readonly AskedPermission[];
  /** Whether its code may come from a window of the platform on our own page. */
  readonly byWindow: boolean;
  /** Whether this is the way to connect such a channel, as this server is configured. */
  offers(kind: ChannelKind): boolean;
  /** Where the person is sent. */
  authorizationUrl(state: string): string;
  /** Exchanges the code for tokens, and asks what was granted. Throws a DomainError in words for the person. */
  redeem(returned: ReturnedCode, signal: AbortSignal): Promise<Grant>;
  /** Connects one of the assets. */
  connect(actor: MemberActor, origin: RequestOrigin, asset: GrantedAsset): Promise<ChannelEntity>;
}
