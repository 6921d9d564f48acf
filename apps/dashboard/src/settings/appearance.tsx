import { useTranslation } from 'react-i18next';
import { chooseLanguage, languages, type Language } from '../i18n/index.js';
import { useStore } from '../ui/store.js';
import { chooseTheme, theme, themes, type Theme } from '../ui/theme.js';

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
  return (
    <label className="inline-choice">
      <span>{t('appearance.theme')}</span>
      <select value={useStore(theme)} onChange={(event) => chooseTheme(event.target.value as Theme)}>
        {themes.map((value) => (
          <option key={value} value={value}>
            {t(`appearance.${value}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
