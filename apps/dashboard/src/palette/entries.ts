import type { TFunction } from 'i18next';
import { groups, type ActionId } from '../actions/actions.js';
import { keyOf } from '../actions/keys.js';
import type { LiveAction } from '../actions/use-actions.js';
import { fits } from '../ui/fold.js';
import type { IconName } from '../ui/icon.js';

/** One line of the palette. */
export interface Entry {
  readonly id: string;
  readonly icon: IconName;
  readonly label: string;
  readonly hint?: string;
  readonly key?: string | null;
  /** The action that it does, where it does one. */
  readonly action?: ActionId;
  readonly run: () => void;
}

export interface Section {
  readonly name: string;
  readonly entries: readonly Entry[];
}

const mostCommands = 9;
// They open what is open, or leave what is left by Escape.
const unlisted: readonly ActionId[] = ['palette', 'back', 'send'];

function entryOf({ action, run }: LiveAction, t: TFunction): Entry {
  const { id, icon, words } = action;
  return { id, icon, label: t(words), key: keyOf(id), action: id, run };
}

/** What can be done just now, before anything is typed: what was used lately, then everything in its order. */
export function allCommands(live: readonly LiveAction[], recent: readonly ActionId[], t: TFunction): Section[] {
  const listed = live.filter(({ action }) => !unlisted.includes(action.id));
  const lately = recent.flatMap((id) => listed.find(({ action }) => action.id === id) ?? []);
  const rest = listed.filter(({ action }) => !recent.includes(action.id));
  // What is open comes before what is elsewhere.
  const order = ['answer', 'sort', ...groups.filter((group) => group !== 'answer' && group !== 'sort')];
  return [
    { name: t('palette.recent'), entries: lately.map((one) => entryOf(one, t)) },
    ...order.map((group) => ({
      name: t(`commandGroup.${group}`),
      entries: rest.filter(({ action }) => action.group === group).map((one) => entryOf(one, t)),
    })),
  ].filter(({ entries }) => entries.length > 0);
}

/** The commands that answer what was typed, the best first; among equals those used lately. Choices stand on their own. */
export function matchCommands(
  live: readonly LiveAction[],
  recent: readonly ActionId[],
  typed: string,
  t: TFunction,
): Entry[] {
  return live
    .filter(({ action }) => !unlisted.includes(action.id))
    .flatMap((one) => {
      const entry = entryOf(one, t);
      const place = recent.indexOf(one.action.id);
      const lately = place === -1 ? recent.length : place;
      const group = t(`commandGroup.${one.action.group}`);
      const own = fits(typed, entry.label) ?? (fits(typed, `${group} ${entry.label}`) === null ? null : 3);
      const choices = one.choices.flatMap((choice, index) => {
        const label = `${entry.label}: ${choice.label}`;
        const score = fits(typed, label);
        // Whoever types the action alone means the action.
        if (score === null || own !== null) return [];
        return [
          { entry: { ...entry, id: `${entry.id}:${String(index)}`, label, key: null, run: choice.run }, score, lately },
        ];
      });
      return own === null ? choices : [{ entry, score: own, lately }];
    })
    .sort((a, b) => a.score - b.score || a.lately - b.lately)
    .slice(0, mostCommands)
    .map(({ entry }) => entry);
}
