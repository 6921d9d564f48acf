import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { type TestDatabase, createTestDatabase } from '../../../test/support/database.js';
import { ObjectStore } from '../../../test/support/object-store.js';
import { Config, loadEnvironment } from '../../platform/config/index.js';
import { newId, openSystemDatabase } from '../../platform/database/index.js';
import { OutgoingClient } from '../../platform/http/index.js';
import { SignedBucket } from '../../platform/files/index.js';
import { SigningKeys } from '../proof/signing-keys.js';
import type { JournalEntry, JournalPosition, JournalRecord } from './journal-entry.js';
import type { Journal } from './journal.js';
import { NumberTaken } from './journal-store.js';
import { ObjectJournal } from './object-journal.js';
import { openJournal } from './open-journal.js';

const signingKey = randomBytes(32).toString('base64');
const record = (more: Partial<JournalRecord> = {}): JournalRecord => ({
  kind: 'erasure',
  workspaceId: newId(),
  ids: { erasureId: newId(), contactIds: [newId(), newId()] },
  at: new Date(),
  ...more,
});

describe('the erasure journal', () => {
  let database: TestDatabase;
  let opened: Awaited<ReturnType<typeof openSystemDatabase>>;
  let folder: string;
  let file: string;
  const closing: (() => Promise<unknown>)[] = [];

  /** As a process that starts opens it: it knows nothing but what is written. */
  const open = (more: Record<string, string> = {}): Journal => {
    const { environment, secrets } = loadEnvironment({
      NODE_ENV: 'test',
      DATA_DIR: folder,
      RECEIPT_SIGNING_KEY: signingKey,
      ...more,
    });
    const config = new Config(environment, secrets, database.appUrl, null);
    const http = new OutgoingClient(config);
    const journal = openJournal(config, http, opened.system, new SigningKeys(config));
    closing.push(async () => {
      await journal.close();
      await http.onApplicationShutdown();
    });
    return journal;
  };
  const entries = async (journal: Journal, after: JournalPosition | null = null) => {
    const all: JournalEntry[] = [];
    for await (const entry of journal.read(after)) all.push(entry);
    return all;
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    opened = await openSystemDatabase(database.appUrl);
  });
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'journal-'));
    file = path.join(folder, 'journal', 'journal.jsonl');
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query('delete from journal_heads');
    await owner.end();
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
    await rm(folder, { recursive: true, force: true });
  });
  afterAll(async () => {
    await opened.close();
    await database.drop();
  });

  it('gives back what was written, in its order, from any place on', async () => {
    const journal = open();
    expect([await journal.position(), await entries(journal)]).toEqual([{ seq: 0, hash: '0'.repeat(64) }, []]);
    const written = [record(), record({ kind: 'objection', workspaceId: null }), record({ kind: 'hold-placed' })];
    const positions: JournalPosition[] = [];
    for (const one of written) positions.push(await journal.append(one));
    const expected = written.map((one, index) => ({ ...one, ...positions[index] }));
    expect(await entries(open())).toEqual(expected);
    expect(await entries(open(), positions[0])).toEqual(expected.slice(1));
    expect(await entries(open(), positions[2])).toEqual([]);
    expect(await open().position()).toEqual(positions[2]);
    expect(await open().verify()).toEqual({ entries: 3, last: positions[2], torn: 0, broken: null });
  });

  it('holds ids and digests alone', async () => {
    const journal = open();
    for (const name of ['ada@example.com', '+905550001122', 'Ada Lovelace', 'a b', ''])
      await expect(async () => journal.append(record({ ids: { contact: name } }))).rejects.toThrow('ids and digests');
    expect(await entries(journal)).toEqual([]);
  });

  it('is one chain, however many write at once, in two processes [P6]', async () => {
    const [one, other] = [open(), open()];
    const all = Array.from({ length: 60 }, (_none, index) => (index % 2 === 0 ? one : other).append(record()));
    const positions = await Promise.all(all);
    expect(positions.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_n, i) => i + 1));
    expect(await open().verify()).toMatchObject({ entries: 60, broken: null });
  });

  it('closes off a write that was cut off at any of its bytes, and says so, and loses nothing before it', async () => {
    const journal = open();
    const first = await journal.append(record());
    const before = await readFile(file);
    await journal.append(record());
    const whole = await readFile(file);
    const cuts = [before.length + 1, before.length + 2, whole.length - 2, whole.length - 1];
    for (let cut = before.length + 3; cut < whole.length - 2; cut += 37) cuts.push(cut);
    for (const cut of cuts) {
      await writeFile(file, whole.subarray(0, cut));
      await forgetHead(first);
      expect(await open().verify()).toMatchObject({ broken: null, torn: cut < whole.length - 1 ? 1 : 0 });
      const torn = cut < whole.length - 1;
      const next = await open().append(record());
      expect(next.seq).toBe(torn ? 2 : 3);
      expect(await open().verify()).toMatchObject({ entries: next.seq, last: next, torn: torn ? 1 : 0, broken: null });
      // What is closed off is noted by its digest: it cannot be changed or taken out any more.
      const closed = await readFile(file);
      if (!torn) continue;
      await writeFile(file, Buffer.concat([closed.subarray(0, before.length), closed.subarray(cut + 1)]));
      expect((await open().verify()).broken?.reason).toContain('taken out there');
    }
    expect(cuts.length).toBeGreaterThan(10);
  });

  it('loses nothing that it said was safe, killed in the middle of its writes [P6]', async () => {
    const safe = new Map<number, string>();
    for (let kill = 0; kill < 4; kill += 1) {
      for (const [seq, hash] of await appendUntilKilled(30 + kill * 40)) safe.set(seq, hash);
      const read = new Map((await entries(open())).map(({ seq, hash }) => [seq, hash]));
      for (const [seq, hash] of safe) expect(read.get(seq)).toBe(hash);
    }
    expect(safe.size).toBeGreaterThan(8);
    const { entries: count, broken } = await open().verify();
    expect([count >= safe.size, broken]).toEqual([true, null]);
  }, 120_000);

  it('shows every change: edits, lines taken out, put elsewhere, said twice, signed by another [P6]', async () => {
    const journal = open();
    for (let entry = 0; entry < 6; entry += 1) await journal.append(record());
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    const [foreign] = await foreignLines();
    const line = (index: number) => lines[index] ?? '';
    const edited = (change: (text: string) => string) => lines.toSpliced(2, 1, change(line(2)));
    const cases: [string, string[], number][] = [
      ['edited', edited((text) => text.replace('"erasure"', '"objection"')), 3],
      ['another workspace', edited((text) => text.replace(/"workspaceId":"[^"]+"/, `"workspaceId":"${newId()}"`)), 3],
      [
        'said to be torn',
        edited((text) => text.replace('"torn":null', `"torn":{"bytes":1,"digest":"${'a'.repeat(64)}"}`)),
        3,
      ],
      ['written otherwise', edited((text) => text.replace('{"at"', '{ "at"')), 3],
      ['no entry', edited(() => '{}'), 3],
      ['made unreadable', edited((text) => text.slice(1)), 4],
      ['taken out', lines.toSpliced(2, 1), 3],
      ['first taken out', lines.slice(1), 1],
      ['changed places', [line(0), line(2), line(1), ...lines.slice(3)], 2],
      ['said twice', lines.toSpliced(2, 0, line(2)), 4],
      ['signed by another', [foreign ?? '', ...lines.slice(1)], 1],
    ];
    for (const [what, changed, at] of cases) {
      await writeFile(file, `${changed.join('\n')}\n`);
      expect([what, (await open().verify()).broken?.line]).toEqual([what, at]);
      await expect(entries(open())).rejects.toThrow(`broken at line ${String(at)}`);
    }
  });

  it('notices that its end was cut off: whoever writes next, and whoever knows a place in it [P6]', async () => {
    const journal = open();
    await journal.append(record());
    const size = (await readFile(file)).length;
    const last = await journal.append(record());
    await truncate(file, size);
    await expect(open().append(record())).rejects.toThrow('ends at entry 1, and entry 2 was written');
    await expect(entries(open(), last)).rejects.toThrow('entry 2, which was written, is not there');
    await rm(file);
    await expect(open().append(record())).rejects.toThrow('ends at entry 0, and entry 2 was written');
    // Not even a line of its own is added behind what is wrong.
    await appendFile(file, '{"seq":1}\n');
    await expect(open().append(record())).rejects.toThrow('broken at its end');
  });

  it('is written before the transaction ends that waits for it, though all connections wait', async () => {
    const journal = open();
    const done = await Promise.all(
      Array.from({ length: 12 }, () => opened.system.run(async () => (await journal.append(record())).seq)),
    );
    expect(new Set(done).size).toBe(12);
  });

  describe('in a bucket', () => {
    let store: ObjectStore;
    const inBucket = (more: Record<string, string> = {}) =>
      open({ ...store.environment(), JOURNAL_URL: store.environment('/parley')['STORAGE_URL'] ?? '', ...more });
    beforeAll(async () => {
      store = await ObjectStore.start();
    });
    beforeEach(() => store.objects.clear());
    afterAll(() => store.stop());

    it('is one object an entry, read in order, and checked as in a file', async () => {
      const written = Array.from({ length: 8 }, () => record());
      for (const one of written) await inBucket().append(one);
      expect([...store.objects.keys()].slice(0, 2)).toEqual(
        [1, 2].map((n) => `parley/journal/00000000000${String(n)}.json`),
      );
      const read = await entries(inBucket());
      expect(read).toMatchObject(written);
      expect(await entries(inBucket(), read[5])).toEqual(read.slice(6));
      store.objects.delete('parley/journal/000000000004.json');
      expect((await inBucket().verify()).broken).toEqual({ line: 4, reason: 'entry 4 is missing before it' });
    });

    it('lets no two writers take one number, whatever became of the lock, and knows its own after a lost answer', async () => {
      const storeOf = () => {
        const { environment, secrets } = loadEnvironment({
          NODE_ENV: 'test',
          DATA_DIR: folder,
          ...store.environment(),
        });
        const config = new Config(environment, secrets, database.appUrl, null);
        if (config.bucket === null) throw new Error('The environment names no bucket.');
        const http = new OutgoingClient(config);
        closing.push(() => http.onApplicationShutdown());
        return new ObjectJournal(new SignedBucket(http, config.bucket), 'bucket');
      };
      const [one, other] = [storeOf(), storeOf()];
      await one.add([{ seq: 1, line: 'mine' }]);
      await expect(other.add([{ seq: 1, line: 'theirs' }])).rejects.toThrow(NumberTaken);
      await one.add([{ seq: 1, line: 'mine' }]);
      expect([...store.objects.values()].map(String)).toEqual(['mine']);
      store.objects.clear();
      await Promise.all([inBucket().append(record()), inBucket().append(record())]);
      store.lostAnswers = 1;
      expect((await inBucket().append(record())).seq).toBe(3);
      expect(await inBucket().verify()).toMatchObject({ entries: 3, broken: null });
    });
  });

  async function forgetHead({ seq, hash }: JournalPosition): Promise<void> {
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query('update journal_heads set seq = $1, hash = $2', [seq, hash]);
    await owner.end();
  }

  /** The lines of a journal that was written with another key. */
  async function foreignLines(): Promise<string[]> {
    const own = folder;
    const elsewhere = await mkdtemp(path.join(tmpdir(), 'journal-'));
    folder = elsewhere;
    const journal = open({ RECEIPT_SIGNING_KEY: randomBytes(32).toString('base64') });
    folder = own;
    await forgetHead({ seq: 0, hash: '0'.repeat(64) });
    await journal.append(record());
    const text = await readFile(path.join(elsewhere, 'journal', 'journal.jsonl'), 'utf8');
    await rm(elsewhere, { recursive: true });
    return text.split('\n');
  }

  /** Starts a process that appends, kills it that long after its first entry, and gives what it said was safe. */
  function appendUntilKilled(milliseconds: number): Promise<[number, string][]> {
    const script = path.join(import.meta.dirname, '../../../test/support/append-journal.mjs');
    const child = spawn(process.execPath, [script, database.appUrl, folder, signingKey], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (said === '') setTimeout(() => child.kill('SIGKILL'), milliseconds);
      said += chunk.toString();
    });
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', () => {
        const whole = said.split('\n').slice(0, -1);
        resolve(whole.map((line) => [Number(line.split(' ')[0]), line.split(' ')[1] ?? '']));
      });
    });
  }
});
