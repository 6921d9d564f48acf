import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

const catalogs = {
  en: () => import('./en/index.js'),
  tr: () => import('./tr/index.js'),
};
export type Language = keyof typeof catalogs;
export const languages: Record<Language, string> = { en: 'English', tr: 'Türkçe' };

const storageName = 'parley.language';

/** The language chosen before, else the first of the browser's that we speak, else English. */
export function preferredLanguage(stored: string | null, wanted: readonly string[]): Language {
  for (const tag of [stored, ...wanted]) {
    const language = tag?.toLowerCase().split('-')[0];
    if (language === 'en' || language === 'tr') return language;
  }
  return 'en';
}

export async function startLanguage(): Promise<void> {
  let stored: string | null = null;
  try {
    stored = localStorage.getItem(storageName);
  } catch {
    // Blocked storage: the browser's language serves.
  }
  await i18next
    .use(initReactI18next)
    .init({ lng: 'en', resources: {}, interpolation: { escapeValue: false }, returnNull: false });
  await applyLanguage(preferredLanguage(stored, navigator.languages));
}

export async function chooseLanguage(language: Language): Promise<void> {
  try {
    localStorage.setItem(storageName, language);
  } catch {
    // Blocked storage: the choice lasts until the page is left.
  }
  await applyLanguage(language);
}

async function applyLanguage(language: Language): Promise<void> {
  const catalog = await catalogs[language]();
  i18next.addResourceBundle(language, 'translation', catalog.default, true, true);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  document.documentElement.dir = i18next.dir(language);
}
