import { Readable } from 'node:stream';

/** By what the values of a line can be told apart. */
export const separators = [',', ';', '\t', '|'] as const;
export type Separator = (typeof separators)[number];

/** One row of a table: where it begins in the file, and what stands in it. */
export interface TableRow {
  /** The line in the file, the first is 1. A row may be longer than one. */
  readonly line: number;
  readonly values: readonly string[];
}

/** A table that cannot be read to its end. */
export class BrokenTable extends Error {
  constructor(readonly reason: 'QUOTE_OPEN' | 'ROW_TOO_LONG' | 'BROKEN') {
    super(`The table cannot be read: ${reason}.`);
    this.name = 'BrokenTable';
  }
}

const longestRow = 200_000;
const lookedAt = 50_000;

/** What most of the first lines are cut by alike; a comma where nothing tells. */
export function separatorOf(text: string): Separator {
  const lines = withoutQuoted(text.slice(0, lookedAt))
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 20);
  const scored = separators.map((mark) => {
    const counts = lines.map((line) => line.split(mark).length - 1);
    const [first = 0] = counts;
    return { mark, score: first === 0 ? 0 : first * counts.filter((count) => count === first).length };
  });
  return scored.reduce((best, one) => (one.score > best.score ? one : best)).mark;
}

/**
 * The rows of a table as they come, those that are empty left out. Quotes where none belong are taken as they stand; a quote
 * that is never closed, and a row longer than anybody's, end it with a BrokenTable.
 */
export async function* readTable(text: AsyncIterable<string>, separator: Separator): AsyncGenerator<TableRow> {
  // Loaded with the first table: a start needs it not.
  const { parse } = await import('csv-parse');
  const parser = parse({
    delimiter: separator,
    record_delimiter: '\n',
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: longestRow,
  });
  const source = Readable.from(text);
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (record.every((value) => value.trim() === '')) continue;
      const inside = record.reduce((sum, value) => sum + newLines(value), 0);
      yield { line: info.lines - inside, values: record };
    }
  } catch (error) {
    throw brokenBy(error);
  } finally {
    source.destroy();
    parser.destroy();
  }
}

function brokenBy(error: unknown): unknown {
  const { code } = error as { code?: unknown };
  if (code === 'CSV_QUOTE_NOT_CLOSED') return new BrokenTable('QUOTE_OPEN');
  if (code === 'CSV_MAX_RECORD_SIZE') return new BrokenTable('ROW_TOO_LONG');
  return typeof code === 'string' && code.startsWith('CSV_') ? new BrokenTable('BROKEN') : error;
}

/** What stands between quotes says nothing of what parts the values. */
function withoutQuoted(text: string): string {
  return text.replaceAll(/"(?:[^"]|"")*"/g, '');
}

function newLines(value: string): number {
  let count = 0;
  for (let at = value.indexOf('\n'); at !== -1; at = value.indexOf('\n', at + 1)) count += 1;
  return count;
}
