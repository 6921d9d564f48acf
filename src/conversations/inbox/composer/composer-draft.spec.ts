import { eventually } from '../../../../test/support/client.js';
import { InboxUnderTest, type TestInbox } from '../../../../test/support/inbox.js';
import { upload } from '../../../../test/support/uploads.js';
import { RemoveFileWorker } from '../../inbound/remove-file.worker.js';
import { LetGoOfMemberWorker } from '../let-go-of-member.worker.js';
import { RemoveConversations } from '../../remove-conversations.js';
import { Workspaces } from '../../../platform/database/index.js';

interface Draft {
  readonly conversationId: string;
  readonly text: string;
  readonly attachmentIds: string[];
}
interface Change {
  readonly conversationId: string;
  readonly draft: { readonly text: string } | null;
}

let under: InboxUnderTest;
let ada: TestInbox;
let bob: TestInbox;
let vic: TestInbox;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  ({ ada, bob, vic } = await under.team());
}, 60_000);
afterAll(() => under.stop());

const fields = '{ conversationId text attachmentIds files { id name size } }';
const read = async ({ client }: TestInbox, id: string) =>
  (await client.ask<{ composerDraft: Draft | null }>(`{ composerDraft(conversationId: "${id}") ${fields} }`))
    .composerDraft;
const save = async ({ client }: TestInbox, id: string, text: string, files: string[] = []) =>
  (
    await client.ask<{ saveComposerDraft: Draft | null }>(
      `mutation ($id: ID!, $text: String!, $files: [ID!]) { saveComposerDraft(conversationId: $id, text: $text, attachmentIds: $files) ${fields} }`,
      { id, text, files },
    )
  ).saveComposerDraft;
const note = (words: string) => Buffer.from(words);

it('keeps what a member writes, as typed, for that member alone, until it is emptied', async () => {
  const id = await under.conversation(ada);
  expect(await read(ada, id)).toBeNull();
  const typed = '  Dear Grace,\n ';
  expect(await save(ada, id, typed)).toEqual({ conversationId: id, text: typed, attachmentIds: [], files: [] });
  expect(await save(bob, id, 'Hi')).toMatchObject({ text: 'Hi' });
  expect(await read(ada, id)).toMatchObject({ text: typed });
  expect(await read(vic, id)).toBeNull();
  const drafted = async ({ client }: TestInbox, wanted: boolean) => {
    const { conversations, inboxCounts } = await client.ask<{
      conversations: { nodes: { id: string }[] };
      inboxCounts: { drafted: number };
    }>(
      'query ($d: Boolean) { conversations(filter: { drafted: $d }, first: 100) { nodes { id } } inboxCounts { drafted } }',
      { d: wanted },
    );
    return { has: conversations.nodes.some((node) => node.id === id), count: inboxCounts.drafted };
  };
  expect(await drafted(ada, true)).toEqual({ has: true, count: 1 });
  expect(await drafted(ada, false)).toEqual({ has: false, count: 1 });
  expect(await drafted(vic, true)).toEqual({ has: false, count: 0 });
  expect(await save(ada, id, ' \n ')).toBeNull();
  expect(await read(ada, id)).toBeNull();
  expect(await drafted(ada, true)).toEqual({ has: false, count: 0 });
  expect(await read(bob, id)).toMatchObject({ text: 'Hi' });
});

it('refuses what cannot be kept', async () => {
  const id = await under.conversation(ada);
  const mutation =
    'mutation ($id: ID!, $text: String!, $files: [ID!]) { saveComposerDraft(conversationId: $id, text: $text, attachmentIds: $files) { text } }';
  const stranger = await under.inbox('Eve');
  const theirs = (await upload(bob.client, note('of Bob'), 'b.txt')).body.id;
  expect(await ada.client.refusal(mutation, { id, text: 'x'.repeat(100_001) })).toBe('BAD_USER_INPUT');
  expect(await ada.client.refusal(mutation, { id, text: 'x', files: [theirs] })).toBe('BAD_USER_INPUT');
  expect(await stranger.client.refusal(mutation, { id, text: 'x' })).toBe('NOT_FOUND');
  expect(await vic.client.refusal(mutation, { id, text: 'x' })).toBe('FORBIDDEN');
  expect(await stranger.client.ask(`{ composerDraft(conversationId: "${id}") { text } }`)).toEqual({
    composerDraft: null,
  });
  expect(await read(ada, id)).toBeNull();
});

it('is told to the other devices of the same member, and to nobody else', async () => {
  const id = await under.conversation(ada);
  const subscription = 'subscription { composerDraftChanged { conversationId draft { text } } }';
  const mine = ada.client.watch<Change>(subscription);
  const elsewhere = ada.client.watch<Change>(
    subscription.replace('Changed', `Changed(conversationId: "${await under.conversation(ada)}")`),
  );
  const other = bob.client.watch<Change>(subscription);
  // What is said before both listen goes by; what follows is heard once by whom it concerns.
  await eventually(async () => {
    await save(ada, id, 'heard?');
    await save(bob, id, 'heard?');
    return mine.events.length > 0 && other.events.length > 0 ? true : null;
  });
  await save(ada, id, 'one');
  await save(ada, id, '');
  await save(bob, id, 'last');
  await mine.until(({ draft }) => draft === null);
  await other.until(({ draft }) => draft?.text === 'last');
  expect(mine.events.every((event) => event.conversationId === id && event.draft?.text !== 'last')).toBe(true);
  expect(other.events.every((event) => event.draft?.text === 'heard?' || event.draft?.text === 'last')).toBe(true);
  expect([elsewhere.error, elsewhere.events]).toEqual([null, []]);
  // Neither stored nor replayed.
  const { rows } = await under.admin.query('select from workspace_events where kind ilike $1', ['%draft%']);
  expect(rows).toHaveLength(0);
});

