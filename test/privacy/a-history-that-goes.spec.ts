import { FinishErasure } from '../../src/privacy/erasure/finish-erasure.js';
import { Receipts, ReplayErasures } from '../../src/privacy/index.js';
import { InboxUnderTest, type TestInbox } from '../support/inbox.js';
import { hashesOfRows } from '../isolation/workspace-rows.js';
import { JournalUnderTest } from './journal-under-test.js';

let under: InboxUnderTest;
// No worker runs by itself: each turn of an erasure is taken here, so that it can be left at any of them.
beforeAll(async () => void (under = await InboxUnderTest.start({ environment: { ROLE: 'api' } })), 60_000);
afterAll(() => under.stop());

const disconnect = 'mutation ($id: ID!) { disconnectChannel(id: $id, deleteHistory: true) { status } }';
const finish = () => under.app.app.get(FinishErasure);
const journal = new JournalUnderTest(() => under);
const count = async (text: string, ...values: unknown[]) =>
  (await under.admin.query<{ n: number }>(`select count(*)::int as n ${text}`, values)).rows[0]?.n;
const conversationsOf = (channelId: string) => count('from conversations where channel_id = $1', channelId);

/** More conversations than go in one step, each with a message, of people who are known by this channel alone. */
async function history(inbox: TestInbox, channelId: string, people: number): Promise<void> {
  await under.admin.query(
    `with met as (
       insert into contacts (workspace_id, id, name) select $1, gen_random_uuid(), 'Person ' || n from generate_series(1, $3::int) n returning id
     ), threads as (
       insert into conversations (workspace_id, id, channel_id, contact_id, thread_key, created_at)
       select $1, gen_random_uuid(), $2, id, gen_random_uuid(), now() - interval '1 day' from met returning id
     ), known as (
       insert into contact_identities (workspace_id, channel_id, external_id, id, contact_id, original_contact_id, kind, thread_key, created_at)
       select $1, $2, 'person-' || id, gen_random_uuid(), id, id, 'phone', gen_random_uuid(), now() - interval '1 day' from met)
     insert into messages (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, text, sent_at)
     select $1, gen_random_uuid(), id, $2, 'INBOUND', 'CONTACT', 'TEXT', 'RECEIVED', 'Hello', now() from threads`,
    [inbox.workspaceId, channelId, people],
  );
}

async function erasureOf(channelId: string): Promise<{ id: string; held: boolean; erased: Record<string, number> }> {
  const { rows } = await under.admin.query<{ id: string; held: boolean; erased: Record<string, number> }>(
    `select id, held_at is not null as held, erased from erasures where subject->'channelIds' ? $1`,
    [channelId],
  );
  if (rows[0] === undefined) throw new Error('There is no erasure of this channel.');
  return rows[0];
}

async function turns(inbox: TestInbox, id: string): Promise<string[]> {
  const taken: string[] = [];
  do taken.push(await finish().turn(inbox.workspaceId, id));
  while (taken.at(-1) === 'more');
  return taken;
}

async function inboxOf(name: string): Promise<TestInbox & { readonly other: string }> {
  const inbox = await under.inbox(name);
  return { ...inbox, other: await under.channel(inbox.workspaceId, { kind: 'TELEGRAM', provider: 'telegram' }) };
}

