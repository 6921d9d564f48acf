import { mkdtemp, stat } from 'node:fs/promises';
import path from 'node:path';
import { Config } from '../../src/platform/config/index.js';
import { mostHeld } from '../support/held-memory.js';
import { InboxUnderTest } from '../support/inbox.js';
import { Deployment } from './moving-under-test.js';

const messages = 100_000;
const owner = 'olga@new.example';

describe('a workspace of a hundred thousand messages', () => {
  let test: InboxUnderTest;
  beforeAll(async () => void (test = await InboxUnderTest.start({ redis: false })), 60_000);
  const ended: Deployment[] = [];
  afterAll(async () => {
    for (const deployment of ended) await deployment.stop();
    await test.stop();
  });

  it('leaves and comes in the memory of a few batches', async () => {
    const inbox = await test.inbox();
    const conversation = await test.conversation(inbox, {});
    await test.admin.query(
      `insert into messages (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, text, sent_at)
       select $1, gen_random_uuid(), $3, $2, 'INBOUND', 'CONTACT', 'TEXT', 'RECEIVED', repeat(md5(n::text), 12), now()
         from generate_series(1, $4::int) n`,
      [inbox.workspaceId, inbox.channelId, conversation, messages],
    );
    const old = await Deployment.on(test.app.database, test.app.app.get(Config));
    const there = await Deployment.empty(owner);
    ended.push(old, there);
    const folder = await mkdtemp(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '', 'left-'));
    const file = path.join(folder, 'large.zip');
    const left = await mostHeld(() => old.export(inbox.workspaceId, file));
    const arrived = await mostHeld((look) => there.import(file, owner, look));
    const { size } = await stat(file);
    const inMegabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
    process.stdout.write(
      `${String(messages)} messages: a file of ${inMegabytes(size)}; written in ${left.seconds.toFixed(1)} s, ${inMegabytes(left.most)} more held at most; ` +
        `taken in, in ${arrived.seconds.toFixed(1)} s, ${inMegabytes(arrived.most)} more held at most\n`,
    );
    expect(arrived.result.rows).toBeGreaterThan(messages);
    expect(await there.rows('select count(*)::int as n from messages')).toEqual([{ n: messages }]);
    expect([left.looks > 2, arrived.looks > 2]).toEqual([true, true]);
    expect(left.most).toBeLessThan(10_000_000);
    expect(arrived.most).toBeLessThan(15_000_000);
  }, 600_000);
});
