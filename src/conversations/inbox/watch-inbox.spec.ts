import { eventually } from '../../../test/support/client.js';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';

interface Event {
  readonly __typename: string;
  readonly cursor: string;
  readonly [field: string]: unknown;
}

const watching = `subscription ($after: String, $conversationId: ID) { inboxEvents(after: $after, conversationId: $conversationId) {
  __typename cursor at
  ... on MessageAdded { message { id text direction author member { user { name } } conversation { id } } }
  ... on ConversationChanged { conversation { id status unreadCount readPointer assignee { id } contact { name } } }
  ... on ReadPointerChanged { conversationId memberId lastReadMessageId }
  ... on WorkspaceChanged { what ids }
} }`;

let under: InboxUnderTest;
let ada: TestInbox;
let bob: TestInbox;
let vic: TestInbox;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  ({ ada, bob, vic } = await under.team());
}, 60_000);

afterAll(() => under.stop());

it('gives each member a place of their own, and tells nobody else', async () => {
  const id = await under.conversation(ada, { unread_count: 2 });
  const [first, second] = [await under.message(ada, id), await under.message(ada, id)];
  const own = async ({ client }: TestInbox) =>
    (
      await client.ask<{ conversation: { readPointer: string | null } }>(
        `{ conversation(id: "${id}") { readPointer } }`,
      )
    ).conversation.readPointer;
  const screens = [ada, bob].map(({ client }) => client.watch<Event>(watching, { conversationId: id }));
  for (const screen of screens) await screen.until((event) => event.__typename === 'CaughtUp');

  const read = 'mutation ($id: ID!) { markRead(conversationId: $id) { unreadCount readPointer } }';
  expect(await under.change(ada, read, { id })).toEqual({
    answer: { unreadCount: 0, readPointer: second },
    told: ['ReadPointerChanged', 'ConversationChanged'],
  });
  expect([await own(ada), await own(bob)]).toEqual([second, null]);
  expect(await under.change(ada, read, { id })).toMatchObject({ told: [] });
  const [adas, bobs] = screens as [(typeof screens)[0], (typeof screens)[0]];
  // An event shows what is true when it is made: his own place must not be there yet.
  await bobs.until((event) => event.__typename === 'ConversationChanged');
  expect(await under.change(bob, read, { id })).toMatchObject({ told: ['ReadPointerChanged'] });

  await bobs.until((event) => event.__typename === 'ReadPointerChanged');
  await adas.until((event) => event.__typename === 'ConversationChanged');
  const kinds = (screen: typeof adas, kind: string) => screen.events.filter((event) => event.__typename === kind);
  expect(kinds(adas, 'ReadPointerChanged')).toMatchObject([
    { conversationId: id, memberId: ada.member.memberId, lastReadMessageId: second },
  ]);
  expect(kinds(bobs, 'ReadPointerChanged')).toMatchObject([{ memberId: bob.member.memberId }]);
  // One event, made for each in their own sight.
  expect(kinds(adas, 'ConversationChanged')).toMatchObject([
    { conversation: { id, unreadCount: 0, readPointer: second, contact: { name: 'Grace' } } },
  ]);
  expect(kinds(bobs, 'ConversationChanged')).toMatchObject([
    { conversation: { id, unreadCount: 0, readPointer: null } },
  ]);
  expect(first < second).toBe(true);
});

it('shows a note to members, puts it among the mentions of those it names, and is no answer to the customer', async () => {
  const waiting = new Date(Date.now() - 60_000);
  const id = await under.conversation(ada, { waiting_since: waiting });
  const asked = await under.message(ada, id);
  await under.admin.query('update conversations set last_message_id = $1 where id = $2', [asked, id]);
  const counts = async ({ client }: TestInbox) =>
    (await client.ask<{ inboxCounts: { mentioned: number } }>('{ inboxCounts { mentioned } }')).inboxCounts.mentioned;
  const { inboxCursor } = await ada.client.ask<{ inboxCursor: string }>('{ inboxCursor }');
  const note = await under.change<{ id: string }>(
    ada,
    'mutation ($id: ID!, $who: [ID!]) { addNote(conversationId: $id, text: " look ", mentions: $who) { id direction author text member { user { name } } } }',
    {
      id,
      who: [bob.member.memberId, ada.member.memberId, bob.member.memberId.toUpperCase()],
    },
  );
  expect(note).toMatchObject({
    answer: { direction: 'NOTE', author: 'MEMBER', text: 'look', member: { user: { name: 'Ada' } } },
    told: ['ConversationChanged', 'MessageAdded', 'WorkspaceChanged'],
  });
  expect([await counts(ada), await counts(bob)]).toEqual([0, 1]);
  const { conversation } = await bob.client.ask<Record<string, unknown>>(
    `{ conversation(id: "${id}") { unreadCount lastMessage { id } } }`,
  );
  expect(conversation).toEqual({ unreadCount: 0, lastMessage: { id: asked } });
  const { rows } = await under.admin.query('select waiting_since from conversations where id = $1', [id]);
  expect(rows).toEqual([{ waiting_since: waiting }]);

  // A screen that comes back with its cursor is given what it missed, and only what is its to see.
  const missed = async (inbox: TestInbox) => {
    const screen = inbox.client.watch<Event>(watching, { after: inboxCursor, conversationId: id });
    await screen.until((event) => event.__typename === 'CaughtUp');
    screen.end();
    return screen.events.map((event) => event.__typename);
  };
  expect(await missed(ada)).toEqual(['ConversationChanged', 'MessageAdded', 'CaughtUp']);
  expect(await missed(bob)).toEqual(['ConversationChanged', 'MessageAdded', 'WorkspaceChanged', 'CaughtUp']);

  await bob.client.ask('mutation ($id: ID!) { markRead(conversationId: $id) { id } }', { id });
  expect(await counts(bob)).toBe(0);
  const watch = vic.client.watch(watching, { conversationId: '01890000-0000-7000-8000-000000000000' });
  await eventually(() => Promise.resolve(watch.error));
  expect(JSON.stringify(watch.error)).toContain('NOT_FOUND');
});

