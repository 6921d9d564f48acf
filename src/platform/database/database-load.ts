import pg from 'pg';
import { copyIn } from './copy-rows.js';
import type { StoredSequence, StoredTable } from './database-snapshot.js';
import { OwnerConnection } from './owner-connection.js';

const name = (text: string) => pg.escapeIdentifier(text);
const bounds = /^(DEFAULT|FOR VALUES FROM \('[^'\\]*'\) TO \('[^'\\]*'\))$/;

interface Reference {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

/**
 * Fills a migrated database with what a backup holds, in one transaction. The owner is bound by row security, which refuses
 * COPY FROM, so it is not forced until all is in; references and triggers come back after the rows, and references are
 * checked then.
 */
export class DatabaseLoad {
  private constructor(private readonly owner: OwnerConnection) {}

  /** Runs work that fills the database; gives the references that do not hold and were left unchecked. */
  static async into(ownerUrl: string, work: (load: DatabaseLoad) => Promise<void>): Promise<readonly string[]> {
    const owner = await OwnerConnection.open(ownerUrl);
    try {
      return await owner.transaction('begin', async () => {
        const load = new DatabaseLoad(owner);
        const forced = await load.stopForcing();
        const triggers = await load.switchTriggers('disable');
        const references = await load.dropReferences();
        await load.truncate();
        await work(load);
        await load.force(forced);
        await load.switchTriggers('enable', triggers);
        return load.makeReferences(references);
      });
    } finally {
      await owner.close();
    }
  }

  /** Makes the partitions that are not there. */
  async makePartitions(tables: readonly StoredTable[]): Promise<void> {
    const there = await this.owner.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relispartition`,
    );
    const known = new Set(there.map((row) => row.name));
    for (const { name: table, partition } of tables) {
      if (partition === null || known.has(table)) continue;
      if (!bounds.test(partition.bounds)) throw new Error(`The partition ${table} has bounds of an unknown kind.`);
      await this.owner.query(
        `create table public.${name(table)} partition of public.${name(partition.of)} ${partition.bounds}`,
      );
    }
  }

  /** Fills one table with rows as binary COPY gave them. */
  async rows({ name: table, columns }: StoredTable, rows: AsyncIterable<Buffer>): Promise<void> {
    const list = columns.map(name).join(', ');
    await copyIn(this.owner.client, `copy public.${name(table)} (${list}) from stdin (format binary)`, rows);
  }

  async sequences(sequences: readonly StoredSequence[]): Promise<void> {
    for (const { name: sequence, last } of sequences)
      if (last !== null) await this.owner.query('select setval($1::regclass, $2)', [`public.${name(sequence)}`, last]);
  }

  /** Runs one more statement in the same transaction. */
  async also(text: string, values: readonly unknown[]): Promise<void> {
    await this.owner.query(text, values);
  }

  private async truncate(): Promise<void> {
    const tables = await this.owner.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
    );
    await this.owner.query(`truncate ${tables.map((table) => `public.${name(table.name)}`).join(', ')}`);
  }

  private async stopForcing(): Promise<string[]> {
    const rows = await this.owner.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relforcerowsecurity`,
    );
    for (const row of rows) await this.owner.query(`alter table public.${name(row.name)} no force row level security`);
    return rows.map((row) => row.name);
  }

  private async force(tables: readonly string[]): Promise<void> {
    for (const table of tables) await this.owner.query(`alter table public.${name(table)} force row level security`);
  }

  private async switchTriggers(how: 'disable' | 'enable', tables?: readonly string[]): Promise<string[]> {
    const named =
      tables ??
      (
        await this.owner.query<{ name: string }>(`
          select distinct c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
           where c.relnamespace = 'public'::regnamespace and not t.tgisinternal and not c.relispartition`)
      ).map((row) => row.name);
    for (const table of named) await this.owner.query(`alter table public.${name(table)} ${how} trigger user`);
    return [...named];
  }

  private async dropReferences(): Promise<Reference[]> {
    const references = await this.owner.query<Reference>(`
      select c.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
        from pg_constraint k join pg_class c on c.oid = k.conrelid
       where k.contype = 'f' and k.conparentid = 0 and c.relnamespace = 'public'::regnamespace order by 1, 2`);
    for (const reference of references)
      await this.owner.query(`alter table public.${name(reference.table)} drop constraint ${name(reference.name)}`);
    return references;
  }

  /** A workspace that was being erased at the moment of the backup may have left a row that refers to one that is gone. */
  private async makeReferences(references: readonly Reference[]): Promise<string[]> {
    const unchecked: string[] = [];
    for (const { table, name: reference, definition } of references) {
      const add = `alter table public.${name(table)} add constraint ${name(reference)} ${definition}`;
      await this.owner.query('savepoint reference');
      try {
        await this.owner.query(add);
      } catch (error) {
        if ((error as { code?: string }).code !== '23503') throw error;
        await this.owner.query('rollback to savepoint reference');
        await this.owner.query(`${add} not valid`);
        unchecked.push(reference);
      }
    }
    return unchecked;
  }
}
