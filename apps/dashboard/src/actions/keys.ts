import { Store } from '../ui/store.js';
import { actionOf, actions, fixed, type ActionId } from './actions.js';

/** Why a key press cannot be a shortcut. */
export type KeyProblem = { kind: 'alt' | 'named' | 'browser' } | { kind: 'taken'; by: ActionId };

interface KeyPress {
  key: string;
  code?: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey?: boolean;
  isComposing?: boolean;
  getModifierState?(name: string): boolean;
}

const storageName = 'parley.keys';
export const onMac = /Mac OS X|iPhone|iPad/u.test(globalThis.navigator?.userAgent ?? '');

// Chords that no browser of ours wants for itself; the others copy, close, print or go somewhere.
const free = /^Mod\+[kbime;/.,]$/u;
const modifiers = ['Control', 'Shift', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Fn', 'Dead', 'Process', 'Unidentified'];

/**
 * What was pressed: one character, or `Mod+` and one, where Mod is Control, and Command on a Mac. Never with Alt or AltGr: on
 * many layouts those type letters. Null where nothing is pressed yet.
 */
export function pressed(press: KeyPress, mac = onMac): string | KeyProblem | null {
  if (press.isComposing || modifiers.includes(press.key)) return null;
  if (press.altKey || press.getModifierState?.('AltGraph')) return { kind: 'alt' };
  const mod = mac ? press.metaKey : press.ctrlKey;
  if (press.key === 'Escape' || (press.key === 'Enter' && mod)) return mod ? 'Mod+Enter' : 'Escape';
  if ([...press.key].length !== 1 || press.key === ' ') return { kind: 'named' };
  if (!mod) return press.ctrlKey || press.metaKey ? { kind: 'browser' } : letterOf(press);
  return press.shiftKey ? { kind: 'browser' } : `Mod+${letterOf(press)}`;
}

/** The letter of a key; on a keyboard of another script the one that stands in its place on a Latin one. */
function letterOf({ key, code = '' }: KeyPress): string {
  if (/\p{L}/u.test(key) && !/\p{Script=Latin}/u.test(key))
    return /^Key([A-Z])$/u.exec(code)?.[1]?.toLowerCase() ?? key;
  // With capitals locked the Turkish keys i and ı type İ and I.
  if (key === 'İ') return 'i';
  return key.toLowerCase();
}

/** The shortcut that a key press asks for, or null: single characters only outside of text, and where they are on. */
export function shortcutOf(press: KeyPress, inText: boolean, on: boolean, mac = onMac): string | null {
  const key = pressed(press, mac);
  if (typeof key !== 'string') return null;
  return key === 'Escape' || key.startsWith('Mod+') || (on && !inText) ? key : null;
}

/** What keeps an action from having a key. */
export function problemWith(key: string, id: ActionId, keys: ReadonlyMap<ActionId, string | null>): KeyProblem | null {
  if (key === 'Escape' || key === 'Mod+Enter') return { kind: 'named' };
  if (key.startsWith('Mod+') && !free.test(key)) return { kind: 'browser' };
  const by = actions.find((other) => other.id !== id && keyIn(keys, other.id) === key);
  return by ? { kind: 'taken', by: by.id } : null;
}

function keyIn(keys: ReadonlyMap<ActionId, string | null>, id: ActionId): string | null {
  const own = keys.get(id);
  return own === undefined ? (actionOf.get(id)?.key ?? null) : own;
}

/** Takes from storage what can be meant: actions that there are, keys that may be had, none twice. */
export function readKeys(stored: string | null): ReadonlyMap<ActionId, string | null> {
  const keys = new Map<ActionId, string | null>();
  try {
    const value: unknown = JSON.parse(stored ?? '{}');
    const given = Object.entries(value ?? {}).filter(
      (pair): pair is [ActionId, string | null] =>
        actionOf.has(pair[0]) &&
        !fixed.includes(pair[0] as ActionId) &&
        (pair[1] === null || (typeof pair[1] === 'string' && /^(?:Mod\+)?\S$/u.test(pair[1]))),
    );
    // Keys that are given up free others, which may have been taken by then.
    for (const [id] of given) keys.set(id, null);
    for (const [id, key] of given) {
      const own = actionOf.get(id)?.key ?? null;
      if (key === null || problemWith(key, id, keys) === null) keys.set(id, key);
      else if (own === null || problemWith(own, id, keys) === null) keys.delete(id);
    }
  } catch {
    // What cannot be read is as if nothing had been chosen.
  }
  return keys;
}

function remembered(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // Blocked storage: the choice lasts until the page is left.
  }
}

/** Keys that this person chose in this browser; an action without one has the key that it comes with. */
export const chosenKeys = new Store(readKeys(remembered(storageName)));

/** The key of an action just now. */
export function keyOf(id: ActionId): string | null {
  return keyIn(chosenKeys.get(), id);
}

/** Gives an action a key, or takes its key away; says what stands against it. */
export function chooseKey(id: ActionId, key: string | null): KeyProblem | null {
  const problem = key === null ? null : problemWith(key, id, chosenKeys.get());
  if (problem) return problem;
  keep(new Map(chosenKeys.get()).set(id, key));
  return null;
}

/** Every action has the key again that it came with. */
export function resetKeys(): void {
  keep(new Map());
}

function keep(keys: ReadonlyMap<ActionId, string | null>): void {
  const own = [...keys].filter(([id, key]) => key !== (actionOf.get(id)?.key ?? null));
  chosenKeys.set(new Map(own));
  remember(storageName, own.length > 0 ? JSON.stringify(Object.fromEntries(own)) : null);
}

const switchName = 'parley.shortcuts';

/** Single letters can be switched off: speech input and some assistive tools type them by accident (WCAG 2.1.4). */
export const shortcutsOn = new Store(remembered(switchName) !== 'off');

export function setShortcutsOn(on: boolean): void {
  shortcutsOn.set(on);
  remember(switchName, on ? 'on' : 'off');
}
