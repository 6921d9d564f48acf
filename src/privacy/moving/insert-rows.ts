import { type Sql, type WorkspaceTransaction, joinSql, sql, sqlName } from '../../platform/database/index.js';
import type { CarriedTable } from '../../platform/personal-data/index.js';
import type { Secrets } from '../../platform/secrets/index.js';
import { MovingRefused } from './moving-refused.js';

const batchRows = 500;
const batchBytes = 2_000_000;
const saidRows = 20_000;

/** One table of a file, to be written. */
export interface ArrivingTable {
  readonly name: string;
  readonly way: CarriedTable;
  /** The columns that the file has of it. */
  readonly columns: readonly string[];
  /** Reads its rows from the beginning. */
  lines(): AsyncIterable<string>;
}

/**
 * Writes rows of a file into the workspace of the transaction. Row security refuses a row of any other; what a column is
 * given on arrival is decided here and not by the file.
 */
export class InsertRows {
  constructor(
    private readonly tx: WorkspaceTransaction,
    private readonly secrets: Secrets,
    /** Told how far a long table is. */
    private readonly say: (line: string) => void = () => undefined,
  ) {}

  /** Writes all rows of a table, but for the columns that come later; gives how many. */
  async insert(table: ArrivingTable): Promise<number> {
    const { name, way } = table;
    const columns = columnsToWrite(table);
    const given = columns.map((column) => way.arrives?.[column] ?? sql`r.${sqlName(column)}`);
    const only = way.onlyWhere ?? sql`true`;
    return this.inBatches(table, (rows) =>
      this.tx.execute(sql`
        insert into ${sqlName(name)} (${names(columns)})
        select ${joinSql(given, ', ')} from jsonb_populate_recordset(null::${sqlName(name)}, ${rows}::jsonb) r where ${only}`),
    );
  }

  /** Writes the columns that come later. */
  async complete(table: ArrivingTable): Promise<void> {
    const { name, way, columns } = table;
    const later = (way.later ?? []).filter((column) => columns.includes(column));
    if (later.length === 0) return;
    const given = later.map((column) => sql`${sqlName(column)} = r.${sqlName(column)}`);
    await this.inBatches(table, (rows) =>
      this.tx.execute(sql`
        update ${sqlName(name)} t set ${joinSql(given, ', ')}
          from jsonb_populate_recordset(null::${sqlName(name)}, ${rows}::jsonb) r
         where t.workspace_id = ${this.tx.workspaceId} and t.id = r.id`),
    );
  }

  private async inBatches(table: ArrivingTable, write: (rows: string) => Promise<number>): Promise<number> {
    let written = 0;
    let held: string[] = [];
    let bytes = 0;
    const flush = async () => {
      if (held.length === 0) return;
      const rows = `[${held.join(',')}]`;
      held = [];
      bytes = 0;
      const before = written;
      written += await write(rows).catch((error: unknown) => {
        throw refusalOf(error, table.name) ?? error;
      });
      if (Math.floor(before / saidRows) < Math.floor(written / saidRows))
        this.say(`${table.name}: ${String(written)} rows so far`);
    };
    for await (const line of table.lines()) {
      held.push(table.way.sealed === undefined ? line : await this.sealed(table, line));
      bytes += line.length;
      if (held.length >= batchRows || bytes >= batchBytes) await flush();
    }
    await flush();
    return written;
  }

  private async sealed({ name, way: { sealed = {} } }: ArrivingTable, line: string): Promise<string> {
    const row = JSON.parse(line) as Record<string, unknown>;
    for (const [column, arriving] of Object.entries(sealed)) {
      const text = row[column];
      if (typeof text !== 'string') throw notAllowed(name);
      const place = { table: name, column, row: String(row['id']) };
      row[column] = `\\x${(await this.secrets.encrypt(this.tx, place, changed(arriving, text, name))).toString('hex')}`;
    }
    return JSON.stringify(row);
  }
}

/** Those of the file that the table keeps, and those that are given on arrival; what comes later is left out. */
function columnsToWrite({ way, columns }: ArrivingTable): string[] {
  const inFile = new Set(columns);
  const carried = way.carried.split(' ').filter((column) => inFile.has(column));
  const all = new Set([...carried, ...Object.keys(way.arrives ?? {})]);
  return [...all].filter((column) => !(way.later ?? []).includes(column));
}

function names(columns: readonly string[]): Sql {
  return joinSql(columns.map(sqlName), ', ');
}

function changed(arriving: (text: string) => string, text: string, table: string): string {
  try {
    return arriving(text);
  } catch {
    throw notAllowed(table);
  }
}

/** What the database says of a row that it does not take, in words and without the row's own; null for other troubles. */
function refusalOf(error: unknown, table: string): MovingRefused | null {
  const code = (error as { code?: unknown }).code;
  if (typeof code !== 'string') return null;
  if (code === '23505') return refused(table, 'stands in it twice');
  if (code === '23503') return refused(table, 'refers to something that is not in it');
  if (code === '42501') return refused(table, 'belongs to another workspace');
  return code.startsWith('22') || code.startsWith('23') ? notAllowed(table) : null;
}

function notAllowed(table: string): MovingRefused {
  return refused(table, 'holds a value that it cannot have');
}

function refused(table: string, why: string): MovingRefused {
  return new MovingRefused(`The file cannot be trusted. A row of ${table} ${why}. Nothing was changed.`);
}
