import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, languages, type Language } from '../i18n/index.js';

type Theme = 'system' | 'light' | 'dark';

export function LanguageChoice() {
  const { t, i18n } = useTranslation();
  return (
    <label className="inline-choice">
      <span>{t('appearance.language')}</span>
      <select value={i18n.language} onChange={(event) => void chooseLanguage(event.target.value as Language)}>
        {Object.entries(languages).map(([code, name]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

export function ThemeChoice() {
  const { t } = useTranslation();
  const [theme, setTheme] = useState<Theme>(currentTheme);
  const choose = (next: Theme) => {
    applyTheme(next);
    setTheme(next);
  };
  return (
    <label className="inline-choice">
      <span>{t('appearance.theme')}</span>
      <select value={theme} onChange={(event) => choose(event.target.value as Theme)}>
        {(['system', 'light', 'dark'] as const).map((value) => (
          <option key={value} value={value}>
            {t(`appearance.${value}`)}
          </option>
        ))}
      </select>
    </label>
  );
}

function currentTheme(): Theme {
  const chosen = document.documentElement.dataset['theme'];
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem('parley.theme', theme);
  } catch {
    // Blocked storage: the choice lasts until the page is left.
  }
}
