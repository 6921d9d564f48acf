import { useTranslation } from 'react-i18next';

interface Props {
  columns: readonly { readonly name: string }[];
  rows: readonly (readonly string[])[];
}

/** The first rows of a file as they are read, as text and nothing else. */
export function FirstRows({ columns, rows }: Props) {
  const { t } = useTranslation();
  return (
    <details className="report-table first-rows">
      <summary>{t('leadImport.firstRows')}</summary>
      <div className="report-scroll" tabIndex={0} role="group" aria-label={t('leadImport.firstRows')}>
        <table>
          <thead>
            <tr>
              {columns.map(({ name }) => (
                <th scope="col" key={name} dir="auto">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, line) => (
              <tr key={line}>
                {columns.map(({ name }, place) => (
                  <td key={name} dir="auto">
                    {row[place]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
