import { randomBytes } from 'node:crypto';
import { WidgetAsk, type WidgetPosition, WidgetTheme } from '../web-chat-settings.type.js';

/** Stands for the provider of chats: this server itself. */
export const webChatProvider = 'webchat';

/** The add-on without which a chat shows our name, where plans are sold. */
export const withoutBranding = 'remove-branding';

/** The name under which a chat stands in the directory, by what its site names. */
export const accountOf = (publicKey: string): string => `webchat:${publicKey}`;

/** A new secret for a site to sign identities with. */
export const newIdentitySecret = (): string => randomBytes(32).toString('base64url');

/** What a web chat keeps among its channel's settings. */
export interface StoredWebChat {
  readonly publicKey: string;
  readonly allowedDomains: readonly string[];
  readonly greeting: string;
  readonly accentColor: string;
  readonly position: WidgetPosition;
  readonly showBranding: boolean;
  readonly theme: WidgetTheme;
  readonly radius: number;
  /** A data URL. */
  readonly logo: string | null;
  readonly allowApps: boolean;
  readonly askName: WidgetAsk;
  readonly askEmail: WidgetAsk;
  readonly askQuestion: WidgetAsk;
}

/** How a chat is until somebody says otherwise, also one that was made before it could be said. */
export const plainWebChat = {
  theme: WidgetTheme.AUTO,
  radius: 18,
  logo: null,
  allowApps: false,
  askName: WidgetAsk.OFF,
  askEmail: WidgetAsk.OFF,
  askQuestion: WidgetAsk.OFF,
} as const satisfies Partial<StoredWebChat>;

/** The web chat in a channel's settings; null for a channel of another kind, and for one that was forgotten. */
export function storedWebChat(settings: Readonly<Record<string, unknown>>): StoredWebChat | null {
  const stored = settings['webChat'];
  // Written by this module alone.
  return typeof stored === 'object' && stored !== null ? { ...plainWebChat, ...(stored as StoredWebChat) } : null;
}
