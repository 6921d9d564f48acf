import type { IconName } from '../ui/icon.js';

interface Place {
  readonly name: string;
  readonly icon: IconName;
  /** Only for those who answer for the workspace. */
  readonly forAdministrators?: true;
  /** Only where plans are sold. */
  readonly whereSold?: true;
}

/** The pages of the settings that are about the work, in the order in which they stand beside it. */
export const workPlaces = [
  { name: 'channels', icon: 'plug' },
  { name: 'bots', icon: 'bot' },
  { name: 'knowledge', icon: 'book' },
  { name: 'questions', icon: 'reply' },
  { name: 'ai', icon: 'spark' },
  { name: 'replies', icon: 'bolt' },
  { name: 'contacts', icon: 'user' },
  { name: 'members', icon: 'people' },
  { name: 'workspace', icon: 'settings' },
  { name: 'billing', icon: 'card', whereSold: true },
  { name: 'forms', icon: 'edit' },
  { name: 'shopify', icon: 'tag' },
  { name: 'webhooks', icon: 'link', forAdministrators: true },
  { name: 'tokens', icon: 'key', forAdministrators: true },
  { name: 'privacy', icon: 'shield', forAdministrators: true },
  { name: 'audit', icon: 'file', forAdministrators: true },
] as const satisfies readonly Place[];

/** Those about the person at the screen. */
export const ownPlaces = [
  { name: 'profile', icon: 'user' },
  { name: 'security', icon: 'lock' },
  { name: 'notifications', icon: 'bell' },
] as const satisfies readonly Place[];

export type SettingsPlace = (typeof workPlaces | typeof ownPlaces)[number];

/** Those that this person is offered here. */
export function placesFor<P extends Place>(places: readonly P[], mayAdminister: boolean, sold: boolean): readonly P[] {
  return places.filter(
    ({ forAdministrators, whereSold }) => (mayAdminister || !forAdministrators) && (sold || !whereSold),
  );
}
