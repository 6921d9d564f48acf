import type { ReportRowPartsFragment } from '../api/documents.js';
import { FigureTable } from './figure-table.js';
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

/** The figures of the inbox: of days, of channels or of members. */
export function ReportTable({ title, of, file, rows, nameOf, shownName = nameOf }: Props) {
  const { columns, shown } = useFigures();
  return (
    <FigureTable
      title={title}
      head={[of, ...columns.map(({ words }) => words)]}
      file={file}
      rows={rows.map((row) => ({
        key: row.key,
        name: { shown: shownName(row), value: nameOf(row) },
        figures: columns.map((column) => ({ shown: shown(column, row), value: column.value(row) })),
      }))}
    />
  );
}
