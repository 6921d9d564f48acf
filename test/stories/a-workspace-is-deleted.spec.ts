import { Redis } from 'ioredis';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Config } from '../../src/platform/config/index.js';
import { FileStore } from '../../src/platform/files/index.js';
import { newId } from '../../src/platform/database/index.js';
import { checkReceipts } from '../../src/privacy/index.js';
import { TwoInboxes } from '../isolation/two-inboxes.js';
import { countsOfRows } from '../isolation/workspace-rows.js';
import { TestClient, eventually } from '../support/client.js';
import { feed, metaId, pageEvent } from './meta-story.js';
import { mailsIn } from '../support/written-mails.js';

const deletion = `mutation ($name: String!) { deleteWorkspace(confirmName: $name) {
  id kind origin status subject confirmationCode statusUrl receivedAt dueAt completedAt history { status } } }`;

interface Asked {
  readonly deleteWorkspace: {
    readonly id: string;
    readonly status: string;
    readonly confirmationCode: string;
    readonly statusUrl: string;
    readonly receivedAt: string;
    readonly dueAt: string;
  };
}

describe('a workspace is deleted', () => {
  let both: TwoInboxes;
  let name = '';

  beforeAll(async () => {
    both = await TwoInboxes.start();
    // A table that somebody adds tomorrow, which the server may read and nothing else says a word about.
    await both.story.sql.query(`
      create table planted (workspace_id uuid not null, at date not null, label text not null, words text, primary key (workspace_id, at, label));
      insert into planted select id, current_date - n, 'the ' || n, 'planted' from workspaces, generate_series(1, 3) n`);
    // A row was made up for each table; a hold that stands would keep the workspace.
    await both.story.sql.query('update legal_holds set released_at = now()');
    const { workspace } = await both.a.client.ask<{ workspace: { name: string } }>('{ workspace { name } }');
    name = workspace.name;
  }, 60_000);
  afterAll(async () => {
    await both.stop();
  });

  const hashes = async () => ({
    ...(await both.hashes(both.b)),
    planted: (await both.story.sql.query('select * from planted where workspace_id = $1', [both.b.workspaceId])).rows,
  });
  const left = () => countsOfRows(both.story.sql, both.a.workspaceId);

  async function member(role: string): Promise<TestClient> {
    const client = await TestClient.signedUp(both.story.app.url, role);
    await both.story.sql.query(
      'insert into members (workspace_id, id, user_id, role) select $1, $2, user_id, $3 from members where workspace_id = $4',
      [both.a.workspaceId, newId(), role, client.workspaceId],
    );
    client.workspaceId = both.a.workspaceId;
    return client;
  }

  it('not by anyone but an owner who gave their password lately and types its name (case A8) [promise 43] [promise 44]', async () => {
    const before = await both.hashes(both.a);
    for (const role of ['ADMIN', 'EDITOR', 'VIEWER']) {
      const client = await member(role);
      expect(await client.refusal(deletion, { name })).toBe('FORBIDDEN');
    }
    const token = new TestClient(both.story.app.url);
    token.token = both.a.token;
    expect(await token.refusal(deletion, { name })).toBe('FORBIDDEN');
    const stranger = new TestClient(both.story.app.url);
    [stranger.cookie, stranger.workspaceId] = [both.b.client.cookie, both.a.workspaceId];
    expect(await stranger.refusal(deletion, { name })).toBe('NOT_FOUND');
    const nobody = new TestClient(both.story.app.url);
    nobody.workspaceId = both.a.workspaceId;
    expect(await nobody.refusal(deletion, { name })).toBe('UNAUTHENTICATED');
    for (const wrong of ['', ' ', name.toUpperCase(), `${name} `, 'delete'])
      expect(await both.a.client.refusal(deletion, { name: wrong })).toBe('CONFIRMATION_MISMATCH');
    await both.story.sql.query(
      `update sessions set authenticated_at = now() - interval '16 minutes' where user_id in (select user_id from members where workspace_id = $1)`,
      [both.a.workspaceId],
    );
    expect(await both.a.client.refusal(deletion, { name })).toBe('REAUTHENTICATION_REQUIRED');
    // Those three joined, some were seen, and the log says whom it was refused; nothing else is other than it was.
    const known = [
      'members',
      'users',
      'sessions',
      'api_tokens',
      'audit_entries',
      'refusals',
      'workspace_counters',
      'usage_counters',
      'due',
    ];
    const without = (all: Record<string, string>) =>
      Object.fromEntries(Object.entries(all).filter(([table]) => !known.includes(table)));
    expect(without(await both.hashes(both.a))).toEqual(without(before));
    await both.a.client.ask('mutation ($password: String!) { reauthenticate(password: $password) }', {
      password: 'a long enough password',
    });
  }, 60_000);

  it('T5: rows are erased nowhere that no deletion is recorded, nor from tables of no workspace', async () => {
    const erase = 'select * from erase_workspace_rows($1, $2, 10)';
    const { sql } = both.story;
    const before = await both.hashes(both.a);
    await expect(sql.query(erase, ['messages', '{}'])).rejects.toThrow('only a workspace whose deletion is recorded');
    await sql.query('begin');
    await sql.query(`select set_config('app.workspace_id', $1, true)`, [both.a.workspaceId]);
    await expect(sql.query(erase, ['messages', '{}'])).rejects.toThrow('only a workspace whose deletion is recorded');
    await sql.query('rollback');
    for (const table of [
      'users',
      'workspace_deletions',
      'due',
      'pg_class',
      'messages; drop table drafts',
      'deliveries_default',
    ]) {
      await sql.query('begin');
      await sql.query(`select set_config('app.workspace_id', $1, true)`, [both.a.workspaceId]);
      await sql.query(`insert into workspace_deletions (id, workspace_id, code) values ($1, $2, 'code')`, [
        newId(),
        both.a.workspaceId,
      ]);
      await expect(sql.query(erase, [table, '{}'])).rejects.toThrow('nothing of a workspace is erased from');
      await sql.query('rollback');
    }
    expect(await both.hashes(both.a)).toEqual(before);
  });

  it('nothing of it is readable from then on, nothing is left, and all others are as they were (cases P7, A6) [promise 45] [promise 46] [promise 68]', async () => {
    const { story, a, b } = both;
    const second = await member('ADMIN');
    const watch = second.watch(feed, {});
    await watch.until((event) => event['__typename'] === 'CaughtUp');
    const file = story.app.app.get(FileStore).sign(a.workspaceId, a.ids.file);
    expect((await fetch(file.url)).status).toBe(200);
    const unrouted = async () =>
      (await story.sql.query<{ n: number }>('select coalesce(sum(count), 0)::int as n from unrouted_events')).rows[0]
        ?.n ?? 0;
    const countedBefore = await unrouted();
    const others = await hashes();
    const calls = story.graph.calls.length;

    const { deleteWorkspace } = await a.client.ask<Asked>(deletion, { name });
    expect(deleteWorkspace).toMatchObject({ kind: 'ERASE', origin: 'DASHBOARD', subject: 'workspace' });
    expect(Date.parse(deleteWorkspace.dueAt) - Date.parse(deleteWorkspace.receivedAt)).toBe(24 * 3_600_000);

    // At once, before a row is gone for certain.
    for (const client of [a.client, second]) {
      expect(await client.refusal('{ workspace { id } }')).toBe('NOT_FOUND');
      expect(await client.refusal('{ conversations { nodes { id } } }')).toBe('NOT_FOUND');
    }
    const { viewer } = await a.client.ask<{ viewer: { memberships: unknown[] } }>(
      '{ viewer { memberships { role } } }',
    );
    expect(viewer.memberships).toEqual([]);
    const token = new TestClient(story.app.url);
    token.token = a.token;
    expect(await token.refusal('{ workspace { id } }')).toBe('UNAUTHENTICATED');
    expect((await fetch(file.url)).status).toBe(404);
    expect(await a.client.refusal(deletion, { name })).toBe('NOT_FOUND');
    await eventually(() => Promise.resolve(watch.error), 2_000);
    // A late webhook is one for nobody: counted, its body dropped.
    const message = { mid: 'late', text: 'too late' };
    const page = a.accounts[0] ?? '';
    await story.deliver(
      pageEvent('page', page, [
        { sender: { id: metaId('77') }, recipient: { id: page }, timestamp: Date.now(), message },
      ]),
    );
    expect(await unrouted()).toBeGreaterThan(countedBefore);

    await eventually(async () => {
      const { rows } = await story.sql.query(
        'select 1 from workspace_deletions where id = $1 and completed_at is not null',
        [deleteWorkspace.id],
      );
      return rows.length === 1 ? true : null;
    }, 30_000);
    expect(await left()).toEqual({});
    expect(await hashes()).toEqual(others);
    expect(Object.keys(others).length).toBeGreaterThan(35);
    // The platform was told, with the token that then went.
    expect(
      story.graph.calls
        .slice(calls)
        .some(({ method, path: called }) => method === 'DELETE' && called.includes('subscribed_apps')),
    ).toBe(true);
    const root = fileURLToPath(story.app.app.get(Config).storageUrl);
    expect(await readdir(root)).not.toContain(a.workspaceId);
    expect(await readdir(path.join(root, b.workspaceId))).not.toEqual([]);
    const { rows } = await story.sql.query<{ erased: Record<string, number> }>(
      'select erased, row_to_json(d)::text as text from workspace_deletions d where id = $1',
      [deleteWorkspace.id],
    );
    expect(rows[0]?.erased).toMatchObject({
      messages: expect.any(Number),
      audit_entries: expect.any(Number),
      planted: 3,
    });
    expect(JSON.stringify(rows)).not.toMatch(/aardvark|example\.com|Ada/);
    await second.close();
    // The receipt goes to who owned it, and the address stands nowhere any more.
    const owners = async () =>
      (await story.sql.query('select from workspace_deletions where owners is not null')).rows.length;
    const folder = path.join(story.app.app.get(Config).dataDir, 'mail');
    const receipt = await eventually(async () => {
      const mails = await mailsIn(folder);
      const mail = mails.find(({ subject }) => subject === 'The receipt of your deleted workspace');
      return mail?.text.split(/\r?\n/).find((line) => line.startsWith('{')) ?? null;
    }, 20_000);
    const keys = await (await fetch(`${story.app.url}/.well-known/receipt-keys.json`)).text();
    expect((await checkReceipts(receipt, keys)).fault).toBeNull();
    expect(JSON.parse(receipt)).toMatchObject({ scope: 'WORKSPACE' });
    expect(await owners()).toBe(0);
  }, 90_000);

  it('T12: nothing of it is left in Redis', async () => {
    const redis = new Redis(both.story.app.database.redisUrl);
    try {
      await eventually(async () => {
        const traces: string[] = [];
        for (const key of await redis.keys('*')) {
          const values = (await redis.type(key)) === 'hash' ? JSON.stringify(await redis.hgetall(key)) : '';
          if (`${key} ${values}`.includes(both.a.workspaceId)) traces.push(key);
        }
        return traces.length === 0 ? true : null;
      }, 20_000);
    } finally {
      redis.disconnect();
    }
  }, 30_000);
});