it('tells who looks and types right now, also to those who come later', async () => {
  const id = await under.conversation(ada);
  const activity =
    'subscription ($id: ID) { activity(conversationId: $id) { conversationId typing viewing contactTyping member { user { name } } } }';
  const set = (typing: boolean, viewing: boolean) =>
    bob.client.ask(
      'mutation ($id: ID!, $typing: Boolean!, $viewing: Boolean!) { setActivity(conversationId: $id, typing: $typing, viewing: $viewing) }',
      { id, typing, viewing },
    );
  await set(true, true);
  const late = ada.client.watch<Record<string, unknown>>(activity, { id });
  expect(await late.until(() => true)).toEqual({
    conversationId: id,
    typing: true,
    viewing: true,
    contactTyping: false,
    member: { user: { name: 'Bob' } },
  });
  await set(true, true);
  await set(false, true);
  await set(false, false);
  await late.until((event) => event['viewing'] === false);
  expect(late.events.map(({ typing, viewing }) => [typing, viewing])).toEqual([
    [true, true],
    [false, true],
    [false, false],
  ]);
  late.end();
});

it('keeps canned responses, one for each shortcut', async () => {
  const save =
    'mutation ($id: ID, $shortcut: String!, $text: String!) { saveCannedResponse(id: $id, shortcut: $shortcut, text: $text) { id shortcut text } }';
  const made = await under.change<{ id: string }>(ada, save, { shortcut: 'Hi', text: 'Hello there' });
  expect(made).toMatchObject({ answer: { shortcut: 'Hi', text: 'Hello there' }, told: ['WorkspaceChanged'] });
  expect(await ada.client.refusal(save, { shortcut: 'hI', text: 'x' })).toBe('CONFLICT');
  expect(await ada.client.refusal(save, { shortcut: 'two words', text: 'x' })).toBe('BAD_USER_INPUT');
  const { id } = made.answer;
  expect((await under.change(ada, save, { id, shortcut: 'hi', text: 'Hello there' })).told).toEqual([
    'WorkspaceChanged',
  ]);
  expect((await under.change(ada, save, { id, shortcut: 'hi', text: 'Hello there' })).told).toEqual([]);
  expect(await ada.client.ask('{ cannedResponses { id shortcut } }')).toEqual({
    cannedResponses: [{ id, shortcut: 'hi' }],
  });
  await ada.client.ask('mutation ($id: ID!) { deleteCannedResponse(id: $id) }', { id });
  expect(await ada.client.ask('{ cannedResponses { id } }')).toEqual({ cannedResponses: [] });
});

it('keeps five thousand canned responses, and five million characters of them', async () => {
  const save =
    'mutation ($id: ID, $shortcut: String!, $text: String!) { saveCannedResponse(id: $id, shortcut: $shortcut, text: $text) { id } }';
  const fill = (count: number, characters: number) =>
    under.admin.query(
      `insert into canned_responses (workspace_id, id, shortcut, text)
       select $1, uuidv7(), 'n' || n, repeat('x', $3) from generate_series(1, $2::int) n`,
      [ada.workspaceId, count, characters],
    );
  const empty = () => under.admin.query('delete from canned_responses where workspace_id = $1', [ada.workspaceId]);
  await fill(4_999, 10);
  const { saveCannedResponse: last } = await ada.client.ask<{ saveCannedResponse: { id: string } }>(save, {
    shortcut: 'last',
    text: 'x',
  });
  expect(await ada.client.refusal(save, { shortcut: 'another', text: 'x' })).toBe('CONFLICT');
  // One that is there may still be changed.
  await ada.client.ask(save, { id: last.id, shortcut: 'last', text: 'y' });
  const { cannedResponses } = await ada.client.ask<{ cannedResponses: object[] }>('{ cannedResponses { id } }');
  expect(cannedResponses).toHaveLength(5_000);
  await empty();

  await fill(999, 5_000);
  await ada.client.ask(save, { shortcut: 'fits', text: 'x'.repeat(5_000) });
  expect(await ada.client.refusal(save, { shortcut: 'more', text: 'x' })).toBe('CONFLICT');
  await empty();
});
