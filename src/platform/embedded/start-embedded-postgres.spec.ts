import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { postmasterPid, query } from '../../../test/support/postgres-queries.js';
import { makeDataDirectory, startServerProcess } from '../../../test/support/server-process.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './index.js';

const log = (): void => undefined;

async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + 20_000; ;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(100);
    }
  }
}

describe('startEmbeddedPostgres', () => {
  let dataDir: string;
  let postgres: EmbeddedPostgres;

  beforeAll(async () => {
    dataDir = await makeDataDirectory();
    postgres = await startEmbeddedPostgres({ dataDir, log });
  });

  afterAll(() => postgres.stop());

  it('keeps its promises on disk: real syncing, own user, closed files', async () => {
    const settings = await query<{ name: string; setting: string }>(
      postgres.adminUrl,
      `select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'jit', 'synchronous_commit',
        'listen_addresses', 'data_checksums', 'password_encryption') order by name`,
    );
    expect(Object.fromEntries(settings.map((row) => [row.name, row.setting]))).toEqual({
      data_checksums: 'on',
      fsync: 'on',
      full_page_writes: 'on',
      jit: 'off',
      listen_addresses: '127.0.0.1',
      password_encryption: 'scram-sha-256',
      synchronous_commit: 'on',
    });
    const cluster = await stat(join(dataDir, 'postgres/cluster'));
    expect(cluster.mode & 0o077).toBe(0);
    expect(cluster.uid === 0).toBe(false);
    const access = await stat(join(dataDir, 'postgres/access.json'));
    expect(access.mode & 0o777).toBe(0o600);
    expect(access.uid).toBe(process.getuid?.());
  });

  it('gives each role its rights and no more', async () => {
    const roles = await query(
      postgres.adminUrl,
      `select rolname, rolcanlogin, rolsuper, rolcreaterole, rolbypassrls, rolcreatedb from pg_roles
        where rolname in ('parley_owner', 'parley_app', 'parley_definer') order by rolname`,
    );
    const none = { rolsuper: false, rolcreaterole: false, rolbypassrls: false, rolcreatedb: false };
    expect(roles).toEqual([
      { rolname: 'parley_app', rolcanlogin: true, ...none },
      { rolname: 'parley_definer', rolcanlogin: false, ...none },
      { rolname: 'parley_owner', rolcanlogin: true, ...none, rolcreaterole: true },
    ]);
    const members = await query(
      postgres.adminUrl,
      `select member::regrole::text as member, bool_or(inherit_option) as inherits, bool_or(set_option) as may_set
         from pg_auth_members where roleid = 'parley_definer'::regrole group by 1`,
    );
    expect(members).toEqual([{ member: 'parley_owner', inherits: false, may_set: true }]);
    await expect(query(postgres.appUrl, 'create table public.mine (id int)')).rejects.toThrow('permission denied');
    await expect(query(postgres.appUrl, 'set role parley_definer')).rejects.toThrow('permission denied');
  });

  it('lets the owner hand a function to the definer', async () => {
    await query(
      postgres.ownerUrl,
      `create function one() returns int language sql security definer return 1;
       grant create on schema public to parley_definer;
       alter function one() owner to parley_definer;
       revoke create on schema public from parley_definer`,
    );
    const rows = await query(
      postgres.adminUrl.replace(/\/postgres$/, '/parley'),
      `select proowner::regrole::text as owner from pg_proc where proname = 'one'`,
    );
    expect(rows).toEqual([{ owner: 'parley_definer' }]);
  });

  it('knows letters beyond ASCII, whatever locale it was started in', async () => {
    const rows = await query(
      postgres.ownerUrl,
      `create extension if not exists pg_trgm; create extension if not exists btree_gin; select 1 as ok`,
    ).then(() =>
      query(postgres.ownerUrl, `select cardinality(show_trgm('شحنة')) > 0 as arabic, lower('ŞÇ') as turkish`),
    );
    expect(rows).toEqual([{ arabic: true, turkish: 'şç' }]);
  });

  it('comes back with everything committed when its server process is killed', async () => {
    await query(postgres.ownerUrl, 'create table kept as select 42 as answer');
    const before = await postmasterPid(dataDir);
    process.kill(before, 'SIGKILL');
    await sleep(100);
    const rows = await eventually(() => query(postgres.ownerUrl, 'select answer from kept'));
    expect(rows).toEqual([{ answer: 42 }]);
    expect(await postmasterPid(dataDir)).not.toBe(before);
  });

  it('keeps data, passwords and port over a restart', async () => {
    await postgres.stop();
    const { ownerUrl } = postgres;
    postgres = await startEmbeddedPostgres({ dataDir, log });
    expect(postgres.adopted).toBe(false);
    expect(postgres.ownerUrl).toBe(ownerUrl);
    expect(await query(ownerUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('chooses another port when the remembered one is taken', async () => {
    await postgres.stop();
    const { createServer } = await import('node:net');
    const squatter = createServer().listen(Number(new URL(postgres.ownerUrl).port), '127.0.0.1');
    const { ownerUrl } = postgres;
    postgres = await startEmbeddedPostgres({ dataDir, log });
    squatter.close();
    expect(new URL(postgres.ownerUrl).port).not.toBe(new URL(ownerUrl).port);
    expect(await query(postgres.ownerUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });
});

describe('startEmbeddedPostgres after a kill', () => {
  it('goes on with a server whose parent was killed', async () => {
    const dataDir = await makeDataDirectory();
    const parent = await startServerProcess(dataDir, 'postgres');
    const ownerUrl = String(parent.report['ownerUrl']);
    await query(ownerUrl, 'create table kept as select 7 as answer');
    await parent.kill();
    const pid = await postmasterPid(dataDir);

    const postgres = await startEmbeddedPostgres({ dataDir, log });
    expect(postgres).toMatchObject({ adopted: true, ownerUrl });
    expect(await postmasterPid(dataDir)).toBe(pid);
    expect(await query(ownerUrl, 'select answer from kept')).toEqual([{ answer: 7 }]);
    await postgres.stop();
    await expect(query(ownerUrl, 'select 1')).rejects.toThrow('ECONNREFUSED');
  });

  it('recovers when server and parent were killed together', async () => {
    const dataDir = await makeDataDirectory();
    const parent = await startServerProcess(dataDir, 'postgres');
    const ownerUrl = String(parent.report['ownerUrl']);
    await query(ownerUrl, 'create table kept as select 8 as answer');
    await parent.kill();
    process.kill(await postmasterPid(dataDir), 'SIGKILL');
    const postgres = await startEmbeddedPostgres({ dataDir, log });
    expect(postgres.adopted).toBe(false);
    expect(await query(ownerUrl, 'select answer from kept')).toEqual([{ answer: 8 }]);
    await postgres.stop();
  });
});
