import { useTranslation } from 'react-i18next';
import { SelectField } from '../ui/field.js';
import { encodings, separatorName, separators, type ImportReading } from './reading.js';

interface Props {
  reading: ImportReading;
  /** As it is read now; null where it cannot be. */
  found: { readonly encoding: string; readonly separator: string } | null;
  onChange: (reading: ImportReading) => void;
}

/** How a file is read: as the server finds out, or as a person says where letters or columns look wrong. */
export function ReadingChoices({ reading, found, onChange }: Props) {
  const { t } = useTranslation();
  const separatorWords = (separator: string) => t(`leadImport.separators.${separatorName(separator)}`);
  const byItself = (what: string | null) => (what === null ? t('leadImport.findOut') : t('leadImport.found', { what }));
  return (
    <div className="reading-choices" role="group" aria-label={t('leadImport.reading')}>
      <SelectField
        label={t('leadImport.encoding')}
        value={reading.encoding ?? ''}
        onChange={({ target }) => onChange({ ...reading, encoding: target.value || null })}
      >
        <option value="">{byItself(reading.encoding === null ? (found?.encoding.toUpperCase() ?? null) : null)}</option>
        {encodings.map((encoding) => (
          <option key={encoding} value={encoding}>
            {encoding.toUpperCase()}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('leadImport.separator')}
        value={reading.separator ?? ''}
        onChange={({ target }) => onChange({ ...reading, separator: target.value || null })}
      >
        <option value="">
          {byItself(reading.separator === null && found ? separatorWords(found.separator) : null)}
        </option>
        {Object.keys(separators).map((separator) => (
          <option key={separator} value={separator}>
            {separatorWords(separator)}
          </option>
        ))}
      </SelectField>
    </div>
  );
}
