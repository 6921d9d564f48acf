import { useEffect, useRef } from 'react';
import { Store } from './store.js';

const storageName = 'parley.shortcuts';

/** Single letters can be switched off: speech input and some assistive tools type them by accident (WCAG 2.1.4). */
export const shortcutsOn = new Store(remembered());

export function setShortcutsOn(on: boolean): void {
  shortcutsOn.set(on);
  try {
    localStorage.setItem(storageName, on ? 'on' : 'off');
  } catch {
    // Blocked storage: the choice lasts until the page is left.
  }
}

function remembered(): boolean {
  try {
    return localStorage.getItem(storageName) !== 'off';
  } catch {
    return true;
  }
}

interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing?: boolean;
  getModifierState?(name: string): boolean;
}

/** The shortcut that a key press means, or null. No chord uses Ctrl+Alt or AltGr: on many layouts they type letters. */
export function shortcutOf(press: KeyPress, inText: boolean, on: boolean): string | null {
  if (press.isComposing || press.altKey || press.getModifierState?.('AltGraph')) return null;
  if (press.key === 'Escape') return 'Escape';
  if (press.ctrlKey || press.metaKey || inText || !on) return null;
  return press.key.length === 1 ? press.key.toLowerCase() : null;
}

function inTextField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select'))
  );
}

/** Listens for single-key shortcuts while the component is shown. */
export function useShortcuts(actions: Record<string, () => void>): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('dialog[open], [role=menu]')) return;
      const shortcut = shortcutOf(event, inTextField(event.target), shortcutsOn.get());
      const action = shortcut === null ? undefined : latest.current[shortcut];
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
