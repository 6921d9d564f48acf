import { eventually } from '../../../test/support/client.js';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { Channels } from '../../channels/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { DueTable, Queues } from '../../platform/queue/index.js';
import { WakeConversationWorker } from './wake-conversation.worker.js';

let under: InboxUnderTest;
let ada: TestInbox;
let bob: TestInbox;
let vic: TestInbox;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  ({ ada, bob, vic } = await under.team());
}, 60_000);

afterAll(() => under.stop());

it.each([
  ['setPriority(id: $id, priority: URGENT) { priority }', { priority: 'URGENT' }],
  ['tagConversation(id: $id, tags: ["  vip ", "vip", "", "a  b"]) { tags }', { tags: ['vip', 'a b'] }],
  [
    'setConversationStatus(id: $id, status: RESOLVED) { status snoozedUntil }',
    { status: 'RESOLVED', snoozedUntil: null },
  ],
  [
    'assignConversation(id: $id, memberId: $member) { assignee { user { name } } }',
    { assignee: { user: { name: 'Bob' } } },
  ],
])('%s is told once, and not again while nothing changes', async (mutation, expected) => {
  const id = await under.conversation(ada);
  const document = `mutation ($id: ID!${mutation.includes('$member') ? ', $member: ID' : ''}) { ${mutation} }`;
  const variables = { id, member: bob.member.memberId };
  expect(await under.change(ada, document, variables)).toEqual({ answer: expected, told: ['ConversationChanged'] });
  expect(await under.change(ada, document, variables)).toEqual({ answer: expected, told: [] });
});

it('refuses what cannot be, in words, and changes nothing', async () => {
  const id = await under.conversation(ada);
  const day = 86_400_000;
  const snooze = (at: number) =>
    `setConversationStatus(id: $id, status: SNOOZED, snoozedUntil: "${new Date(at).toISOString()}") { id }`;
  const before = await under.position(ada);
  const cases: [string, string][] = [
    ['setConversationStatus(id: $id, status: SNOOZED) { id }', 'snoozedUntil'],
    [snooze(Date.now() - 1_000), 'snoozedUntil'],
    [snooze(Date.now() + 400 * day), 'snoozedUntil'],
    [snooze(Date.now() + day).replace('SNOOZED', 'OPEN'), 'snoozedUntil'],
    [`tagConversation(id: $id, tags: ["${'x'.repeat(51)}"]) { id }`, 'tags'],
    [
      `tagConversation(id: $id, tags: [${Array.from({ length: 21 }, (_, index) => `"${String(index)}"`).join(' ')}]) { id }`,
      'tags',
    ],
    ['addNote(conversationId: $id, text: "  ") { id }', 'text'],
  ];
  for (const [mutation, field] of cases) {
    const { errors } = await ada.client.post(`mutation ($id: ID!) { ${mutation} }`, { id });
    expect([mutation, errors?.[0]?.extensions]).toEqual([
      mutation,
      expect.objectContaining({ code: 'BAD_USER_INPUT', field }),
    ]);
  }
  const frozen = await under.colleague(ada, 'Fro');
  await under.admin.query('update members set frozen = true where id = $1', [frozen.member.memberId]);
  const assign = 'mutation ($id: ID!, $member: ID!) { assignConversation(id: $id, memberId: $member) { id } }';
  expect(await ada.client.refusal(assign, { id, member: frozen.member.memberId })).toBe('BAD_USER_INPUT');
  expect(await under.position(ada)).toBe(before);
});

it('lets a viewer look, and nothing else', async () => {
  const id = await under.conversation(ada);
  const allowed = 'mutation ($id: ID!) { setActivity(conversationId: $id, typing: false, viewing: true) }';
  expect(await vic.client.refusal(allowed, { id })).toBeNull();
  const refused = [
    'setActivity(conversationId: $id, typing: true, viewing: true)',
    'markRead(conversationId: $id) { id }',
    'setPriority(id: $id, priority: LOW) { id }',
    'setConversationStatus(id: $id, status: OPEN) { id }',
    'assignConversation(id: $id) { id }',
    'tagConversation(id: $id, tags: []) { id }',
    'addNote(conversationId: $id, text: "x") { id }',
    'addContactNote(contactId: $id, text: "x") { id }',
    'updateContact(input: { id: $id }) { id }',
    'mergeContacts(keepId: $id, mergeIds: []) { id }',
    'unmergeContacts(keepId: $id) { id }',
    'saveCannedResponse(id: $id, shortcut: "x", text: "x") { id }',
    'deleteCannedResponse(id: $id)',
  ];
  for (const mutation of refused) {
    expect([mutation, await vic.client.refusal(`mutation ($id: ID!) { ${mutation} }`, { id })]).toEqual([
      mutation,
      'FORBIDDEN',
    ]);
  }
});

