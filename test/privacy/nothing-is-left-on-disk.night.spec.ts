import { setTimeout as sleep } from 'node:timers/promises';
import { SystemDatabase, Workspaces } from '../../src/platform/database/index.js';
import { ClearResidue, EraseSubject, Erasures, Residue } from '../../src/privacy/index.js';
import { startCli } from '../support/cli.js';
import { eventually } from '../support/client.js';
import { InboxUnderTest, type TestInbox } from '../support/inbox.js';
import { CanarySubject, whatsAppItem } from './canary-subject.js';
import { ServersOnDisk } from './servers-on-disk.js';

let servers: ServersOnDisk;
let under: InboxUnderTest;

beforeAll(async () => {
  servers = await ServersOnDisk.start();
  under = await InboxUnderTest.start({ database: servers.database });
}, 120_000);
afterAll(async () => {
  await under.stop();
  await servers.stop();
}, 60_000);

async function inbox(name: string): Promise<TestInbox> {
  const made = await under.inbox(name);
  return { ...made, channelId: await under.channel(made.workspaceId, { kind: 'WHATSAPP' }) };
}

async function erased({ workspaceId }: TestInbox, contactId: string): Promise<void> {
  const { app } = under.app;
  const { erasureId } = await app
    .get(Workspaces)
    .run(workspaceId, (tx) =>
      app.get(EraseSubject).begin(tx, { scope: 'CONTACT', contactIds: [contactId] }, { requestId: null, by: 'spec' }),
    );
  await eventually(async () => {
    const erasure = await app.get(Erasures).byId(workspaceId, erasureId);
    return erasure?.completedAt == null ? null : erasure;
  }, 30_000);
}

function maintain(lockSeconds = 60, waitSeconds = 60) {
  const { ownerUrl, redisUrl } = servers.database;
  const residue = new Residue(under.app.app.get(SystemDatabase));
  return new ClearResidue(residue).run({ ownerUrl, redisUrl }, { lockSeconds, waitSeconds });
}

/** Somebody who wrote, changed and was looked up, so that files, statistics and logs hold old versions of it all. */
async function planted(one: TestInbox): Promise<CanarySubject> {
  const subject = await CanarySubject.plant(under, one);
  await under.admin.query(`update messages set edited_at = now() where workspace_id = $1`, [one.workspaceId]);
  await under.admin.query(`update contacts set name = name where workspace_id = $1`, [one.workspaceId]);
  await servers.passRedis(subject.word('passing'));
  await under.admin.query('analyze');
  await servers.ask('checkpoint');
  return subject;
}

