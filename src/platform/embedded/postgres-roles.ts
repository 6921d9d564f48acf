import pg from 'pg';

export const DATABASE = 'parley';
export const OWNER_ROLE = 'parley_owner';
export const APP_ROLE = 'parley_app';
export const DEFINER_ROLE = 'parley_definer';

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined); // a connection that is cut fails the query that waits on it
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** What a server says of itself; null when it does not answer to our password, or not at all. */
export async function askServer(adminUrl: string): Promise<{ version: string; dataDirectory: string } | null> {
  try {
    return await withClient(adminUrl, async (client) => {
      const { rows } = await client.query<{ version: string; folder: string }>(
        `select split_part(current_setting('server_version'), ' ', 1) as version,
                current_setting('data_directory') as folder`,
      );
      const row = rows[0];
      return row ? { version: row.version, dataDirectory: row.folder } : null;
    });
  } catch {
    return null;
  }
}

/**
 * Creates the roles and the database, or brings them back to what they must be.
 * The owner migrates; the application reads and writes rows and owns nothing; the definer owns the few functions that
 * must see past row security, and no login role has its rights: the owner may only hand functions over to it. The owner may
 * also erase the rows of a whole workspace without asking for each which others refer to it, and clear the log of what was
 * written, which holds what was erased since.
 */
export async function ensureRolesAndDatabase(
  adminUrl: string,
  passwords: { owner: string; app: string },
): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const ensureRole = async (name: string, attributes: string): Promise<void> => {
      const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [name]);
      await client.query(`${rowCount ? 'alter' : 'create'} role ${name} with ${attributes}`);
    };
    const least = 'nosuperuser nocreatedb nobypassrls noreplication';
    await ensureRole(OWNER_ROLE, `login createrole ${least} password ${client.escapeLiteral(passwords.owner)}`);
    await ensureRole(APP_ROLE, `login nocreaterole ${least} password ${client.escapeLiteral(passwords.app)}`);
    await ensureRole(DEFINER_ROLE, `nologin nocreaterole ${least}`);
    await client.query(`grant ${DEFINER_ROLE} to ${OWNER_ROLE} with admin false, inherit false, set true`);
    await client.query(`revoke ${DEFINER_ROLE} from ${APP_ROLE}`);
    await client.query(`grant set on parameter session_replication_role to ${OWNER_ROLE}`);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (!rowCount) await client.query(`create database ${DATABASE} owner ${OWNER_ROLE}`);
    await client.query(`alter database ${DATABASE} owner to ${OWNER_ROLE}`);
    await client.query(`revoke all on database ${DATABASE} from public`);
    await client.query(`grant connect on database ${DATABASE} to ${APP_ROLE}`);
    await client.query(`grant pg_checkpoint to ${OWNER_ROLE}`);
  });
  const database = new URL(adminUrl);
  database.pathname = `/${DATABASE}`;
  // Rights on functions are a database's own.
  await withClient(database.href, async (client) => {
    await client.query(`grant execute on function pg_switch_wal(), pg_ls_waldir() to ${OWNER_ROLE}`);
  });
}
