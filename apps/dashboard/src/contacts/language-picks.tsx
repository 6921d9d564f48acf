import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/button.js';
import { SelectField } from '../ui/field.js';
import { languageChoices, languageName } from './language-names.js';

interface Props {
  readonly chosen: readonly string[];
  readonly error: string | undefined;
  readonly onChange: (codes: string[]) => void;
}

/** Any number of languages: each is chosen from the list, and taken away again by itself. */
export function LanguagePicks({ chosen, error, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const choices = languageChoices(null, i18n.language).filter(([code]) => !chosen.includes(code));
  return (
    <div className="stack">
      <SelectField
        label={t('contacts.languages')}
        hint={t('contacts.languagesHint')}
        value=""
        error={error}
        onChange={(event) => onChange([...chosen, event.target.value])}
      >
        <option value="">{t(chosen.length === 0 ? 'contacts.either' : 'contacts.anotherLanguage')}</option>
        {choices.map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </SelectField>
      {chosen.length > 0 && (
        <ul className="tag-list" aria-label={t('contacts.languages')}>
          {chosen.map((code) => {
            const name = languageName(code, i18n.language);
            return (
              <li key={code} className="chip tag">
                <span dir="auto">{name}</span>
                <IconButton
                  icon="close"
                  label={t('contacts.removeLanguage', { name })}
                  onClick={() => onChange(chosen.filter((other) => other !== code))}
                />
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