it('wakes a snoozed conversation when its time has come, and not before', async () => {
  const id = await under.conversation(ada);
  const worker = under.app.app.get(WakeConversationWorker);
  const job = { workspaceId: ada.workspaceId, rowId: id };
  const due = async () =>
    (await under.admin.query(`select due_at from due where kind = 'wake-conversation' and row_id = $1`, [id])).rows as {
      due_at: Date;
    }[];
  const snooze =
    'mutation ($id: ID!, $until: DateTime) { setConversationStatus(id: $id, status: SNOOZED, snoozedUntil: $until) { status snoozedUntil } }';
  const until = new Date(Date.now() + 3_600_000).toISOString();
  expect(await under.change(ada, snooze, { id, until })).toEqual({
    answer: { status: 'SNOOZED', snoozedUntil: until },
    told: ['ConversationChanged'],
  });
  expect(await due()).toEqual([{ due_at: new Date(until) }]);
  expect(await worker.run(job)).toEqual({ againAt: new Date(until) });

  await ada.client.ask('mutation ($id: ID!) { setConversationStatus(id: $id, status: PENDING) { id } }', { id });
  expect(await due()).toEqual([]);
  expect(await worker.run(job)).toBeUndefined();

  await ada.client.ask(snooze, { id, until: new Date(Date.now() + 400).toISOString() });
  const before = await under.position(ada);
  const woken = await eventually(async () => {
    await under.app.app.get(Queues).sweep();
    const { conversation } = await ada.client.ask<{ conversation: { status: string; snoozedUntil: string | null } }>(
      `{ conversation(id: "${id}") { status snoozedUntil } }`,
    );
    return conversation.status === 'OPEN' ? conversation : null;
  });
  expect(woken).toEqual({ status: 'OPEN', snoozedUntil: null });
  expect((await under.feed(ada.workspaceId, before)).map(({ kind }) => kind)).toEqual(['ConversationChanged']);
  await eventually(async () => ((await due()).length === 0 ? true : null));
  expect(await under.app.app.get(DueTable).overdue(['wake-conversation'], 1, 1, 15)).toEqual([]);
}, 30_000);

describe('members who are away', () => {
  it('are told of an assignment by another, of a mention, and of a channel that lost its access', async () => {
    const one = await under.inbox();
    const colleague = await under.colleague(one, 'Grace');
    const { workspaceId } = one;
    await under.admin.query('update users set email_verified_at = now() where id = any ($1)', [
      [one.member.userId, colleague.member.userId],
    ]);
    const conversationId = await under.conversation(one);
    const assign = 'mutation ($id: ID!, $memberId: ID) { assignConversation(id: $id, memberId: $memberId) { id } }';
    await one.client.ask(assign, { id: conversationId, memberId: colleague.member.memberId });
    await colleague.client.ask(assign, { id: conversationId, memberId: null });
    await colleague.client.ask(assign, { id: conversationId, memberId: colleague.member.memberId });
    await one.client.ask(
      'mutation ($id: ID!, $of: [ID!]) { addNote(conversationId: $id, text: "look", mentions: $of) { id } }',
      { id: conversationId, of: [colleague.member.memberId, one.member.memberId] },
    );
    const channels = under.app.app.get(Channels);
    await under.app.app.get(Workspaces).run(workspaceId, (tx) => channels.markExpired(tx, one.channelId, 'It ended.'));
    const { rows } = await under.admin.query<object>(
      `select member_id, kind, count, conversation_id from notifications where workspace_id = $1 and way = 'MAIL' order by kind`,
      [workspaceId],
    );
    const told = { member_id: colleague.member.memberId, count: 1, conversation_id: conversationId };
    expect(rows).toEqual([
      { ...told, kind: 'ASSIGNED' },
      // It concerns those who can mend it.
      { member_id: one.member.memberId, kind: 'CHANNEL_TROUBLE', count: 1, conversation_id: null },
      { ...told, kind: 'MENTIONED' },
    ]);
  });
});
