import { heldMemory } from '../../../test/support/held-memory.js';
import { InboxUnderTest } from '../../../test/support/inbox.js';
import { newId } from '../../platform/database/index.js';
import type { Subject } from '../../platform/personal-data/index.js';
import { ExportSubject } from './export-subject.js';

const messages = 100_000;

describe('an export of a hundred thousand messages [promise 74]', () => {
  let test: InboxUnderTest;
  beforeAll(async () => void (test = await InboxUnderTest.start({ redis: false })), 60_000);
  afterAll(() => test.stop());

  it('is written in the memory of a few pages, however many there are', async () => {
    const inbox = await test.inbox();
    const contact = await test.contact(inbox.workspaceId);
    const conversation = await test.conversation(inbox, { contact_id: contact });
    const add = (count: number, into: string) =>
      test.admin.query(
        `insert into messages (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, text, sent_at)
         select $1, gen_random_uuid(), $3, $2, 'INBOUND', 'CONTACT', 'TEXT', 'RECEIVED', repeat(md5(n::text), 12), now()
           from generate_series(1, $4::int) n`,
        [inbox.workspaceId, inbox.channelId, into, count],
      );
    const few = await test.conversation(inbox, { contact_id: contact });
    await add(20_000, few);
    await add(messages, conversation);
    const nobody: Subject = {
      scope: 'CONTACT',
      contactIds: [contact],
      conversationIds: [],
      channelIds: [],
      memberIds: [],
    };
    const most = async (conversationIds: readonly string[]) => {
      const wanted = {
        id: newId(),
        requestId: null,
        subject: { ...nobody, conversationIds },
        language: 'en',
        state: 'WAITING',
        size: null,
        createdAt: new Date(),
        expiresAt: null,
        expired: false,
      } as const;
      const { signal } = new AbortController();
      let [peak, size, at] = [0, 0, 0];
      const before = heldMemory();
      for await (const chunk of test.app.app.get(ExportSubject).bytes(inbox.workspaceId, wanted, signal)) {
        size += chunk.length;
        at += 1;
        if (at % 100 === 0) peak = Math.max(peak, heldMemory() - before);
      }
      return { peak, size, resident: process.memoryUsage().rss };
    };
    const small = await most([few]);
    const large = await most([conversation]);
    const inMegabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
    process.stdout.write(
      `export of ${String(messages)} messages: ${inMegabytes(large.size)}, at most ${inMegabytes(large.peak)} held ` +
        `(20,000: ${inMegabytes(small.peak)}), resident ${inMegabytes(large.resident)} (${inMegabytes(small.resident)})\n`,
    );
    expect(large.size).toBeGreaterThan(4 * small.size);
    expect(large.peak).toBeGreaterThan(0);
    expect(large.peak).toBeLessThan(10_000_000);
  }, 300_000);
});
