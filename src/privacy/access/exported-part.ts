import type { ExportedPage } from '../../platform/personal-data/index.js';
import { csvLine } from './csv.js';

type Row = ExportedPage['rows'][number];

/** Rows that the readable page shows of each kind. */
const shownRows = 100;

/** One kind of thing in an export: written page by page, with what the readable page needs to know of it kept. */
export class ExportedPart {
  /** The first rows. */
  readonly shown: Row[] = [];
  columns: readonly string[] = [];
  rows = 0;

  constructor(
    readonly name: string,
    /** Where files are noted that the rows mention. */
    private readonly note: (file: ExportedPage['files'][number]) => void,
  ) {}

  /** All rows as one JSON list. */
  async *json(pages: AsyncIterable<ExportedPage>): AsyncGenerator<string> {
    yield '[';
    for await (const { rows, files } of pages) {
      for (const file of files) this.note(file);
      const text = rows.map((row) => this.take(row)).join('');
      if (text !== '') yield text;
    }
    yield '\n]\n';
  }

  /** All rows as a table; the mark in front tells table programs that it is UTF-8. */
  async *csv(pages: AsyncIterable<ExportedPage>): AsyncGenerator<string> {
    yield `\uFEFF${csvLine(this.columns)}`;
    for await (const { rows } of pages)
      if (rows.length > 0) yield rows.map((row) => csvLine(this.columns.map((column) => row[column]))).join('');
  }

  private take(row: Row): string {
    if (this.rows === 0) this.columns = Object.keys(row);
    if (this.rows < shownRows) this.shown.push(row);
    this.rows += 1;
    return `${this.rows === 1 ? '' : ','}\n${JSON.stringify(row)}`;
  }
}