it('goes in parts that may be left anywhere, with those whom nothing else knows, and ends in a receipt [promise 52] [promise 54]', async () => {
  const ada = await inboxOf('Ada');
  const { channelId, other, workspaceId } = ada;
  const bystander = await inboxOf('Bob');
  await history(bystander, bystander.channelId, 3);
  await history(ada, channelId, 450);
  await history(ada, other, 2);
  // Somebody who writes by both channels, and somebody with a file.
  const both = await under.contact(workspaceId, { name: 'Both' });
  for (const channel of [channelId, other]) {
    await under.identity(workspaceId, { channel_id: channel, contact_id: both });
    await under.conversation({ ...ada, channelId: channel }, { contact_id: both });
  }
  const filed = await under.conversation(ada);
  const file = await under.insert('files', workspaceId, {
    content_type: 'text/plain',
    size: 1,
    sha256: Buffer.alloc(32),
  });
  await under.insert('attachments', workspaceId, {
    message_id: await under.message(ada, filed),
    position: 0,
    kind: 'DOCUMENT',
    status: 'READY',
    file_id: file,
  });
  const from = await journal.position();
  await ada.client.ask(disconnect, { id: channelId });
  const before = await hashesOfRows(under.admin, bystander.workspaceId);
  const { id } = await erasureOf(channelId);
  expect(await journal.since(from)).toMatchObject([
    { kind: 'channel-disconnected', ids: { channelId, deleteHistory: 'yes' } },
    { kind: 'erasure', workspaceId, ids: { erasureId: id, scope: 'CHANNEL', channelIds: [channelId] } },
  ]);
  // Killed after any turn, it goes on from the rows.
  expect(await finish().turn(workspaceId, id)).toBe('more');
  const left = await conversationsOf(channelId);
  expect(left).toBe(252);
  // Asked for once more it is the same erasure.
  await ada.client.ask(disconnect, { id: channelId });
  expect((await turns(ada, id)).at(-1)).toBe('done');
  expect(await conversationsOf(channelId)).toBe(0);
  expect(await count('from messages where channel_id = $1', channelId)).toBe(0);
  expect(await count('from contact_identities where channel_id = $1', channelId)).toBe(0);
  expect(await count('from files where id = $1', file)).toBe(0);
  expect(await conversationsOf(other)).toBe(3);
  expect(await count('from contacts where workspace_id = $1', workspaceId)).toBe(3);
  expect(await count('from contacts where id = $1', both)).toBe(1);
  const receipt = await under.app.app.get(Receipts).byErasure(id);
  expect(receipt).toMatchObject({ scope: 'CHANNEL', retained: [] });
  expect(receipt?.erased).toEqual(
    expect.arrayContaining([
      { what: 'conversations', count: 452 },
      { what: 'contacts', count: 451 },
      { what: 'messages', count: 451 },
      { what: 'files', count: 1 },
    ]),
  );
  const told = (await under.feed(workspaceId)).filter(
    ({ kind, detail }) => kind === 'Erased' && detail === 'Conversation',
  );
  expect(told.flatMap(({ ids }) => ids)).toHaveLength(452);
  expect(await hashesOfRows(under.admin, bystander.workspaceId)).toEqual(before);
}, 60_000);

it('leaves what a legal hold keeps until it is released', async () => {
  const ada = await inboxOf('Ada');
  await history(ada, ada.channelId, 5);
  const held = await under.contact(ada.workspaceId);
  const kept = await under.conversation(ada, { contact_id: held });
  const { placeLegalHold } = await ada.client.ask<{ placeLegalHold: { id: string } }>(
    'mutation ($id: ID!) { placeLegalHold(contactId: $id, reason: "A case") { id } }',
    { id: held },
  );
  await ada.client.ask(disconnect, { id: ada.channelId });
  const { id } = await erasureOf(ada.channelId);
  expect((await turns(ada, id)).at(-1)).toBe('held');
  const { rows } = await under.admin.query<{ id: string }>('select id from conversations where channel_id = $1', [
    ada.channelId,
  ]);
  expect(rows).toEqual([{ id: kept }]);
  expect(await erasureOf(ada.channelId)).toMatchObject({ id, held: true });
  expect(await under.app.app.get(Receipts).byErasure(id)).toBeNull();
  await ada.client.ask('mutation ($id: ID!) { releaseLegalHold(id: $id) { id } }', { id: placeLegalHold.id });
  expect((await turns(ada, id)).at(-1)).toBe('done');
  expect(await conversationsOf(ada.channelId)).toBe(0);
  expect(await under.app.app.get(Receipts).byErasure(id)).toMatchObject({ scope: 'CHANNEL' });
}, 60_000);

it('is gone again after a restore of an older backup; what came since it was connected anew stays [promise 71]', async () => {
  const ada = await inboxOf('Ada');
  const { channelId, workspaceId } = ada;
  const from = await journal.position();
  await ada.client.ask(disconnect, { id: channelId });
  const { id } = await erasureOf(channelId);
  await turns(ada, id);
  const entries = await journal.since(from);
  // As the backup has it: connected, with its conversations, and without the erasure.
  const back = async (connected: string) => {
    await under.admin.query('delete from erasures where id = $1', [id]);
    await under.admin.query(
      `update channels set status = 'CONNECTED', connected_at = now() + $2::interval, disconnected_at = null where id = $1`,
      [channelId, connected],
    );
    await history(ada, channelId, 3);
  };
  await back('-2 days');
  const replay = async () => {
    await journal.replay(entries);
    return under.app.app.get(ReplayErasures).run(entries);
  };
  expect(await replay()).toBe(1);
  expect(await conversationsOf(channelId)).toBe(0);
  expect(await count('from contacts where workspace_id = $1', workspaceId)).toBe(0);
  expect((await journal.since(from)).length).toBe(entries.length);
  await back('1 minute');
  const newer = await under.conversation(ada, { created_at: new Date(Date.now() + 120_000) });
  await replay();
  const { rows } = await under.admin.query<{ id: string }>('select id from conversations where channel_id = $1', [
    channelId,
  ]);
  expect(rows).toEqual([{ id: newer }]);
}, 60_000);
