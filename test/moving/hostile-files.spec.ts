import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { newId } from '../../src/platform/database/index.js';
import { carriedTables } from '../../src/privacy/moving/ways.js';
import { InsertRows } from '../../src/privacy/moving/insert-rows.js';
import { everyRow } from '../backup/backup-under-test.js';
import type { FurnishedInbox } from '../isolation/two-inboxes.js';
import { asAdmin } from '../support/database.js';
import { APP_ROLE } from '../support/database-names.js';
import { type Deployment, Move, TakenApart } from './moving-under-test.js';

const owner = 'olga@new.example';

/** Whoever writes the file is taken for hostile: what it says is checked, and one that is refused leaves nothing. */
describe('a file of a workspace that cannot be trusted', () => {
  let move: Move;
  let old: Deployment;
  let there: Deployment;
  let a: FurnishedInbox;
  let folder: string;
  let file: string;
  beforeAll(async () => {
    move = await Move.prepare(owner);
    ({ old, there, folder, file } = move);
    ({ a } = move.inboxes);
    await old.export(a.workspaceId, file);
  }, 120_000);
  afterAll(() => move.stop());

  /** The file, changed before it is put together again so that it can be believed. */
  const changed = async (change: (apart: TakenApart) => void) => {
    const apart = await TakenApart.of(file);
    change(apart);
    return apart.write(path.join(folder, `${newId()}.zip`));
  };
  const withBytes = async (change: (bytes: Buffer) => Buffer) => {
    const target = path.join(folder, `${newId()}.zip`);
    await writeFile(target, change(await readFile(file)));
    return target;
  };
  const inRows =
    (table: string, change: (row: Record<string, unknown>) => Record<string, unknown>) => (apart: TakenApart) =>
      apart.setRows(table, apart.rowsOf(table).map(change));
  /** Refused with a sentence, and nothing of it is there: no row in any table, no byte among the files. */
  const refuses = async (given: string, sentence: RegExp) => {
    const before = await everyRow(there.ownerUrl);
    const outcome = await there.import(given, owner).then(
      () => 'It was taken in.',
      (error: unknown) => (error as Error).message,
    );
    expect(outcome).toMatch(sentence);
    expect(outcome).toMatch(/^[A-Z].*\.$/);
    expect(await everyRow(there.ownerUrl)).toEqual(before);
    expect(await there.storedNames()).toEqual([]);
  };

  it('is refused where it is no zip, cut off, or changed by a bit', async () => {
    const text = path.join(folder, 'text.zip');
    await writeFile(text, 'this is no zip');
    await refuses(text, /It is no zip, or its end is missing/);
    await refuses(
      await withBytes((bytes) => bytes.subarray(0, bytes.length - 40)),
      /It is no zip, or its end is missing/,
    );
    await refuses(
      await withBytes((bytes) => Buffer.concat([bytes.subarray(0, 100), bytes.subarray(300)])),
      /cannot be trusted/,
    );
    await refuses(
      await withBytes((bytes) => {
        const at = bytes.indexOf('data/messages.jsonl') + 40;
        bytes[at] = (bytes[at] ?? 0) ^ 4;
        return bytes;
      }),
      /damaged/,
    );
  });

  it('is refused where a part is not what its list says: rows, a table for people, a stored file', async () => {
    await refuses(
      await changed((apart) => {
        const rows = apart.entries.get('data/messages.jsonl')?.toString() ?? '';
        apart.entries.set('data/messages.jsonl', Buffer.from(rows.replace('speaks', 'spokes')));
      }),
      /data\/messages.jsonl in it is not what was written/,
    );
    await refuses(
      await changed((apart) => apart.entries.set('tables/contacts.csv', Buffer.from('=cmd()'))),
      /tables\/contacts.csv in it is not what was written/,
    );
    await refuses(
      await changed((apart) => apart.entries.set(`files/${a.ids.file}-aardvark.txt`, Buffer.from('another'))),
      /The stored file .* is not what was written/,
    );
    await refuses(
      await changed((apart) => apart.entries.delete('data/contacts.jsonl')),
      /It lacks "data\/contacts.jsonl"/,
    );
    await refuses(
      await changed((apart) => {
        const found = apart.manifest.tables.find(({ name }) => name === 'contacts');
        Object.assign(found ?? {}, { rows: 1 });
      }),
      /rows of contacts, and says that it holds others/,
    );
  });

  it('is refused where a row is of another workspace, which the database refuses too [S1]', async () => {
    const foreign = newId();
    await refuses(
      await changed(inRows('contacts', (row) => ({ ...row, workspace_id: foreign }))),
      /belongs to another workspace/,
    );
    await refuses(
      await changed(inRows('workspaces', (row) => ({ ...row, id: foreign }))),
      /belongs to another workspace/,
    );
    const line = JSON.stringify({ workspace_id: foreign, id: newId(), shortcut: 'x', text: 'y' });
    const way = carriedTables.get('canned_responses');
    const forced = there.open.workspaces.run(newId(), (tx) =>
      new InsertRows(tx, there.secrets).insert({
        name: 'canned_responses',
        way: way ?? { carried: '' },
        columns: way?.carried.split(' ') ?? [],
        async *lines() {
          yield await Promise.resolve(line);
        },
      }),
    );
    await expect(forced).rejects.toThrow('A row of canned_responses belongs to another workspace');
  });

  it('is refused where it brings tables or columns that do not travel: keys, tokens, digests, logins', async () => {
    const table = (name: string, columns: string[]) => (apart: TakenApart) => {
      apart.manifest.tables.push({ name, columns, rows: 0, parts: [] });
      apart.setRows(name, [Object.fromEntries(columns.map((column) => [column, a.workspaceId]))]);
    };
    for (const name of ['workspace_keys', 'api_tokens', 'users', 'tombstones', 'due', 'migrations'])
      await refuses(
        await changed(table(name, ['workspace_id', 'id'])),
        new RegExp(`It holds the table "${name}", which does not travel`),
      );
    await refuses(
      await changed((apart) => {
        apart.manifest.tables.find(({ name }) => name === 'members')?.columns.push('user_id');
        inRows('members', (row) => ({ ...row, user_id: newId() }))(apart);
      }),
      /It holds the column "user_id" of members, which does not travel/,
    );
    await refuses(
      await changed(inRows('channels', (row) => ({ ...row, token: '\\x00' }))),
      /with a column that the table does not say it has/,
    );
  });

  it('is refused where what it says of itself is not what Parley writes, or is of a later release', async () => {
    const said = (more: object) => changed((apart) => Object.assign(apart.manifest, more));
    await refuses(await said({ format: 2 }), /written by a later release of Parley, in a form/);
    await refuses(await said({ migrations: ['Later9999999999999'] }), /written by a later release of Parley/);
    await refuses(await said({ product: 'Other' }), /not what Parley writes/);
    await refuses(await said({ extra: true }), /not what Parley writes/);
    await refuses(
      await said({ workspace: { id: '00000000-0000-0000-0000-000000000000', name: 'x' } }),
      /It names no workspace|another workspace/,
    );
    await refuses(
      await changed((apart) => apart.entries.set('run.sh', Buffer.from('rm'))),
      /It holds "run.sh", which no release of Parley wrote/,
    );
    await refuses(
      await changed((apart) => apart.entries.set(`files/${newId()}`, Buffer.from('x'))),
      /a stored file that no row names/,
    );
  });

  it('is refused at the first member too many, however many follow', async () => {
    const members = await changed((apart) => {
      const rows = Array.from(
        { length: 10_001 },
        () => `${JSON.stringify({ workspace_id: a.workspaceId, id: newId() })}\n`,
      );
      apart.setText('members', `${rows.join('')}what is not looked at any more\n`);
    });
    await refuses(members, /It holds too many members/);
  });

  it('is refused where names lead out of it, entries share bytes, or it would become too large', async () => {
    const renamed = await withBytes((bytes) => {
      for (let at = bytes.indexOf('index.html'); at !== -1; at = bytes.indexOf('index.html', at + 1))
        bytes.write('../../ml.x', at);
      return bytes;
    });
    await refuses(renamed, /whose name leads out of it: "..\/..\/ml.x"/);
    const shared = await withBytes((bytes) => {
      const first = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
      bytes.writeUInt32LE(0, first + 42);
      return bytes;
    });
    await refuses(shared, /lies where something else does/);
    await refuses(
      await changed((apart) => apart.setText('canned_responses', ' '.repeat(60_000_000))),
      /"data\/canned_responses.jsonl" in it would become too large/,
    );
    await refuses(
      await changed((apart) =>
        apart.setText(
          'canned_responses',
          randomBytes(40_000_000).toString('base64') + randomBytes(20_000_000).toString('base64'),
        ),
      ),
      /a row that is no text, or has no end/,
    );
  }, 60_000);

  it('is refused where its audit log was changed, cut or put together otherwise', async () => {
    const entries = (change: (rows: Record<string, unknown>[]) => Record<string, unknown>[]) =>
      changed((apart) => apart.setRows('audit_entries', change(apart.rowsOf('audit_entries'))));
    await refuses(
      await entries((rows) => rows.map((row, at) => (at === 1 ? { ...row, action: 'nothing.at.all' } : row))),
      /The audit log in it is broken at entry 2: it was changed/,
    );
    await refuses(await entries((rows) => rows.filter((_, at) => at !== 1)), /broken at entry 2: it is missing/);
    await refuses(await entries((rows) => [...rows.slice(0, 1), { ...rows[1], hash: 7 }]), /it cannot be read/);
  });

  it('is refused where rows do not fit: twice there, without what they refer to, with a value that cannot be', async () => {
    await refuses(
      await changed((apart) => apart.setRows('contacts', [...apart.rowsOf('contacts'), ...apart.rowsOf('contacts')])),
      /A row of contacts stands in it twice/,
    );
    await refuses(
      await changed((apart) => apart.setRows('conversations', [])),
      /refers to something that is not in it/,
    );
    await refuses(
      await changed(inRows('messages', (row) => ({ ...row, direction: 'SIDEWAYS' }))),
      /A row of messages holds a value that it cannot have/,
    );
    await refuses(
      await changed(inRows('messages', (row) => ({ ...row, text: 'a\0b' }))),
      /A row of messages holds a value that it cannot have/,
    );
    await refuses(
      await changed(inRows('privacy_requests', (row) => ({ ...row, details: 'no JSON' }))),
      /A row of privacy_requests holds a value/,
    );
    await refuses(await changed((apart) => apart.setText('contacts', '[]\n')), /a row of contacts that cannot be read/);
  });

  it('is refused, and leaves nothing, where the database goes away in the middle; then it can come', async () => {
    let stored: string[] = [];
    const store = {
      removeAll: (workspaceId: string) => there.files.removeAll(workspaceId),
      // The connection that writes is ended once the bytes are stored, as by a kill of the process.
      putBack: async (...given: Parameters<typeof there.files.putBack>) => {
        await there.files.putBack(...given);
        stored = await there.storedNames();
        await asAdmin((admin) =>
          admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename = $2', [
            new URL(there.ownerUrl).pathname.slice(1),
            APP_ROLE,
          ]),
        );
      },
    };
    const before = await everyRow(there.ownerUrl);
    await expect(there.import(file, owner, undefined, store)).rejects.toThrow();
    expect(await everyRow(there.ownerUrl)).toEqual(before);
    // Its bytes were stored before the rows that name them, and went again.
    expect(stored).toEqual([a.ids.file]);
    expect(await there.storedNames()).toEqual([]);
  });

  it('may say of a stored file what it likes: what it is, is told by its bytes', async () => {
    const page = Buffer.from('<!doctype html><html><script>alert(1)</script></html>');
    const given = await changed((apart) => {
      apart.entries.set(`files/${a.ids.file}-aardvark.txt`, page);
      const sha256 = `\\x${createHash('sha256').update(page).digest('hex')}`;
      inRows('files', (row) => ({ ...row, sha256, content_type: 'image/png', size: 3 }))(apart);
    });
    // Nobody is named: an owner of it there who has an account here.
    const [former] = await old.rows(
      `select email from users join members m on m.user_id = users.id where m.role = 'OWNER' and m.workspace_id = '${a.workspaceId}'`,
    );
    await expect(there.import(given, null)).rejects.toThrow('has an account here');
    await there.rows(`update users set email = upper('${String(former?.['email'])}')`);
    const arrived = await there.import(given, null);
    expect(arrived).toMatchObject({ owner: String(former?.['email']).toUpperCase(), files: 0, refusedFiles: 1 });
    expect(await there.rows('select from files')).toEqual([]);
    expect(await there.rows(`select status, file_id from attachments where status = 'GONE'`)).not.toEqual([]);
    expect(await there.rows('select from attachments where file_id is not null')).toEqual([]);
    expect(await there.storedNames()).toEqual([]);
  });
});
