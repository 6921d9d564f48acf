import pg from 'pg';
import { copyOut } from './copy-rows.js';
import { OwnerConnection } from './owner-connection.js';

const name = (text: string) => pg.escapeIdentifier(text);

/** A table as a backup holds it. */
export interface StoredTable {
  readonly name: string;
  /** Those that are written; generated ones follow from them. */
  readonly columns: readonly string[];
  /** Whose partition it is, and for what; null for a table of its own. */
  readonly partition: { readonly of: string; readonly bounds: string } | null;
}

/** A sequence, and where it is; null where it was never used. */
export interface StoredSequence {
  readonly name: string;
  readonly last: string | null;
}

/** A key of the deployment that the database was written with; what proves it is in base64. */
export interface StoredKey {
  readonly id: string;
  readonly proof: string;
  readonly retired: boolean;
}

/** A file whose row stands in the snapshot. */
export interface NamedFile {
  readonly workspaceId: string;
  readonly id: string;
  readonly hasSmall: boolean;
}

/** Everything that a database holds at one moment. Ends with the transaction that it was made in. */
export class DatabaseSnapshot {
  private constructor(private readonly owner: OwnerConnection) {}

  /** Runs work on what the database holds now, whatever is written meanwhile. */
  static async take<Result>(ownerUrl: string, work: (snapshot: DatabaseSnapshot) => Promise<Result>): Promise<Result> {
    const owner = await OwnerConnection.open(ownerUrl);
    try {
      return await owner.transaction('begin isolation level repeatable read read only', () =>
        work(new DatabaseSnapshot(owner)),
      );
    } finally {
      await owner.close();
    }
  }

  /** False while another that asked so is open on this database. */
  async isOnly(): Promise<boolean> {
    const [row] = await this.owner.query<{ taken: boolean }>(
      `select pg_try_advisory_xact_lock(hashtextextended('backup', 0)) as taken`,
    );
    return row?.taken === true;
  }

  /** The moment of the snapshot, by the database's clock. */
  async at(): Promise<Date> {
    const [row] = await this.owner.query<{ at: Date }>('select now() as at');
    return row?.at ?? new Date();
  }

  /** The names of the migrations that made it what it is. */
  async migrations(): Promise<string[]> {
    const rows = await this.owner.query<{ name: string }>('select name from migrations order by id');
    return rows.map((row) => row.name);
  }

  async tables(): Promise<StoredTable[]> {
    return this.owner.query<StoredTable>(`
      select c.relname as name,
             (select coalesce(jsonb_agg(a.attname order by a.attnum), '[]') from pg_attribute a
               where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
             (select jsonb_build_object('of', p.relname, 'bounds', pg_get_expr(c.relpartbound, c.oid)) from pg_inherits i
                join pg_class p on p.oid = i.inhparent where i.inhrelid = c.oid) as partition
        from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by c.relname`);
  }

  async sequences(): Promise<StoredSequence[]> {
    return this.owner.query<StoredSequence>(`
      select sequencename as name, last_value::text as last from pg_sequences where schemaname = 'public' order by 1`);
  }

  async keys(): Promise<StoredKey[]> {
    return this.owner.query<StoredKey>(`
      select id, encode(proof, 'base64') as proof, retired_at is not null as retired from encryption_keys order by id`);
  }

  /** All rows of a table, as binary COPY gives them. */
  rows(table: StoredTable): AsyncGenerator<Buffer> {
    const columns = table.columns.map(name).join(', ');
    return copyOut(this.owner.client, `copy public.${name(table.name)} (${columns}) to stdout (format binary)`);
  }

  /** The files that rows name. */
  async *files(): AsyncGenerator<NamedFile> {
    let after: NamedFile | null = null;
    for (;;) {
      const rows: NamedFile[] = await this.owner.query<NamedFile>(
        `select workspace_id as "workspaceId", id, has_thumbnail as "hasSmall" from files
          where $1::uuid is null or (workspace_id, id) > ($1, $2) order by workspace_id, id limit 1000`,
        [after?.workspaceId ?? null, after?.id ?? null],
      );
      yield* rows;
      after = rows.at(-1) ?? null;
      if (after === null) return;
    }
  }
}
