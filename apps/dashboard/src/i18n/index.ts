import i18next, { type FormatterModule } from 'i18next';
import { browserLanguages, countWords } from '../ui/time.js';

const catalogs = {
  en: () => import('./en/index.js'),
  tr: () => import('./tr/index.js'),
  ar: () => import('./ar/index.js'),
};
// Half of all words are in the settings, before the inbox, in the pane of a customer, with the leads, and said when the server
// refuses something: the inbox does not wait for them.
const parts = {
  elsewhere: {
    en: () => import('./en/elsewhere.js'),
    tr: () => import('./tr/elsewhere.js'),
    ar: () => import('./ar/elsewhere.js'),
  },
  customer: {
    en: () => import('./en/customer.js'),
    tr: () => import('./tr/customer.js'),
    ar: () => import('./ar/customer.js'),
  },
  leads: {
    en: () => import('./en/leads.js'),
    tr: () => import('./tr/leads.js'),
    ar: () => import('./ar/leads.js'),
  },
  refused: {
    en: () => import('./en/refused.js'),
    tr: () => import('./tr/refused.js'),
    ar: () => import('./ar/refused.js'),
  },
};
type Part = keyof typeof parts;
export type Language = keyof typeof catalogs;
export const languages: Record<Language, string> = { en: 'English', tr: 'Türkçe', ar: 'العربية' };

const storageName = 'parley.language';

/** The language chosen before, else the first of the browser's that we speak, else English. */
export function preferredLanguage(stored: string | null, wanted: readonly string[]): Language {
  for (const tag of [stored, ...wanted]) {
    const language = tag?.toLowerCase().split(/[-_.@]/u)[0] ?? '';
    if (isLanguage(language)) return language;
  }
  return 'en';
}

function isLanguage(word: string): word is Language {
  return Object.hasOwn(languages, word);
}

/** Numbers in texts are written as the reader's country writes them. */
export function writtenValue(value: unknown, language: string): unknown {
  return typeof value === 'number' ? countWords(value, language) : value;
}

// Its type promises words, and texts are put together from whatever it gives.
const writing: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown, _format, language) => writtenValue(value, language ?? 'en') as string,
};

export async function startLanguage(): Promise<void> {
  let stored: string | null = null;
  try {
    stored = localStorage.getItem(storageName);
  } catch {
    // Blocked storage: the browser's language serves.
  }
  await i18next.use(writing).init({
    lng: 'en',
    resources: {},
    interpolation: { escapeValue: false, alwaysFormat: true },
    returnNull: false,
  });
  await applyLanguage(preferredLanguage(stored, browserLanguages()));
}

export async function chooseLanguage(language: Language): Promise<void> {
  try {
    localStorage.setItem(storageName, language);
  } catch {
    // Blocked storage: the choice lasts until the page is left.
  }
  await applyLanguage(language);
}

const asked = new Set<Part>();

/** A part of the pages outside the first one with its words; from then on those come with each language. */
export async function withWords<Page>(page: Promise<Page>, part: Part = 'elsewhere'): Promise<Page> {
  asked.add(part);
  const language = preferredLanguage(i18next.language, []);
  const [fetched, words] = await Promise.all([page, parts[part][language]()]);
  addWords(language, words.default);
  return fetched;
}

async function applyLanguage(language: Language): Promise<void> {
  const catalogsAsked = [catalogs[language](), ...[...asked].map((part) => parts[part][language]())];
  for (const { default: words } of await Promise.all<{ default: object }>(catalogsAsked)) addWords(language, words);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  document.documentElement.dir = i18next.dir(language);
}

function addWords(language: Language, words: object): void {
  i18next.addResourceBundle(language, 'translation', words, true, true);
}
