import { useEffect, useRef, type RefObject } from 'react';
import { actionOf, actions, type Action, type ActionId } from './actions.js';
import { keyOf, shortcutOf, shortcutsOn } from './keys.js';

/** One of several ways to do something: assign to Ada, snooze until Monday. */
export interface ActionChoice {
  readonly label: string;
  readonly run: () => void;
}

/** What an action does just now; with `choices`, where it can also be done in one go. */
export type Doing = (() => void) | { readonly run: () => void; readonly choices: readonly ActionChoice[] };
type Doings = Partial<Record<ActionId, Doing>>;

// Whoever came last goes first.
const shown: RefObject<Doings>[] = [];

/** Says what a part of the page can do while it is shown: by key, and from the palette. */
export function useActions(doings: Doings): void {
  const latest = useRef(doings);
  latest.current = doings;
  useEffect(() => {
    shown.unshift(latest);
    return () => void shown.splice(shown.indexOf(latest), 1);
  }, []);
}

function doingOf(id: ActionId): Doing | undefined {
  return shown.find(({ current }) => current[id])?.current[id];
}

export interface LiveAction {
  readonly action: Action;
  readonly run: () => void;
  readonly choices: readonly ActionChoice[];
}

/** Every action that can be done just now. */
export function liveActions(): LiveAction[] {
  return actions.flatMap((action) => {
    const doing = doingOf(action.id);
    if (!doing) return [];
    return [typeof doing === 'function' ? { action, run: doing, choices: [] } : { action, ...doing }];
  });
}

/** Does an action if it can be done just now. */
export function runAction(id: ActionId): boolean {
  const doing = doingOf(id);
  if (!doing) return false;
  if (typeof doing === 'function') doing();
  else doing.run();
  return true;
}

function inTextField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select'))
  );
}

/** Listens for the keys of all actions. */
export function useShortcutKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('dialog[open], [role=menu]')) return;
      const key = shortcutOf(event, inTextField(event.target), shortcutsOn.get());
      if (key === null) return;
      for (const { id } of actionOf.values()) {
        if (keyOf(id) === key && runAction(id)) event.preventDefault();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
