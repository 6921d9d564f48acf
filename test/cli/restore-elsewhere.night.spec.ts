import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Config } from '../../src/platform/config/index.js';
import { findEmbeddedPostgres } from '../../src/platform/embedded/index.js';
import { databaseDump, residue } from '../privacy/residue.js';
import { CanarySubject } from '../privacy/canary-subject.js';
import { keysOf } from '../support/app.js';
import { runCli, runCliOnFullDisk } from '../support/cli.js';
import { TestClient, eventually } from '../support/client.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { InboxUnderTest, type TestInbox } from '../support/inbox.js';
import { TestServer } from '../support/server.js';
import { makeDataDirectory } from '../support/server-process.js';

/** The whole way by the command line alone: a server here, its backup, and the disaster after which another machine has it. */
describe('npm run parley -- backup restore, on another machine', () => {
  let under: InboxUnderTest;
  let ada: TestInbox;
  let spare: TestDatabase;
  let here: Readonly<Record<string, string>>;
  let there: Readonly<Record<string, string>>;
  let gone: CanarySubject;
  let kept: CanarySubject;
  let name = '';
  /** What is said where the journal does not reach as far as the backup knew it. */
  let lacked = '';

  beforeAll(async () => {
    under = await InboxUnderTest.start();
    const made = await under.inbox('Ada');
    ada = { ...made, channelId: await under.channel(made.workspaceId, { kind: 'WHATSAPP' }) };
    const { dataDir } = under.app.app.get(Config);
    const { database } = under.app;
    here = {
      DATA_DIR: dataDir,
      DATABASE_URL: database.appUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      ENCRYPTION_KEYS: keysOf(database),
    };
    // Its own Postgres is made there; a Redis is all that it is given.
    spare = await createTestDatabase();
    there = {
      DATA_DIR: await makeDataDirectory(),
      REDIS_URL: spare.redisUrl,
      BACKUP_URL: pathToFileURL(path.join(dataDir, 'backups')).href,
    };
    // Somebody before the backup, so that the journal has begun.
    await erase(await CanarySubject.plant(under, ada));
    gone = await CanarySubject.plant(under, ada);
    kept = await CanarySubject.plant(under, ada);
  }, 120_000);
  afterAll(async () => {
    await spare.drop();
    await under.stop();
  });

  const json = (out: string) => JSON.parse(out) as Record<string, unknown>;
  const keysGiven = () => ({ ...there, ENCRYPTION_KEYS: here['ENCRYPTION_KEYS'] ?? '' });
  const atHome = (...words: string[]) => runCli(here, 'backup', ...words);
  const restored = (...more: string[]) => runCli(keysGiven(), 'backup', 'restore', name, ...more);
  const bring = (...what: string[]) =>
    Promise.all(
      what.map((one) =>
        cp(path.join(here['DATA_DIR'] ?? '', one), path.join(there['DATA_DIR'] ?? '', one), { recursive: true }),
      ),
    );
  async function erase({ contactId }: CanarySubject): Promise<void> {
    await ada.client.ask('mutation ($id: ID!) { eraseContact(contactId: $id) { id } }', { id: contactId });
    await eventually(async () => {
      const { rows } = await under.admin.query('select from erasures where completed_at is null');
      return rows.length === 0 ? true : null;
    });
  }

  it('create, list, verify and prune beside the server that runs; on a full disk nothing is left behind [promise 69] [G20]', async () => {
    const full = await runCliOnFullDisk(10, here, 'backup', 'create', '--json');
    expect([full.code, json(full.out)]).toEqual([1, { error: expect.stringContaining('There is no room left in') }]);
    expect(await readdir(path.join(here['DATA_DIR'] ?? '', 'backups'))).toEqual([]);

    const created = await atHome('create', '--json');
    expect(created.code).toBe(0);
    name = String(json(created.out)['name']);
    expect(json(created.out)).toMatchObject({ missingFiles: 0, pruned: [] });
    lacked = `lacks entry ${String((json(created.out)['journal'] as { seq: number }).seq)}`;
    expect(json((await atHome('list', '--json')).out)['backups']).toMatchObject([{ name }]);
    const verified = await atHome('verify', name, '--json');
    expect([verified.code, json(verified.out)]).toEqual([
      0,
      expect.objectContaining({ ok: true, different: [], unchecked: [] }),
    ]);
    expect(json((await atHome('prune', '--json')).out)).toEqual({ pruned: [] });
    await erase(gone);
  }, 180_000);

  it('is refused until the keys and the journal are there, each time with what is missing [promise 71] [P4]', async () => {
    const refusal = async (environment: Readonly<Record<string, string>>) => {
      const { code, out, err } = await runCli(environment, 'backup', 'restore', name, '--json');
      expect([code, json(out)]).toEqual([1, { error: err.trim().split('\n').at(-1) }]);
      return err;
    };
    expect(await refusal(there)).toContain('The key of the backups is not here');
    await bring('backup-key.json');
    expect(await refusal(there)).toContain('The keys of the deployment are not in');
    await bring('secrets.json', 'receipt-signing.json');
    expect(await refusal(keysGiven())).toContain(lacked);
    await bring('journal');
  }, 120_000);

  it('gives all of it back, starts nothing without the journal, and with it nobody who was erased [promise 71] [P4] [G20]', async () => {
    const done = await restored('--json');
    expect(done.err).toContain('is whole');
    expect([done.code, json(done.out)]).toEqual([0, expect.objectContaining({ name, later: expect.any(Number) })]);
    expect(json(done.out)['later']).toBeGreaterThan(0);
    const again = await restored();
    expect(again).toMatchObject({ code: 1, out: '', err: expect.stringContaining('say --replace parley') });
    expect(await restored('--replace', 'parley')).toMatchObject({ code: 0 });

    const dataDir = there['DATA_DIR'] ?? '';
    await rename(path.join(dataDir, 'journal'), path.join(dataDir, 'away'));
    const server = await TestServer.alone(keysGiven());
    await expect(server.start()).rejects.toThrow(new RegExp(`Parley cannot start: .*${lacked}`));
    await rm(path.join(dataDir, 'journal'), { recursive: true, force: true });
    await rename(path.join(dataDir, 'away'), path.join(dataDir, 'journal'));
    await server.start();
    try {
      // The one before the backup is done once more: the journal is read from an hour before.
      expect(server.log).toContain('(2 erasures, 0 workspaces)');
      const ownerUrl = (await findEmbeddedPostgres(dataDir))?.ownerUrl ?? '';
      const places = await databaseDump(ownerUrl);
      expect(residue(places, gone.words)).toEqual([]);
      // Mails are let go by a restore: nothing is sent a second time.
      expect(
        kept.words.filter((word) => residue(places, [word]).length === 0).map((word) => word.slice(0, 2)),
      ).not.toContain('na');
      await signsIn(server);
      expect(await runCli(keysGiven(), 'audit', 'verify')).toMatchObject({ code: 0 });
      expect(await runCli(keysGiven(), 'keys', 'check')).toMatchObject({ code: 0, err: '' });
      expect(await runCli(keysGiven(), 'journal', 'verify')).toMatchObject({ code: 0 });
      await mkdir(path.join(dataDir, 'backups'), { recursive: true });
      const own = { ...keysGiven(), BACKUP_URL: pathToFileURL(path.join(dataDir, 'backups')).href };
      expect(await runCli(own, 'backup', 'create')).toMatchObject({ code: 0 });
      expect(await runCli(keysGiven(), 'backup', 'restore', name)).toMatchObject({
        code: 1,
        err: expect.stringContaining('runs. Stop it first. Nothing was changed'),
      });
    } finally {
      await server.stop();
    }
  }, 300_000);

  /** The old session is over; the password is as it was. */
  async function signsIn(server: TestServer): Promise<void> {
    const client = new TestClient(server.url);
    client.cookie = ada.client.cookie;
    expect(await client.ask('{ viewer { id } }')).toEqual({ viewer: null });
    const { rows } = await under.admin.query<{ email: string }>('select email from users');
    const fresh = new TestClient(server.url);
    const signed = await fresh.post('mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }', {
      input: { email: rows[0]?.email, password: 'a long enough password' },
    });
    expect(signed.errors).toBeUndefined();
  }
});
