import type pg from 'pg';
import { dataMap } from '../../src/privacy/index.js';

/** Every column of a migrated database, as `table.column`; the daily partitions of deliveries are as their parent. */
export async function readColumns(owner: pg.Client): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `select table_name || '.' || column_name as name from information_schema.columns
      where table_schema = 'public' and table_name !~ '^deliveries_[0-9]{8}$' order by 1`,
  );
  return rows.map(({ name }) => name);
}

/** Every column that is declared, as often as it is. */
export function declaredColumns(): string[] {
  return Object.values(dataMap).flatMap((tables) =>
    Object.entries(tables).flatMap(([table, { personal, others }]) =>
      [...Object.values(personal).flat(), ...others.split(' ').filter((name) => name !== '')].map(
        (column) => `${table}.${column}`,
      ),
    ),
  );
}

/** Where the declarations and the columns part, in words. */
export function differences(columns: readonly string[], declared: readonly string[]): string[] {
  return [
    ...columns.filter((name) => !declared.includes(name)).map((name) => `${name} is not declared: whose is it?`),
    ...declared.filter((name) => !columns.includes(name)).map((name) => `${name} is declared and not there.`),
    ...declared.filter((name, index) => declared.indexOf(name) !== index).map((name) => `${name} is declared twice.`),
  ];
}
