import { InboxUnderTest, type TestInbox } from '../../test/support/inbox.js';
import { Retention } from '../accounts/index.js';
import { Workspaces, newId, sql } from '../platform/database/index.js';
import { LegalHolds } from '../platform/personal-data/index.js';
import { countAged } from './count-aged.js';

let under: InboxUnderTest;
beforeAll(async () => void (under = await InboxUnderTest.start({ redis: false })), 60_000);
afterAll(() => under.stop());

type Columns = Readonly<Record<string, unknown>>;

const agoIn = (days: number) => new Date(Date.now() - days * 86_400_000);

/** A conversation of so many messages, whose ids are in the order of time as ours are. */
async function conversation(inbox: TestInbox, messages: number, days = 30, more: Columns = {}): Promise<string> {
  const id = await under.conversation(inbox, { last_activity_at: agoIn(days), ...more });
  await under.message(inbox, id);
  await under.admin.query(
    `insert into messages (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, text, sent_at)
     select workspace_id, (left(id::text, 24) || lpad(to_hex(n), 12, '0'))::uuid, conversation_id, channel_id, direction, author, kind, status,
            n::text, sent_at
       from messages, generate_series(2, $2) n where conversation_id = $1`,
    [id, messages],
  );
  return id;
}

async function prune({ workspaceId }: TestInbox) {
  const kept = under.app.app.get(Retention).all.find(({ kind }) => kind === 'conversationsDays');
  return kept?.prune(workspaceId, 20);
}

/** How many messages each conversation of an inbox has. */
async function lengths({ workspaceId }: TestInbox): Promise<Readonly<Record<string, number>>> {
  const { rows } = await under.admin.query<{ id: string; messages: number }>(
    `select c.id, (select count(*)::int from messages m where m.conversation_id = c.id) as messages
       from conversations c where workspace_id = $1`,
    [workspaceId],
  );
  return Object.fromEntries(rows.map(({ id, messages }) => [id, messages]));
}

async function textsOf(id: string): Promise<string[]> {
  const { rows } = await under.admin.query<{ text: string }>(
    'select text from messages where conversation_id = $1 order by id',
    [id],
  );
  return rows.map(({ text }) => text);
}

describe('conversations that are kept for a time', () => {
  it('go whole: one that somebody goes on with between two batches has all its messages', async () => {
    const inbox = await under.inbox();
    for (const messages of [3_000, 3_000, 3_000]) await conversation(inbox, messages);
    const empty = await under.conversation(inbox, { last_activity_at: agoIn(30) });
    expect(await prune(inbox)).toMatchObject({ gone: { messages: 3_000, conversations: 2 }, more: true });
    const left = await lengths(inbox);
    expect(Object.values(left)).toEqual([3_000, 3_000]);
    expect(left).not.toHaveProperty(empty);
    const [again] = Object.keys(left);
    await under.admin.query('update conversations set last_activity_at = now() where id = $1', [again]);
    expect(await prune(inbox)).toMatchObject({ gone: { messages: 3_000, conversations: 1 }, more: false });
    expect(await lengths(inbox)).toEqual({ [again ?? '']: 3_000 });
    expect(await prune(inbox)).toEqual({ gone: {}, more: false });
  });

  it('go in parts where they are too long', async () => {
    const inbox = await under.inbox();
    const long = await conversation(inbox, 5_001);
    await conversation(inbox, 5_000);
    expect(await prune(inbox)).toMatchObject({ gone: { messages: 5_000, conversations: 1 }, more: true });
    expect(await lengths(inbox)).toEqual({ [long]: 5_001 });
    expect(await prune(inbox)).toMatchObject({ gone: { messages: 5_000 }, more: true });
    expect(await lengths(inbox)).toEqual({ [long]: 1 });
    expect(await prune(inbox)).toMatchObject({ gone: { messages: 1, conversations: 1 }, more: false });
    expect(await lengths(inbox)).toEqual({});
  }, 30_000);

  it('are kept from there on where somebody goes on between two parts: the oldest went, and the thread is the same', async () => {
    const made = await under.inbox();
    // A channel on which one may always write.
    const inbox = {
      ...made,
      channelId: await under.channel(made.workspaceId, { kind: 'TELEGRAM', provider: 'telegram' }),
    };
    const contact = await under.contact(inbox.workspaceId);
    const thread = newId();
    await under.identity(inbox.workspaceId, { channel_id: inbox.channelId, contact_id: contact, thread_key: thread });
    const id = await conversation(inbox, 5_003, 30, { contact_id: contact, thread_key: thread });
    const newest = (await textsOf(id)).slice(-3);
    expect(await prune(inbox)).toMatchObject({ gone: { messages: 5_000 }, more: true });
    await inbox.client.ask(
      `mutation ($id: ID!) { sendMessage(input: { conversationId: $id, text: "Is it still so?", idempotencyKey: "1" }) { id } }`,
      { id },
    );
    expect(await prune(inbox)).toEqual({ gone: {}, more: false });
    expect(await textsOf(id)).toEqual([...newest, 'Is it still so?']);
    // What the customer writes next belongs to it as before.
    const { rows } = await under.admin.query('select from conversations where id = $1 and thread_key = $2', [
      id,
      thread,
    ]);
    expect(rows).toHaveLength(1);
  }, 30_000);

  it('are counted without a look at any file where nothing is old, or all is kept for ever', async () => {
    const inbox = await under.inbox();
    const filled = async (messages: number, days: number) => {
      const id = await conversation(inbox, messages, days);
      await under.admin.query(
        `with made as (
           insert into files (workspace_id, id, content_type, size, sha256)
           select workspace_id, id, 'text/plain', 1, $2 from messages where conversation_id = $1 returning workspace_id, id)
         insert into attachments (workspace_id, id, message_id, position, kind, status, file_id)
         select workspace_id, gen_random_uuid(), id, 0, 'DOCUMENT', 'READY', id from made`,
        [id, Buffer.alloc(32)],
      );
    };
    for (const messages of [2_000, 2_000, 2_000]) await filled(messages, 1);
    await filled(2, 30);
    await under.admin.query('analyze conversations, messages, attachments, files, composer_draft_files');
    const counted = (days: number | null) =>
      under.app.app.get(Workspaces).read(inbox.workspaceId, async (tx) => {
        // What a connection looked at before may still be among its figures.
        const looked = async () =>
          (
            await tx.first<{ rows: number }>(sql`
              select (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as rows
                from pg_stat_xact_user_tables where relname = 'attachments'`)
          )?.rows ?? NaN;
        const before = await looked();
        const counts = await countAged(tx, days, under.app.app.get(LegalHolds));
        return { ...counts, looked: (await looked()) - before > 0 };
      });
    expect(await counted(20)).toEqual({ conversations: 1, messages: 2, files: 2, looked: true });
    expect(await counted(40)).toEqual({ conversations: 0, messages: 0, files: 0, looked: false });
    expect(await counted(null)).toEqual({ conversations: 0, messages: 0, files: 0, looked: false });
    expect(await counted(0)).toEqual({ conversations: 4, messages: 6_002, files: 6_002, looked: true });
  }, 30_000);
});
