import { mkdtemp, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { createApp, finishRestore } from '../../src/app.module.js';
import { Config, loadEnvironment } from '../../src/platform/config/index.js';
import { SystemDatabase, newId } from '../../src/platform/database/index.js';
import { BackupKeys } from '../../src/privacy/backup/backup-keys.js';
import { entriesSince } from '../../src/privacy/backup/entries-since.js';
import { type RestoreTarget, restoreBackup } from '../../src/privacy/backup/restore-backup.js';
import { Journal, SigningKeys } from '../../src/privacy/index.js';
import { DiskJournal } from '../../src/privacy/journal/disk-journal.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { BackupUnderTest, everyRow } from './backup-under-test.js';

const quiet = () => undefined;

describe('a restored backup', () => {
  let under: BackupUnderTest;
  let target: TestDatabase;
  let config: Config;
  beforeAll(async () => {
    under = await BackupUnderTest.start();
    target = await createTestDatabase();
    const { secrets } = loadEnvironment({ NODE_ENV: 'test', DATA_DIR: under.config.dataDir });
    // Another machine has another mail server than the one that the backup's list of recipients knows.
    const SMTP_URL = 'smtp://mail.elsewhere.example:587';
    config = new Config({ ...under.config.environment, SMTP_URL }, secrets, target.appUrl, null);
  }, 120_000);
  afterAll(async () => {
    await target.drop();
    await under.stop();
  });

  const journal = () => under.app.app.get(Journal);
  const erased = (workspaceId: string, contactId: string, conversationId: string) =>
    journal().append({
      kind: 'erasure',
      workspaceId,
      ids: {
        erasureId: newId(),
        scope: 'CONTACT',
        contactIds: [contactId],
        conversationIds: [conversationId],
        tombstones: [],
      },
      at: new Date(),
    });
  const restore = (name: string, replace: string | null = null, more: Partial<RestoreTarget> = {}, keys = under.keys) =>
    restoreBackup(() => under.place.read(name), keys, {
      ...target,
      files: { putBack: () => Promise.resolve() },
      config: under.config,
      replace,
      say: quiet,
      requireJournal: () => Promise.resolve(),
      ...more,
    });
  const holding = async (word: string, ...but: string[]) =>
    [...(await everyRow(target.ownerUrl))]
      .filter(([table, rows]) => !but.includes(table) && rows.some((row) => row.includes(word)))
      .map(([table]) => table);
  const ask = async (text: string) => {
    const client = new pg.Client({ connectionString: target.ownerUrl });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  };

  it('starts no server before what was erased since is erased again, and then nothing of it is there [promise 71] [P4] [G20]', async () => {
    const { a, b, story } = under.inboxes;
    await erased(a.workspaceId, newId(), newId());
    under.journal = await journal().position();
    await story.sql.query(`update messages set status = 'QUEUED' where id = $1`, [a.ids.outbound]);
    const made = await under.create();
    await erased(a.workspaceId, a.ids.contact, a.ids.conversation);
    await journal().append({ kind: 'workspace-deleted', workspaceId: b.workspaceId, ids: {}, at: new Date() });
    const [holdId, contactId] = [newId(), a.ids.secondContact];
    await journal().append({
      kind: 'hold-placed',
      workspaceId: a.workspaceId,
      ids: { holdId, contactId },
      at: new Date(),
    });
    await journal().append({
      kind: 'restriction',
      workspaceId: a.workspaceId,
      ids: { contactIds: [contactId] },
      at: new Date(),
    });
    const requestId = newId();
    await journal().append({
      kind: 'request-received',
      workspaceId: null,
      ids: {
        requestId,
        code: 'ab'.repeat(32),
        asked: 'ACCESS',
        door: 'PUBLIC_FORM',
        language: 'tr',
        due: '1800000000000',
      },
      at: new Date(),
    });

    await restore(made.name);
    expect(await holding('aardvark rex')).toContain('contacts');
    expect(await holding(b.workspaceId)).toContain('workspaces');
    expect(await ask('select from sessions')).toEqual([]);
    expect(await ask(`select status from messages where id = '${a.ids.outbound}'`)).toEqual([
      { status: 'UNCONFIRMED' },
    ]);
    await expect(createApp(config)).rejects.toThrow('is not erased again yet');

    // Without the journal, or with one that was changed, it stays as it is.
    const file = path.join(under.config.dataDir, 'journal', 'journal.jsonl');
    const whole = await readFile(file);
    await rename(file, `${file}.away`);
    await expect(finishRestore(config)).rejects.toThrow('lacks entry');
    const changed = Buffer.from(whole);
    changed[changed.length - 200] = (changed[changed.length - 200] ?? 0) ^ 1;
    await writeFile(file, changed);
    await expect(finishRestore(config)).rejects.toThrow('journal');
    await writeFile(
      file,
      whole
        .subarray(0, whole.indexOf('\n') + 1)
        .toString()
        .replace('"seq":1', '"seq":2'),
    );
    await expect(finishRestore(config)).rejects.toThrow('journal');
    await rename(`${file}.away`, file);
    expect(await holding('aardvark rex')).toContain('contacts');
    await expect(createApp(config)).rejects.toThrow('is not erased again yet');

    expect(await finishRestore(config)).toMatchObject({ workspaces: 1 });
    expect(await holding('aardvark rex')).toEqual([]);
    // Ids alone stay of what was asked for and of what was done with a token.
    expect(await holding(a.ids.contact, 'erasures', 'privacy_requests', 'token_uses')).toEqual([]);
    expect(await holding(b.workspaceId, 'workspace_deletions')).toEqual([]);
    expect(await holding(a.workspaceId)).toContain('workspaces');
    expect(
      await ask(`select contact_id as id from legal_holds where id = '${holdId}' and released_at is null`),
    ).toEqual([{ id: contactId }]);
    expect(await ask(`select processing_restricted as kept from contacts where id = '${contactId}'`)).toEqual([
      { kept: true },
    ]);
    expect(
      await ask(`select kind, language, due_at as due from instance_privacy_requests where id = '${requestId}'`),
    ).toEqual([{ kind: 'ACCESS', language: 'tr', due: new Date(1_800_000_000_000) }]);
    expect(
      await ask(`select announced_at, used_from <= now() as used from recipients where recipient like 'mail:%'`),
    ).toEqual([{ announced_at: null, used: true }]);
    expect(await finishRestore(config)).toBeNull();
    const app = await createApp(config);
    await app.close();
  }, 120_000);

  it('goes into an empty database alone, or into the one that was named, and costs nothing where it is damaged', async () => {
    const made = await under.create();
    const name = new URL(target.ownerUrl).pathname.slice(1);
    const before = await everyRow(target.ownerUrl);
    await expect(restore(made.name)).rejects.toThrow(`say --replace ${name}`);
    await expect(restore(made.name, 'another')).rejects.toThrow('this database is');
    const guest = new pg.Client({ connectionString: target.appUrl });
    await guest.connect();
    await expect(restore(made.name, name)).rejects.toThrow('is in use by 1 other');
    await guest.end();
    const file = path.join(under.folder, made.name);
    const bytes = await readFile(file);
    await writeFile(file, bytes.subarray(0, bytes.length - 1));
    await expect(restore(made.name, name)).rejects.toThrow('cut off');
    expect(await everyRow(target.ownerUrl)).toEqual(before);

    await writeFile(file, bytes);
    expect(await restore(made.name, name)).toMatchObject({ rows: made.rows, files: made.files });
    expect((await everyRow(target.ownerUrl)).get('contacts')).toEqual(
      (await everyRow(under.app.database.ownerUrl)).get('contacts'),
    );
    expect(await ask('select from restores where completed_at is null')).toHaveLength(1);
  }, 120_000);

  it('that was made by other means is told of with one statement, and then nothing that was erased since is there [promise 71] [P4]', async () => {
    const { a } = under.inboxes;
    // Once the test before is settled, its database is such a copy: of a moment after which the journal went on.
    await finishRestore(config);
    const contactId = newId();
    const contact = `select id from contacts where id = '${contactId}'`;
    await ask(`insert into contacts (workspace_id, id, name) values ('${a.workspaceId}', '${contactId}', 'Grace')`);
    await erased(a.workspaceId, contactId, newId());
    expect(await ask(contact)).toHaveLength(1);
    expect(await finishRestore(config)).toBeNull();
    const docs = await readFile(path.join(import.meta.dirname, '../../docs/backup.md'), 'utf8');
    const [, statement = ''] = /```sql\n(insert into restores [^`]+)```/.exec(docs) ?? [];
    await ask(statement.replace(/'2026[^']+'/, 'now()'));
    await expect(createApp(config)).rejects.toThrow('is not erased again yet');
    expect(await finishRestore(config)).not.toBeNull();
    expect(await ask(contact)).toEqual([]);
  }, 60_000);

  it('that is not of here, or whose journal is not, is refused with a sentence, and nothing is changed [promise 71] [P4]', async () => {
    const { workspaceId } = under.inboxes.a;
    under.journal = await journal().position();
    const made = await under.create();
    await erased(workspaceId, newId(), newId());
    const name = new URL(target.ownerUrl).pathname.slice(1);
    const before = await everyRow(target.ownerUrl);
    const lines = await readFile(path.join(under.config.dataDir, 'journal', 'journal.jsonl'), 'utf8');
    const short = lines.split('\n').slice(0, 1).join('\n');
    const system = under.app.app.get(SystemDatabase);
    const journalWith = async (text: string | null, keys = new SigningKeys(under.config)) => {
      const folder = await mkdtemp(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '', 'journal-'));
      if (text !== null) await writeFile(path.join(folder, 'journal.jsonl'), text);
      return {
        requireJournal: async (...[at, place]: Parameters<RestoreTarget['requireJournal']>) => {
          for await (const _ of entriesSince(new Journal(new DiskJournal(folder), system, keys), at, place));
        },
      };
    };
    const stranger = loadEnvironment({ NODE_ENV: 'test', DATA_DIR: await mkdtemp(path.join(under.folder, 'other-')) });
    const other = new Config(stranger.environment, stranger.secrets, '', null);
    const refused: [string, Partial<RestoreTarget>, BackupKeys?][] = [
      ['Add the key that it was made with', {}, new BackupKeys(Buffer.alloc(32, 3).toString('base64'))],
      ['is not the one that this database was written with', { config: other }],
      ['lacks entry', await journalWith(null)],
      ['lacks entry', await journalWith(`${short}\n`)],
      ['broken at line 1', await journalWith(lines.replace(workspaceId, newId()))],
      ['broken at line 1', await journalWith(lines, new SigningKeys(other))],
    ];
    for (const [why, more, keys] of refused) await expect(restore(made.name, name, more, keys)).rejects.toThrow(why);
    expect(await everyRow(target.ownerUrl)).toEqual(before);
    await restore(made.name, name, await journalWith(lines));
  }, 120_000);

  it('that is broken off leaves a database that no server starts with, and that it is restored into again [P4]', async () => {
    const made = await under.create();
    const name = new URL(target.ownerUrl).pathname.slice(1);
    const say = (line: string) => {
      if (line === 'messages is in') throw new Error('There is no room left.');
    };
    await expect(restore(made.name, name, { say })).rejects.toThrow('no room left');
    expect((await everyRow(target.ownerUrl)).get('users')).toBeUndefined();
    await expect(finishRestore(config)).rejects.toThrow('was broken off, and the database is empty');
    await expect(createApp(config)).rejects.toThrow('was broken off, and the database is empty');
    // Nothing is there that could be thrown away.
    await restore(made.name);
    expect(await holding('aardvark rex')).toContain('contacts');
    await expect(createApp(config)).rejects.toThrow('is not erased again yet');
  }, 120_000);
});
