import {
  type Sql,
  type WorkspaceTransaction,
  emptySql,
  joinSql,
  sql,
  sqlName,
  sqlNumber,
} from '../../platform/database/index.js';
import type { CarriedTable } from '../../platform/personal-data/index.js';
import type { Secrets } from '../../platform/secrets/index.js';
import { columnsOf } from './ways.js';

const batchRows = 200;

/** The rows of a carried table, in batches of lines of JSON; all that is encrypted in them and travels is open. */
export async function* readRows(
  tx: WorkspaceTransaction,
  table: string,
  way: CarriedTable,
  secrets: Secrets,
): AsyncGenerator<readonly string[]> {
  const order = way.order === undefined ? emptySql : sql`order by r.${sqlName(way.order)}`;
  const columns = joinSql(
    columnsOf(way).map((column) => written(way, column)),
    ', ',
  );
  yield* walk<{ line: string }, string>(
    tx,
    sql`select row_to_json(w)::text as line from (select ${columns} from ${sqlName(table)} r ${order}) w`,
    async (rows) => {
      const lines = rows.map(({ line }) => line);
      return way.sealed === undefined
        ? lines
        : await Promise.all(lines.map((line) => opened(tx, table, way, secrets, line)));
    },
  );
}

/** Rows of any statement, a few at a time. */
export async function* walk<Row, Item>(
  tx: WorkspaceTransaction,
  statement: Sql,
  take: (rows: readonly Row[]) => Promise<readonly Item[]>,
): AsyncGenerator<readonly Item[]> {
  await tx.execute(sql`declare moving_rows no scroll cursor for ${statement}`);
  for (;;) {
    const rows = await tx.query<Row>(sql`fetch ${sqlNumber(batchRows)} from moving_rows`);
    if (rows.length > 0) yield await take(rows);
    if (rows.length < batchRows) break;
  }
  await tx.execute(sql`close moving_rows`);
}

function written({ leaves = {}, beside = {} }: CarriedTable, column: string): Sql {
  const other = leaves[column] ?? beside[column];
  const name = sqlName(column);
  return other === undefined ? sql`r.${name}` : sql`${other} as ${name}`;
}

async function opened(
  tx: WorkspaceTransaction,
  table: string,
  { sealed = {} }: CarriedTable,
  secrets: Secrets,
  line: string,
): Promise<string> {
  const row = JSON.parse(line) as Record<string, string | null> & { readonly id: string };
  for (const column of Object.keys(sealed)) {
    const stored = row[column];
    if (typeof stored !== 'string') continue;
    const place = { table, column, row: row.id };
    row[column] = await secrets.decrypt(tx, place, Buffer.from(stored.replace(/^\\x/, ''), 'hex'));
  }
  return JSON.stringify(row);
}
