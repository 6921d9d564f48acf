import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

/** A file of a table or index, or a part of one: by its number, with what hangs on it. */
const tableFile = /^(\d+)(?:_(?:fsm|vm|init))?(?:\.\d+)?$/;

/**
 * Removes files of tables that no table has. Postgres leaves the copy behind that it was writing when it was killed, for good and
 * with all that stood in the table then. To be called before anybody else is let in: what a transaction makes is known to
 * itself alone until it commits.
 */
export async function removeAbandonedFiles(databaseUrl: string, cluster: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined); // a connection that is cut fails the query that waits on it
  await client.connect();
  try {
    const [alone] = (
      await client.query<{ folder: string; is: boolean }>(
        `select 'base/' || d.oid as folder,
                not exists (select from pg_stat_activity a where a.datid = d.oid and a.pid <> pg_backend_pid())
                and not exists (select from pg_prepared_xacts) as is
           from pg_database d where d.datname = current_database() and d.dattablespace = (select oid from pg_tablespace where spcname = 'pg_default')`,
      )
    ).rows;
    if (alone?.is !== true) return 0;
    const folder = join(cluster, alone.folder);
    // What is on disk first: a table that is made between the two is then known, and not looked for.
    const names = (await readdir(folder)).filter((name) => tableFile.test(name));
    const { rows } = await client.query<{ node: string }>(
      `select node::text from (select pg_relation_filenode(oid) as node from pg_class
                        union select relfilenode from pg_class) known where node is not null and node <> 0`,
    );
    const known = new Set(rows.map(({ node }) => node));
    // An answer that knows of next to nothing is not believed.
    if (known.size < 100) return 0;
    const abandoned = names.filter((name) => !known.has(tableFile.exec(name)?.[1] ?? ''));
    for (const name of abandoned) await rm(join(folder, name), { force: true });
    return abandoned.length;
  } finally {
    await client.end().catch(() => undefined);
  }
}
