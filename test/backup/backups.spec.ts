import { Buffer } from 'node:buffer';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { RowDigest, type StoredTable, newId } from '../../src/platform/database/index.js';
import { BackupDamaged } from '../../src/privacy/backup/backup-damaged.js';
import { BackupFolder } from '../../src/privacy/backup/backup-folder.js';
import { type LoadTarget, loadBackup } from '../../src/privacy/backup/load-backup.js';
import { nameOf } from '../../src/privacy/backup/backup-place.js';
import { pruneBackups } from '../../src/privacy/backup/prune-backups.js';
import { readParts } from '../../src/privacy/backup/read-parts.js';
import { seal, unseal } from '../../src/privacy/backup/sealed-stream.js';
import { differences, isGood, verifyBackup } from '../../src/privacy/backup/verify-backup.js';
import { createTestDatabase } from '../support/database.js';
import { BackupUnderTest, catalogOf, everyRow } from './backup-under-test.js';

const day = 86_400_000;
const quiet = () => undefined;

describe('a backup', () => {
  let under: BackupUnderTest;
  beforeAll(async () => {
    under = await BackupUnderTest.start();
    // What fills tables for the walls' sake was signed by nobody.
    await under.inboxes.story.sql.query('delete from audit_checkpoints');
  }, 120_000);
  afterAll(() => under.stop());

  const source = (name: string) => () => under.place.read(name);

  it('loaded into an empty database gives back every row of every table, every file, and the walls around them [G20]', async () => {
    const made = await under.create();
    const before = await everyRow(under.app.database.ownerUrl);
    expect(before.size).toBeGreaterThan(50);
    const target = await createTestDatabase();
    try {
      const files = new Map<string, Buffer>();
      const putBack: NonNullable<LoadTarget['files']>['putBack'] = async (workspaceId, id, variant, body) => {
        files.set(`${workspaceId}/${id}/${variant}`, body);
      };
      const whole = await readParts(source(made.name)(), under.keys);
      const unchecked = await loadBackup(source(made.name)(), under.keys, whole, {
        ...target,
        files: { putBack },
        say: quiet,
      });
      expect(unchecked).toEqual([]);
      const after = await everyRow(target.ownerUrl);
      const moving = new Set(['watchers', 'presences']);
      for (const [table, rows] of before)
        if (!moving.has(table)) expect([table, after.get(table)]).toEqual([table, rows]);
      expect([...after.keys()].filter((table) => !before.has(table))).toEqual([]);
      expect(made.rows).toBe(whole.totals.rows);
      expect(await catalogOf(target.ownerUrl)).toEqual(await catalogOf(under.app.database.ownerUrl));
      for (const { ids, workspaceId, label } of [under.inboxes.a, under.inboxes.b])
        expect(files.get(`${workspaceId}/${ids.file}/whole`)?.toString()).toBe(`${label} ${label}\n${label}\n`);
      expect(files.size).toBe(made.files);
      expect(await differences(target.ownerUrl, whole.tables)).toEqual([]);
    } finally {
      await target.drop();
    }
  }, 60_000);

  it('holds nothing that can be read, and is for its owner alone [promise 69]', async () => {
    const made = await under.create();
    const bytes = await readFile(path.join(under.folder, made.name));
    for (const word of ['aardvark', 'buffalo', 'messages', 'workspace'])
      for (const form of [word, Buffer.from(word).toString('hex'), Buffer.from(word).toString('base64').slice(0, 8)])
        expect([form, bytes.includes(form)]).toEqual([form, false]);
  });

  it('is taken at one moment, though the server writes meanwhile', async () => {
    const { sql } = under.inboxes.story;
    const { workspaceId } = under.inboxes.a;
    const messages = async () =>
      Number((await sql.query<{ n: string }>('select count(*) as n from messages')).rows[0]?.n ?? 0);
    const before = await messages();
    let written = 0;
    // While the first tables are read, rows of a later one come and go.
    const files = {
      read: async () => {
        throw Object.assign(new Error('gone'), { code: 'ENOENT' });
      },
    };
    const writing = (async () => {
      for (; written < 20; written += 1)
        await sql.query(
          `insert into contact_notes (workspace_id, id, contact_id, member_id, text)
           select workspace_id, $2, contact_id, member_id, 'later' from contact_notes where workspace_id = $1 limit 1`,
          [workspaceId, newId()],
        );
    })();
    const [made] = await Promise.all([under.create(files), writing]);
    expect(made.missingFiles).toBeGreaterThan(0);
    const whole = await readParts(source(made.name)(), under.keys);
    expect(whole.tables.get('messages')?.rows).toBe(before);
    expect(written).toBe(20);
    await sql.query(`delete from contact_notes where text = 'later'`);
  });

  it('is verified in a database of its own, its audit logs too, and says which table is not as it was [G20]', async () => {
    const made = await under.create();
    const before = await readdir(process.env['TMPDIR'] ?? '/tmp');
    const verdict = await verifyBackup(source(made.name), under.keys, under.config, quiet);
    expect(verdict.audit?.map(({ broken }) => broken)).toEqual([null, null]);
    expect(isGood(verdict)).toBe(true);
    expect(verdict).toMatchObject({ rows: made.rows, different: [], unchecked: [] });
    expect(verdict.audit?.length).toBe(2);
    expect(verdict.audit?.every(({ entries }) => entries > 0)).toBe(true);
    const after = await readdir(process.env['TMPDIR'] ?? '/tmp');
    expect(after.filter((name) => name.startsWith('parley-verify-') && !before.includes(name))).toEqual([]);

    // An audit entry that was rewritten in the database before the backup is found by it.
    const { sql } = under.inboxes.story;
    const { rows } = await sql.query<{ id: string; action: string }>(
      'select id, action from audit_entries order by id limit 1',
    );
    await sql.query(`update audit_entries set action = 'nothing.happened' where id = $1`, [rows[0]?.id]);
    const worse = await under.create();
    await sql.query('update audit_entries set action = $2 where id = $1', [rows[0]?.id, rows[0]?.action]);
    const second = await verifyBackup(source(worse.name), under.keys, under.config, quiet);
    expect(isGood(second)).toBe(false);
    expect(second.audit?.filter(({ broken }) => broken !== null)).toHaveLength(1);
  }, 120_000);

  it('is compared by rows and digests: one value, one row more or one less is a difference', async () => {
    const made = await under.create();
    const { tables } = await readParts(source(made.name)(), under.keys);
    const { sql } = under.inboxes.story;
    const changed = async () =>
      (await differences(under.app.database.ownerUrl, tables)).filter((name) => name.startsWith('contact'));
    expect(await changed()).toEqual([]);
    await sql.query(`update contacts set name = name || '!' where id = $1`, [under.inboxes.a.ids.contact]);
    expect(await changed()).toEqual(['contacts']);
    await sql.query(`update contacts set name = left(name, -1) where id = $1`, [under.inboxes.a.ids.contact]);
    expect(await changed()).toEqual([]);
    const { rows } = await sql.query(`delete from contact_notes where workspace_id = $1 returning *`, [
      under.inboxes.b.workspaceId,
    ]);
    expect(rows.length).toBeGreaterThan(0);
    expect(await changed()).toContain('contact_notes');
  });

  it('whose content was put together anew, with the right key, is found by its counts and digests', async () => {
    const made = await under.create();
    const plain = await buffer(Readable.from(unseal(under.place.read(made.name), under.keys)));
    const forged = async (bytes: Buffer) => {
      const sealed = seal(Readable.from([bytes]), under.keys, {
        createdAt: made.createdAt.toISOString(),
        version: '1',
      });
      return readParts(sealed, under.keys);
    };
    await expect(forged(plain)).resolves.toMatchObject({ totals: { rows: made.rows } });
    await expect(forged(plain.subarray(0, plain.length - 40))).rejects.toThrow();
  });

  it('that was damaged is refused with a sentence, and nothing of it is loaded', async () => {
    const made = await under.create();
    const file = path.join(under.folder, made.name);
    const bytes = await readFile(file);
    const target = await createTestDatabase();
    try {
      for (const [what, damaged] of [
        ['damaged', Buffer.from(bytes.map((byte, at) => (at === bytes.length >> 1 ? byte ^ 4 : byte)))],
        ['cut off', bytes.subarray(0, bytes.length - 1)],
      ] as const) {
        await writeFile(file, damaged);
        await expect(readParts(source(made.name)(), under.keys)).rejects.toThrow(BackupDamaged);
        await expect(readParts(source(made.name)(), under.keys)).rejects.toThrow(what);
        const whole = { manifest: { migrations: [], tables: [], sequences: [], journal: null, at: '' } };
        await expect(
          loadBackup(source(made.name)(), under.keys, whole as never, { ...target, files: null, say: quiet }),
        ).rejects.toThrow();
      }
      expect((await everyRow(target.ownerUrl)).get('users')).toBeUndefined();
    } finally {
      await target.drop();
    }
  });

  it('leaves its folder before it is 90 days old, the last one too, and what was never finished after a day [promise 70] [P9]', async () => {
    const now = new Date('2027-06-01T12:00:00Z');
    const made = (days: number) => nameOf(new Date(now.getTime() - days * day), '0a0b0c0d');
    for (const days of [0, 30, 88, 89.5, 90, 400]) await writeFile(path.join(under.folder, made(days)), 'x');
    await writeFile(path.join(under.folder, `${made(0.5)}.part`), 'x');
    await writeFile(path.join(under.folder, `${made(2)}.part`), 'x');
    await writeFile(path.join(under.folder, 'a file of somebody else'), 'x');
    const pruned = await pruneBackups(under.place, { now });
    expect(pruned.map(({ name }) => name)).toEqual(expect.arrayContaining([made(400), made(90), made(89.5)]));
    const left = await readdir(under.folder);
    expect(left).toEqual(
      expect.arrayContaining([made(0), made(30), made(88), `${made(0.5)}.part`, 'a file of somebody else']),
    );
    for (const gone of [made(89.5), made(90), made(400), `${made(2)}.part`]) expect(left).not.toContain(gone);
    const log = await readFile(path.join(under.folder, 'backups.log'), 'utf8');
    for (const gone of [made(89.5), made(90), made(400)]) expect(log).toContain(gone);
    // Nobody makes new ones any more: the last goes all the same, and a key that opens nothing is all that stays.
    await pruneBackups(under.place, { now: new Date(now.getTime() + 90 * day) });
    expect((await under.place.list()).filter(({ createdAt }) => createdAt <= now)).toEqual([]);
  });

  it('of a schedule of minutes are thinned where that is asked for: a day of all, a week of hours, then days [promise 70]', async () => {
    const now = new Date('2028-06-15T12:00:00Z');
    const folder = path.join(under.folder, 'thin');
    await mkdir(folder);
    const place = new BackupFolder(folder);
    // Every ten minutes for ten days.
    const made = Array.from({ length: 10 * 144 }, (_, n) => new Date(now.getTime() - (n * 10 + 5) * 60_000));
    for (const at of made) await writeFile(path.join(folder, nameOf(at, '0a0b0c0d')), 'x');
    expect(await pruneBackups(place, { now })).toEqual([]);
    const removed = await pruneBackups(place, { now, thin: true });
    const left = (await place.list()).map(({ createdAt }) => createdAt);
    const ages = left.map((at) => (now.getTime() - at.getTime()) / day);
    expect(ages.filter((age) => age <= 1)).toHaveLength(144);
    expect(ages.filter((age) => age > 1 && age <= 7)).toHaveLength(144);
    expect(ages.filter((age) => age > 7)).toHaveLength(4);
    expect(removed).toHaveLength(made.length - left.length);
    // What is kept of an hour and of a day is the last of it.
    const days = left
      .filter((at) => now.getTime() - at.getTime() > 7 * day)
      .map((at) => at.toISOString().slice(11, 16));
    expect(days).toEqual(['23:55', '23:55', '23:55', '11:55']);
    expect(await pruneBackups(place, { now, thin: true })).toEqual([]);
  });

  it('are made one at a time: a second is refused while the first is being made', async () => {
    let second: Promise<unknown> = Promise.resolve();
    const files = {
      read: async () => {
        await (second = under.create());
        throw new Error('It was let in.');
      },
    };
    await expect(under.create(files)).rejects.toThrow('Another backup of this database is being made just now');
    await expect(second).rejects.toThrow('Another backup');
    await under.create();
  });

  it('counts rows in whatever order they come, and refuses what breaks off', () => {
    const header = Buffer.concat([Buffer.from('PGCOPY\n\u00ff\r\n\0', 'latin1'), Buffer.alloc(8)]);
    const row = (text: string) => {
      const bytes = Buffer.from(text);
      const front = Buffer.alloc(6);
      front.writeInt16BE(1);
      front.writeInt32BE(bytes.length, 2);
      return Buffer.concat([front, bytes]);
    };
    const end = Buffer.from([255, 255]);
    const sumOf = (rows: readonly Buffer[], pieces: number) => {
      const bytes = Buffer.concat([header, ...rows, end]);
      const digest = new RowDigest();
      for (let at = 0; at < bytes.length; at += pieces) digest.add(bytes.subarray(at, at + pieces));
      return digest.end();
    };
    const [a, b, c] = [row('a'), row('bee'), row('')] as const;
    expect(sumOf([a, b, c], 1)).toEqual(sumOf([c, a, b], 1_000));
    expect(sumOf([a, b, c], 7).rows).toBe(3);
    expect(sumOf([a, b], 3).digest).not.toBe(sumOf([a, c], 3).digest);
    expect(sumOf([a, a, b], 3).digest).not.toBe(sumOf([b], 3).digest);
    const cut = new RowDigest();
    cut.add(Buffer.concat([header, a, b]));
    expect(() => cut.end()).toThrow('break off');
  });

  it('knows the columns that a table is filled by, and leaves out those that follow from them', async () => {
    const made = await under.create();
    const seen: StoredTable[] = [];
    await readParts(source(made.name)(), under.keys, { table: async (table) => void seen.push(table) });
    expect(seen.find(({ name }) => name === 'contacts')?.columns).not.toContain('search');
    expect(seen.some(({ partition }) => partition?.of === 'deliveries')).toBe(true);
  });
});
