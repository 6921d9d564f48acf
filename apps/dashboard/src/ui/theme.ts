import { Store } from './store.js';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** What was chosen here; `appearance.js` has set it before the first paint. */
export const theme = new Store<Theme>(chosenBefore());

function chosenBefore(): Theme {
  const chosen = typeof document === 'undefined' ? undefined : document.documentElement.dataset['theme'];
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

/** Changes the colours at once, and remembers the choice in this browser. */
export function chooseTheme(next: Theme): void {
  try {
    localStorage.setItem('parley.theme', next);
  } catch {
    // Blocked storage: the choice lasts until the page is left.
  }
  window.dispatchEvent(new CustomEvent('parley:theme', { detail: next }));
  theme.set(next);
}
