import { languages, type Language } from '../i18n/index.js';
import { views, type View } from '../inbox/views.js';
import { ownPlaces, workPlaces, type SettingsPlace } from '../settings/places.js';
import type { IconName } from '../ui/icon.js';
import { themes, type Theme } from '../ui/theme.js';

/** In the order in which they are told. */
export const groups = ['move', 'answer', 'sort', 'go', 'look'] as const;
type Group = (typeof groups)[number];

// Name, key that it has unless a person gives it another, drawing.
const byGroup = {
  move: [
    ['palette', 'Mod+k', 'bolt'],
    ['sheet', '?', 'keyboard'],
    ['search', '/', 'search'],
    ['inbox', 'i', 'inbox'],
    ['next', 'j', 'down'],
    ['previous', 'k', 'up'],
    ['back', 'Escape', 'back'],
  ],
  answer: [
    ['reply', 'r', 'reply'],
    ['note', 'n', 'note'],
    ['draft', 'd', 'spark'],
    ['send', 'Mod+Enter', 'send'],
  ],
  sort: [
    ['resolve', 'e', 'check'],
    ['reopen', 'o', 'reply'],
    ['snooze', 's', 'clock'],
    ['priority', 'p', 'flag'],
    ['assign', 'a', 'user'],
    ['assignToMe', 'm', 'user'],
    ['tags', 't', 'tag'],
    ['status', null, 'inbox'],
    ['pauseBot', null, 'pause'],
    ['details', 'c', 'card'],
    ['choose', 'x', 'select'],
    ['undo', 'z', 'undo'],
  ],
} as const satisfies Partial<Record<Group, readonly (readonly [string, string | null, IconName])[]>>;

type Named = (typeof byGroup)[keyof typeof byGroup][number][0];
export type ActionId =
  | Named
  | 'leads'
  | 'newLead'
  | 'contacts'
  | 'reports'
  | 'signOut'
  | 'availability'
  | `view.${View}`
  | `settings.${SettingsPlace['name']}`
  | `theme.${Theme}`
  | `language.${Language}`;

/** Something that a person can do by a key or from the palette. Whoever can do it just now says so with `useActions`. */
export interface Action {
  readonly id: ActionId;
  readonly group: Group;
  readonly key: string | null;
  readonly icon: IconName;
  /** Where the catalog names it. */
  readonly words: string;
}

/** Keys that stay what they are: they belong to what is written, or lead out. */
export const fixed: readonly ActionId[] = ['back', 'send'];

const goes = (id: ActionId, icon: IconName, words: string): Action => ({ id, group: 'go', key: null, icon, words });
const looks = (id: ActionId, icon: IconName, words: string): Action => ({ id, group: 'look', key: null, icon, words });

/** Every action there is: shortcuts, their sheet and the palette know no other list. */
export const actions: readonly Action[] = [
  ...(Object.keys(byGroup) as (keyof typeof byGroup)[]).flatMap((group) =>
    byGroup[group].map(([id, key, icon]): Action => ({ id, group, key, icon, words: `command.${id}` })),
  ),
  ...views.map((view) => goes(`view.${view}`, 'inbox', `view.${view}`)),
  goes('leads', 'target', 'nav.leads'),
  { id: 'newLead', group: 'sort', key: null, icon: 'plus', words: 'command.newLead' },
  goes('contacts', 'people', 'nav.contacts'),
  goes('reports', 'chart', 'nav.reports'),
  ...[...workPlaces, ...ownPlaces].map(({ name, icon }) => goes(`settings.${name}`, icon, `settings.${name}`)),
  ...themes.map((theme) => looks(`theme.${theme}`, 'moon', `command.theme.${theme}`)),
  ...(Object.keys(languages) as Language[]).map((code) => looks(`language.${code}`, 'globe', `language.${code}`)),
  { id: 'availability', group: 'look', key: 'v', icon: 'user', words: 'command.availability' },
  looks('signOut', 'exit', 'command.signOut'),
];

export const actionOf: ReadonlyMap<string, Action> = new Map(actions.map((action) => [action.id, action]));
