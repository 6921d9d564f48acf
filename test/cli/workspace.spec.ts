import { mkdtemp, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { runCommand } from '../../src/cli/run-command.js';
import { newId, openSystemDatabase } from '../../src/platform/database/index.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { runCli } from '../support/cli.js';
import { TestClient } from '../support/client.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { makeDataDirectory } from '../support/server-process.js';

const key = (byte: number) => `k1:${Buffer.alloc(32, byte).toString('base64')}`;

describe('npm run parley -- workspace', () => {
  let app: TestApp;
  let there: TestDatabase;
  let database: Awaited<ReturnType<typeof openSystemDatabase>>;
  let folder: string;
  let workspaceId: string;
  beforeAll(async () => {
    app = await startTestApp({ redis: false, environment: { ENCRYPTION_KEYS: key(1) } });
    const client = await TestClient.signedUp(app.url, 'Ada');
    workspaceId = (await client.ask<{ workspace: { id: string } }>('{ workspace { id } }')).workspace.id;
    there = await createTestDatabase();
    database = await openSystemDatabase(there.appUrl);
    folder = await mkdtemp(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '', 'moved-'));
    const sql = new pg.Client({ connectionString: there.ownerUrl });
    await sql.connect();
    await sql.query(
      `insert into users (id, email, name, password_hash, email_verified_at) values ($1, 'olga@new.example', 'Olga', 'none', now())`,
      [newId()],
    );
    await sql.end();
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await there.drop();
    await app.close();
  });

  const workspace = async ({ appUrl, ownerUrl }: TestDatabase, byte: number, ...words: string[]) =>
    runCli(
      {
        DATABASE_URL: appUrl,
        DATABASE_OWNER_URL: ownerUrl,
        DATA_DIR: await makeDataDirectory(),
        ENCRYPTION_KEYS: key(byte),
        PUBLIC_URL: 'https://old.example',
      },
      'workspace',
      ...words,
    );

  it('writes a file for its owner alone, takes it in elsewhere, and says what is to be done next', async () => {
    const file = path.join(folder, 'ada.zip');
    const left = await workspace(app.database, 1, 'export', workspaceId, file, '--json');
    expect(left).toMatchObject({ code: 0, err: expect.stringContaining('audit_entries: ') });
    expect(JSON.parse(left.out)).toMatchObject({ file, files: 0, missingFiles: 0, workspace: { id: workspaceId } });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['ada.zip']);
    expect(await workspace(app.database, 1, 'export', workspaceId, file)).toMatchObject({
      code: 1,
      err: expect.stringContaining('is there already'),
    });

    expect(await workspace(there, 2, 'import', file)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/None of its owners \(\S+@\S+\) has an account here/),
    });
    const arrived = await workspace(there, 2, 'import', file, '--owner', 'Olga@New.example');
    expect(arrived).toMatchObject({ code: 0, out: expect.stringContaining('Its channels are disconnected') });
    expect(arrived.out).toMatch(/Nobody else has access\. Invite who worked there:\n {2}\S+@\S+ \(Ada, OWNER\)/);
    expect(arrived.err).toContain('The file is whole.');
    const audit = await runCli(
      { DATABASE_URL: there.appUrl, DATABASE_OWNER_URL: there.ownerUrl, DATA_DIR: folder, ENCRYPTION_KEYS: key(2) },
      'audit',
      'verify',
      workspaceId,
    );
    expect(audit).toMatchObject({ code: 0, out: expect.stringContaining('whole') });

    const again = await workspace(there, 2, 'import', file, '--owner', 'olga@new.example', '--json');
    expect(again.code).toBe(1);
    expect(JSON.parse(again.out)).toEqual({ error: expect.stringContaining('is here already') });
  }, 120_000);

  it('says what it cannot do, and leaves no file behind', async () => {
    const nothing = newId();
    const file = path.join(folder, 'none.zip');
    expect(await workspace(app.database, 1, 'export', nothing, file)).toMatchObject({
      code: 1,
      err: expect.stringContaining(`There is no workspace ${nothing} here.`),
    });
    expect(
      await workspace(app.database, 1, 'export', workspaceId, path.join(folder, 'no', 'folder.zip')),
    ).toMatchObject({
      code: 1,
      err: expect.stringContaining('cannot be written: ENOENT'),
    });
    expect(await readdir(folder)).not.toContain('none.zip.part');
  }, 60_000);

  it.each([
    [['export']],
    [['export', 'x', 'y']],
    [['export', newId(), 'a', 'b']],
    [['import']],
    [['import', 'a', 'b']],
  ])('ends %j with 2 and how it is used', async (words) => {
    // In this process, because a program takes half a second to start.
    const outcome = await runCommand(['workspace', ...words], (work) => work(database));
    expect(outcome).toMatchObject({ code: 2, out: '', err: expect.stringContaining('npm run parley -- workspace') });
  });

  it('says that a file is not there', async () => {
    const words = ['workspace', 'import', path.join(folder, 'none.zip'), '--owner', 'olga@new.example'];
    expect(await runCommand(words, (work) => work(database))).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no file'),
    });
  });
});
