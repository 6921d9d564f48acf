import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.js';
import { csvOf, download } from './csv.js';

/** One figure: how people read it, and how programs do. */
interface Figure {
  readonly shown: string;
  readonly value: string | number | null;
}

interface Props {
  title: string;
  /** What the rows are of, then what the figures are. */
  head: readonly string[];
  rows: readonly { readonly key: string; readonly name: Figure; readonly figures: readonly Figure[] }[];
  file: string;
}

/** The figures behind the pictures, and the way to take them along. */
export function FigureTable({ title, head, rows, file }: Props) {
  const { t } = useTranslation();
  const save = () =>
    download(file, csvOf([head, ...rows.map(({ name, figures }) => [name, ...figures].map(({ value }) => value))]));
  return (
    <details className="report-table">
      <summary>{title}</summary>
      <div className="report-scroll" tabIndex={0} role="group" aria-label={title}>
        <table>
          <thead>
            <tr>
              {head.map((words) => (
                <th scope="col" key={words}>
                  {words}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, name, figures }) => (
              <tr key={key}>
                <th scope="row" dir="auto">
                  {name.shown}
                </th>
                {figures.map(({ shown }, place) => (
                  <td key={head[place + 1]} dir="auto">
                    {shown}
                  </td>
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