it('goes once it was sent as it stood, and stays where something else was sent', async () => {
  const id = await under.conversation(ada, { last_inbound_at: new Date() });
  const send = (text: string) =>
    ada.client.ask('mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }', {
      input: { conversationId: id, text, idempotencyKey: `${id} ${text}` },
    });
  await save(ada, id, 'a longer answer\n');
  await save(bob, id, 'a longer answer');
  await send('One moment, please.');
  expect(await read(ada, id)).toMatchObject({ text: 'a longer answer\n' });
  await send('a longer answer');
  expect(await read(ada, id)).toBeNull();
  expect(await read(bob, id)).toMatchObject({ text: 'a longer answer' });
});

it('holds the files that it names, and lets them go with it', async () => {
  const id = await under.conversation(ada);
  const kept = (await upload(ada.client, note('kept'), 'kept.txt')).body.id;
  const other = (await upload(ada.client, note('other'), 'other.txt')).body.id;
  const worker = under.app.app.get(RemoveFileWorker);
  const job = (rowId: string) => ({ workspaceId: ada.workspaceId, rowId }) as Parameters<typeof worker.run>[0];
  const stored = async () =>
    (await under.admin.query<{ id: string }>('select id from files where id = any ($1)', [[kept, other]])).rows.map(
      (row) => row.id,
    );
  expect(await save(ada, id, '', [other, kept])).toMatchObject({
    text: '',
    attachmentIds: [other, kept],
    // Another device shows them by their names.
    files: [
      { id: other, name: 'other.txt', size: 5 },
      { id: kept, name: 'kept.txt', size: 4 },
    ],
  });
  expect(await save(ada, id, 'see', [kept])).toMatchObject({ attachmentIds: [kept] });
  const again = await worker.run(job(kept));
  expect(again).toEqual({ againAt: expect.any(Date) });
  expect(await worker.run(job(other))).toBeUndefined();
  expect(await stored()).toEqual([kept]);
  await save(ada, id, '');
  expect(await worker.run(job(kept))).toBeUndefined();
  expect(await stored()).toEqual([]);
});

it('goes with its conversation, and with its member', async () => {
  const [first, second] = [await under.conversation(ada), await under.conversation(ada)];
  const cem = await under.colleague(ada, 'Cem');
  await save(ada, first, 'of Ada');
  await save(cem, first, 'of Cem');
  await save(cem, second, 'of Cem');
  const left = async () =>
    (
      await under.admin.query<{ text: string }>(
        'select text from composer_drafts where conversation_id = any ($1) order by text',
        [[first, second]],
      )
    ).rows.map(({ text }) => text);
  expect(await left()).toEqual(['of Ada', 'of Cem', 'of Cem']);
  const workspaces = under.app.app.get(Workspaces);
  await workspaces.run(ada.workspaceId, (tx) => under.app.app.get(RemoveConversations).run(tx, [first]));
  expect(await left()).toEqual(['of Cem']);
  await ada.client.ask('mutation ($id: ID!) { removeMember(memberId: $id) }', { id: cem.member.memberId });
  const letGo = under.app.app.get(LetGoOfMemberWorker);
  await letGo.run({
    workspaceId: ada.workspaceId,
    rowId: cem.member.memberId,
    signal: new AbortController().signal,
  } as Parameters<typeof letGo.run>[0]);
  expect(await left()).toEqual([]);
});

it('is shared as a note that names who shall see it, and stays', async () => {
  const id = await under.conversation(ada);
  const share =
    'mutation ($id: ID!, $to: [ID!]!) { shareDraft(conversationId: $id, memberIds: $to) { direction text } }';
  const to = [bob.member.memberId];
  expect(await ada.client.refusal(share, { id, to })).toBe('NOT_FOUND');
  await save(ada, id, 'What do you think?');
  expect(await ada.client.refusal(share, { id, to: [] })).toBe('BAD_USER_INPUT');
  expect(await vic.client.refusal(share, { id, to })).toBe('FORBIDDEN');
  expect(await ada.client.ask(share, { id, to })).toEqual({
    shareDraft: { direction: 'NOTE', text: 'What do you think?' },
  });
  const mentioned = await bob.client.ask<{ conversations: { nodes: { id: string }[] } }>(
    '{ conversations(filter: { mentioned: true }) { nodes { id } } }',
  );
  expect(mentioned.conversations.nodes).toEqual([{ id }]);
  expect(await read(ada, id)).toMatchObject({ text: 'What do you think?' });
});