describe('what an erased person wrote', () => {
  it('is in no file of Postgres or Redis after the maintenance, in no form, while messages flow: P3, G19', async () => {
    const ada = await inbox('Ada');
    const neighbour = await planted(ada);
    const subject = await planted(ada);
    const before = await servers.find(subject.words);
    for (const place of [/cluster\/base\//, /cluster\/pg_wal\//, /redis\/data\/appendonlydir/])
      expect(before.filter((line) => place.test(line))).not.toEqual([]);
    await erased(ada, subject.contactId);
    // Gone for everybody, and still there for whoever has the disk.
    expect((await servers.find(subject.words)).length).toBeGreaterThan(0);

    const flow = flowing(ada);
    const places = await maintain();
    const { errors, acknowledged } = await flow.end();

    expect(places?.filter(({ state }) => state !== 'cleared')).toEqual([]);
    expect(places?.map(({ place }) => place)).toEqual(
      expect.arrayContaining(['table messages', 'statistics', 'log', 'redis']),
    );
    expect(errors).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(0);
    const { rows } = await under.admin.query<{ external_id: string }>(
      'select external_id from messages where external_id = any ($1)',
      [acknowledged],
    );
    expect(rows).toHaveLength(acknowledged.length);
    expect(await servers.find(subject.words)).toEqual([]);
    const kept = neighbour.words.filter((word) => word.startsWith('said'));
    expect(new Set((await servers.find(kept)).map((line) => line.replace(/^.* holds (\S+) .*$/, '$1')))).toEqual(
      new Set(kept),
    );
  }, 300_000);
});

describe('a maintenance that is cut off', () => {
  it('goes on with what is left, whether the process or Postgres was killed, and leaves no copy behind: F1, P3', async () => {
    const eve = await inbox('Eve');
    const subject = await planted(eve);
    await erased(eve, subject.contactId);
    // The process is killed while it waits for a table that is in use.
    const { appUrl, ownerUrl, redisUrl } = servers.database;
    const killed = startCli(
      { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl, REDIS_URL: redisUrl },
      'erasure',
      'maintain',
    );
    await under.admin.query('begin');
    await under.admin.query('lock table conversations in access share mode');
    await eventually(async () => {
      const waiting = await servers.ask(
        `select from pg_locks where not granted and relation = 'conversations'::regclass`,
      );
      return waiting.length > 0 ? true : null;
    }, 30_000);
    killed.kill('SIGKILL');
    await under.admin.query('rollback');
    const open = async () =>
      (await servers.ask<{ place: string }>('select place from residue where since is not null')).map(
        ({ place }) => place,
      );
    const left = await open();
    expect(left).toEqual(expect.arrayContaining(['table conversations', 'log']));
    expect(left).not.toContain('table bots');
    // Then Postgres is, while it writes a table anew, with what somebody wrote who is erased only after that.
    const later = await planted(eve);
    await under.admin.query(
      `insert into messages (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, text, sent_at)
       select workspace_id, gen_random_uuid(), conversation_id, channel_id, direction, author, kind, status, text || n, sent_at
         from messages, generate_series(1, 20000) n where id = (select id from messages where conversation_id = $1 and text is not null limit 1)`,
      [later.conversationId],
    );
    const during = maintain().catch((error: unknown) => error);
    const [writer] = await eventually(async () => {
      const writing = await servers.ask<{ pid: number }>(
        `select pid from pg_stat_progress_cluster where relid = 'messages'::regclass and phase = 'rebuilding index'`,
      );
      return writing.length > 0 ? writing : null;
    }, 60_000);
    under.admin.on('error', () => undefined);
    // As the system does where memory is short: all of Postgres starts anew then, and nobody tidies up.
    process.kill(writer?.pid ?? 0, 'SIGKILL');
    await during;
    await eventually(() => servers.ask('select 1').catch(() => null), 60_000);
    await erased(eve, later.contactId);
    await eventually(async () => ((await maintain().catch(() => null)) === null ? null : true), 60_000);
    expect(await open()).toEqual([]);
    const copies = await servers.find(later.words);
    expect(copies.filter((line) => !line.includes('cluster/base/'))).toEqual([]);
    expect(copies).not.toEqual([]);
    // Of the copy that was being written nothing knows any more: the next start removes it.
    await under.stop();
    await servers.stop();
    expect(await servers.find(subject.words)).toEqual([]);
    await servers.startAgain();
    under = await InboxUnderTest.start({ database: servers.database });
    expect(await servers.find(later.words)).toEqual([]);
  }, 300_000);
});

/** Messages that come in and inboxes that are looked at, one after the other, until it is ended. */
function flowing(one: TestInbox) {
  const errors: unknown[] = [];
  const acknowledged: string[] = [];
  let going = true;
  const receive = async () => {
    const subject = await CanarySubject.plant(under, one).catch((error: unknown) => void errors.push(error));
    for (let number = 0; going; number += 1) {
      const id = `wamid.flow${String(number)}`;
      await subject?.receive([whatsAppItem(one.channelId, '905559999999', id)]).then(
        () => acknowledged.push(id),
        (error: unknown) => errors.push(error),
      );
      await sleep(5);
    }
  };
  const look = async () => {
    while (going) {
      await one.client
        .ask('{ conversations { nodes { id lastMessage { text } contact { name } } } }')
        .catch((error: unknown) => errors.push(error));
      await sleep(5);
    }
  };
  const both = Promise.all([receive(), look()]);
  return {
    async end() {
      going = false;
      await both;
      return { errors, acknowledged };
    },
  };
}
