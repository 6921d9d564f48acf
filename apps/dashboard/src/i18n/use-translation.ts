import i18next, { type TFunction } from 'i18next';
import { useSyncExternalStore } from 'react';

interface Speaking {
  readonly t: TFunction;
  readonly i18n: typeof i18next;
}

let now: Speaking | null = null;
const listeners = new Set<() => void>();

i18next.on('languageChanged', () => {
  now = null;
  for (const listener of listeners) listener();
});

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

function speaking(): Speaking {
  if (now) return now;
  const translate = i18next.getFixedT(i18next.language);
  const known = new Map<string, string>();
  const t = (key: string, values?: Record<string, unknown>): string => {
    if (values !== undefined) return translate(key, values);
    const said = known.get(key) ?? translate(key);
    // A key without words may get them yet: some parts of the pages bring theirs along.
    if (said !== key) known.set(key, said);
    return said;
  };
  now = { t: t as TFunction, i18n: i18next };
  return now;
}

/**
 * Words in the language of the page. It stands in for react-i18next's own, which keeps a dozen hooks and a copy of the whole
 * library in each component: of two hundred components that a conversation is made of, a fifth of the time to show it.
 */
export function useTranslation(): Speaking {
  return useSyncExternalStore(subscribe, speaking);
}
