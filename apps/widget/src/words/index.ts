import type { Words } from './en.js';

export type { Words };

/** The words of a language, and how it is written. */
export interface Language {
  /** As the page asked for it: times and days are written the way of that region. */
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  readonly words: Words;
}

// Each is a file of its own; the one that is needed is loaded.
const catalogs: Readonly<Record<string, () => Promise<{ readonly words: Words }>>> = {
  en: () => import('./en.js'),
  tr: () => import('./tr.js'),
  de: () => import('./de.js'),
  ar: () => import('./ar.js'),
  fr: () => import('./fr.js'),
  es: () => import('./es.js'),
  it: () => import('./it.js'),
  pt: () => import('./pt.js'),
  nl: () => import('./nl.js'),
  ru: () => import('./ru.js'),
};

/** The language for a tag such as `tr-TR`; English where it is none of ours, or is none. */
export async function languageFor(tag: string): Promise<Language> {
  const code = tag.slice(0, 2).toLowerCase();
  const load = catalogs[code];
  const { words } = await (load ?? (() => import('./en.js')))();
  const known = load !== undefined && canFormat(tag) ? tag : load === undefined ? 'en' : code;
  return { tag: known, direction: code === 'ar' && load !== undefined ? 'rtl' : 'ltr', words };
}

function canFormat(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}

/** What is new, in words: languages have up to six forms for how many. */
export function unreadIn({ tag, words }: Language, count: number): string {
  const form = words.unread[new Intl.PluralRules(tag).select(count)] ?? words.unread.other;
  return form.replace('{n}', count.toLocaleString(tag));
}
