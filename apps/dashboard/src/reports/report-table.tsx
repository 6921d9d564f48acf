import { useTranslation } from 'react-i18next';
import type { ReportRowPartsFragment } from '../api/documents.js';
import { Button } from '../ui/button.js';
import { csvOf, download } from './csv.js';
import { useFigures } from './figures.js';

interface Props {
  title: string;
  /** What the rows are of. */
  of: string;
  file: string;
  rows: readonly ReportRowPartsFragment[];
  nameOf: (row: ReportRowPartsFragment) => string;
  /** What a row is called on the page, where that is not what programs want to read. */
  shownName?: (row: ReportRowPartsFragment) => string;
}

/** The figures behind the pictures, and the way to take them along. */
export function ReportTable({ title, of, file, rows, nameOf, shownName = nameOf }: Props) {
  const { t } = useTranslation();
  const { columns, shown } = useFigures();
  const save = () => {
    const head = [of, ...columns.map(({ words }) => words)];
    download(file, csvOf([head, ...rows.map((row) => [nameOf(row), ...columns.map(({ value }) => value(row))])]));
  };
  return (
    <details className="report-table">
      <summary>{title}</summary>
      <div className="report-scroll" tabIndex={0} role="group" aria-label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{of}</th>
              {columns.map(({ key, words }) => (
                <th scope="col" key={key}>
                  {words}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row" dir="auto">
                  {shownName(row)}
                </th>
                {columns.map((column) => (
                  <td key={column.key}>{shown(column, row)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Button size="small" onClick={save}>
        {t('reports.csv')}
      </Button>
    </details>
  );
}
