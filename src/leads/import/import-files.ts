import { Injectable } from '@nestjs/common';
import { badInput } from '../../platform/errors/index.js';
import {
  BrokenTable,
  type Separator,
  type TableEncoding,
  type TableRow,
  decoded,
  encodingOf,
  readTable,
  separatorOf,
  separators,
  tableEncodings,
} from '../../platform/csv/index.js';
import { cleanInput, cleanText } from '../../platform/database/index.js';
import { FileStore } from '../../platform/files/index.js';
import { longestFieldName } from '../capture/clean-details.js';

/** How a file is to be read; what is left out is found out. */
export interface WantedFormat {
  readonly encoding?: string | null;
  readonly separator?: string | null;
}

/** How a file is read. */
export interface TableFormat {
  readonly encoding: TableEncoding;
  readonly separator: Separator;
}

/** What a file begins with. */
export interface TableHead extends TableFormat {
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

const mostColumns = 100;
const shownRows = 20;

/** Reads uploaded tables as they come from the store: never a whole one in memory. */
@Injectable()
export class ImportFiles {
  constructor(private readonly files: FileStore) {}

  /** How a file is written, what its columns are called, and its first rows. Throws for what is no table. */
  async head(workspaceId: string, fileId: string, wanted: WantedFormat): Promise<TableHead> {
    const encoding = await this.encoding(workspaceId, fileId, wanted.encoding);
    const separator = await this.separator(workspaceId, fileId, encoding, wanted.separator);
    const rows: TableRow[] = [];
    try {
      for await (const row of this.rows(workspaceId, fileId, { encoding, separator }))
        if (rows.push(row) > shownRows) break;
    } catch (error) {
      if (!(error instanceof BrokenTable)) throw error;
      throw error.reason === 'ROW_TOO_LONG'
        ? badInput('fileId', 'A line of the file is longer than a line of a table is.', 'ROW_TOO_LONG')
        : badInput('fileId', 'The file has a quote that is opened and never closed.', 'QUOTE_OPEN');
    }
    const [header, ...body] = rows;
    if (header === undefined || body.length === 0)
      throw badInput('fileId', 'The file holds no rows below the names of its columns.', 'TABLE_EMPTY');
    if (header.values.length > mostColumns)
      throw badInput('fileId', `At most ${String(mostColumns)} columns, please.`, 'COLUMNS_MANY', {
        most: String(mostColumns),
      });
    return { encoding, separator, columns: namesOf(header.values), rows: body };
  }

  /** All rows, the names of the columns first. */
  rows(workspaceId: string, fileId: string, { encoding, separator }: TableFormat): AsyncGenerator<TableRow> {
    return readTable(decoded(this.bytes(workspaceId, fileId), encoding), separator);
  }

  private async *bytes(workspaceId: string, fileId: string): AsyncGenerator<Buffer> {
    yield* await this.files.read(workspaceId, fileId);
  }

  private async encoding(workspaceId: string, fileId: string, wanted?: string | null): Promise<TableEncoding> {
    if (wanted !== null && wanted !== undefined) {
      const known = tableEncodings.find((one) => one === wanted.toLowerCase());
      if (known === undefined) throw badInput('encoding', `Choose one of ${tableEncodings.join(', ')}.`);
      return known;
    }
    const found = await encodingOf(this.bytes(workspaceId, fileId));
    if (found === null)
      throw badInput('fileId', 'This is no table of text. Save it as CSV, and upload that.', 'NO_TABLE');
    return found;
  }

  private async separator(
    workspaceId: string,
    fileId: string,
    encoding: TableEncoding,
    wanted?: string | null,
  ): Promise<Separator> {
    if (wanted !== null && wanted !== undefined) {
      const known = separators.find((one) => one === wanted);
      if (known === undefined) throw badInput('separator', 'Choose a comma, a semicolon, a tab or a bar.');
      return known;
    }
    let start = '';
    for await (const text of decoded(this.bytes(workspaceId, fileId), encoding)) {
      start += text;
      if (start.length > 50_000) break;
    }
    return separatorOf(start);
  }
}

/** What columns are called: none twice, none without a name. */
function namesOf(values: readonly string[]): string[] {
  const names: string[] = [];
  values.forEach((value, place) => {
    const cleaned = cleanText(cleanInput(value).replaceAll(/\s+/gu, ' '), longestFieldName - 10);
    const name = cleaned === '' ? `Column ${String(place + 1)}` : cleaned;
    let free = name;
    for (let count = 2; names.includes(free); count += 1) free = `${name} (${String(count)})`;
    names.push(free);
  });
  return names;
}
