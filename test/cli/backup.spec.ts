import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { migrateDatabase, roleOf } from '../../src/platform/database/index.js';
import { startEmbeddedPostgres } from '../../src/platform/embedded/index.js';
import { runCli } from '../support/cli.js';
import { makeDataDirectory } from '../support/server-process.js';

const log = () => undefined;

describe('npm run parley -- backup', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await makeDataDirectory();
    const postgres = await startEmbeddedPostgres({ dataDir, log });
    await migrateDatabase({ ownerUrl: postgres.ownerUrl, appRole: roleOf(postgres.appUrl), log });
    const client = new pg.Client({ connectionString: postgres.ownerUrl });
    await client.connect();
    await client.query(
      `insert into deliveries (id, provider, body, set_aside_at, reason) values (gen_random_uuid(), 'meta', 'x', now(), 'a reason')`,
    );
    await client.end();
    await postgres.stop();
  }, 60_000);
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  const backup = (...words: string[]) => runCli({ DATA_DIR: dataDir }, 'backup', ...words);
  const answer = (out: string) => JSON.parse(out) as Record<string, unknown>;

  it('creates, lists, verifies and prunes with an embedded database that does not run, and says where the key is [G20]', async () => {
    const refused = await backup('create');
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('The keys of the deployment are not in') });
    await writeFile(path.join(dataDir, 'secrets.json'), JSON.stringify({ encryptionKeys: `k1:${'A'.repeat(43)}=` }));
    const created = await backup('create', '--json');
    expect(created).toMatchObject({ code: 0, err: expect.stringContaining('KEEP A COPY OF THAT FILE ELSEWHERE') });
    const name = String(answer(created.out)['name']);
    expect(answer(created.out)).toMatchObject({ files: 0, missingFiles: 0, pruned: [] });
    expect((await backup('create')).err).not.toContain('KEEP A COPY');

    const listed = await backup('list', '--json');
    expect(listed.code).toBe(0);
    expect(answer(listed.out)['backups']).toHaveLength(2);
    const verified = await backup('verify', name);
    expect(verified).toMatchObject({ code: 0, out: expect.stringContaining(`${name} is good`) });
    expect(await backup('prune')).toMatchObject({ code: 0, out: 'None has to go.\n' });

    // A file of this machine, that somebody changed.
    const folder = path.join(dataDir, 'backups');
    const bytes = await readFile(path.join(folder, name));
    const copy = path.join(await mkdtemp(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '', 'copy-')), 'a.backup');
    bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1;
    await writeFile(copy, bytes);
    const damaged = await backup('verify', copy, '--json');
    expect(damaged).toMatchObject({ code: 1, err: expect.stringContaining('The backup is damaged') });
    expect(answer(damaged.out)).toEqual({ error: expect.stringContaining('damaged') });

    // On a machine that has the file, and not the key.
    const elsewhere = { DATA_DIR: await makeDataDirectory() };
    const keyless = await runCli(elsewhere, 'backup', 'verify', path.join(folder, name));
    expect(keyless).toMatchObject({ code: 1, err: expect.stringContaining('The key of the backups is not here') });
    expect(await readdir(elsewhere.DATA_DIR)).toEqual([]);
    const other = { ...elsewhere, BACKUP_KEY: Buffer.alloc(32, 7).toString('base64') };
    const wrong = await runCli(other, 'backup', 'verify', path.join(folder, name));
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('Add the key that it was made with') });
    const key = (JSON.parse(await readFile(path.join(dataDir, 'backup-key.json'), 'utf8')) as { backupKey: string })
      .backupKey;
    const right = await runCli({ ...elsewhere, BACKUP_KEY: key }, 'backup', 'verify', path.join(folder, name));
    expect(right).toMatchObject({ code: 0, out: expect.stringContaining('audit logs were not checked') });
  }, 120_000);

  it.each([[['verify']], [['verify', 'a', 'b']], [['create', 'x']], [['list', '--all']], [['restore']]])(
    'ends %j with 2 and how it is used',
    async (words) => {
      const outcome = await backup(...words);
      expect(outcome).toMatchObject({ code: 2, out: '', err: expect.stringContaining('npm run parley -- ') });
    },
  );

  it('says which backup there is none of', async () => {
    const outcome = await backup('verify', 'parley-nothing.backup');
    expect(outcome).toMatchObject({ code: 1, err: expect.stringContaining('no backup of that name') });
  });
});
