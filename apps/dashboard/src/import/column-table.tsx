import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ContactFieldNamesDocument } from '../api/documents.js';
import { leadParts } from './targets.js';

interface Column {
  readonly name: string;
  readonly target: string;
}

interface Props {
  columns: readonly Column[];
  /** The first rows, for examples. */
  rows: readonly (readonly string[])[];
  mapping: Readonly<Record<string, string>>;
  /** What more than one column is to become. */
  twice: ReadonlySet<string>;
  onChange: (column: string, target: string) => void;
}

const examples = 3;

/** Every column of a file, with what stands in it, and what it becomes. */
export function ColumnTable({ columns, rows, mapping, twice, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <table className="column-table">
      <thead>
        <tr>
          <th scope="col">{t('leadImport.column')}</th>
          <th scope="col">{t('leadImport.becomes')}</th>
        </tr>
      </thead>
      <tbody>
        {columns.map(({ name }, place) => {
          const values = rows.map((row) => row[place] ?? '').filter((value) => value !== '');
          const target = mapping[name] ?? 'ignore';
          return (
            <tr key={name}>
              <th scope="row">
                <bdi>{name}</bdi>
                <p className="hint" dir="auto">
                  {[...new Set(values)].slice(0, examples).join(' · ')}
                </p>
              </th>
              <td>
                <TargetChoice
                  column={name}
                  target={target}
                  twice={twice.has(target)}
                  onChange={(chosen) => onChange(name, chosen)}
                />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

interface ChoiceProps {
  column: string;
  target: string;
  twice: boolean;
  onChange: (target: string) => void;
}

function TargetChoice({ column, target, twice, onChange }: ChoiceProps) {
  const { t } = useTranslation();
  const id = useId();
  const [{ data }] = useQuery({ query: ContactFieldNamesDocument });
  const fields = data?.contactFields ?? [];
  const asAnswer = `field:${column}`;
  const answers = target.startsWith('field:') && target !== asAnswer ? [asAnswer, target] : [asAnswer];
  return (
    <div className="field">
      <select
        aria-label={t('leadImport.becomesOf', { column })}
        aria-invalid={twice || undefined}
        aria-describedby={twice ? id : undefined}
        value={target}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="ignore">{t('leadImport.leaveOut')}</option>
        <optgroup label={t('leads.one')}>
          {leadParts.map((part) => (
            <option key={part} value={part}>
              {t(`leadImport.parts.${part}`)}
            </option>
          ))}
        </optgroup>
        <optgroup label={t('leads.answers')}>
          {answers.map((answer) => (
            <option key={answer} value={answer}>
              {t('leadImport.answer', { name: answer.slice('field:'.length) })}
            </option>
          ))}
        </optgroup>
        {fields.length > 0 && (
          <optgroup label={t('settings.contacts')}>
            {fields.map(({ key, name }) => (
              <option key={key} value={`contact:${key}`}>
                {name}
              </option>
            ))}
          </optgroup>
        )}
      </select>
      {twice && (
        <p className="field-error" id={id} role="alert">
          {t('leadImport.twice')}
        </p>
      )}
    </div>
  );
}
