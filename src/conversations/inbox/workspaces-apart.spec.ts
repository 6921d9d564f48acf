import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';

let under: InboxUnderTest;
let ada: TestInbox;
let eve: TestInbox;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  ada = await under.inbox('Ada');
  eve = await under.inbox('Eve');
}, 60_000);

afterAll(() => under.stop());

it('keeps workspaces apart [promise 23]', async () => {
  const id = await under.conversation(ada, {
    assignee_id: ada.member.memberId,
    unread_count: 3,
    waiting_since: new Date(),
  });
  const message = await under.message(ada, id, { text: 'platypus' });
  const { rows } = await under.admin.query<{ contact_id: string }>(
    'select contact_id from conversations where id = $1',
    [id],
  );
  const contact = rows[0]?.contact_id ?? '';
  const seen = await eve.client.ask<Record<string, unknown>>(
    `query ($id: ID!, $contact: ID!, $filter: ConversationFilter) {
       conversation(id: $id) { id } contact(id: $contact) { id } conversations(filter: $filter) { nodes { id } }
       contacts(search: "Grace") { nodes { id } } searchMessages(query: "platypus") { nodes { id } }
       inboxCounts { open unassigned mine unread mentioned waitingLongestSeconds }
     }`,
    { id, contact, filter: { assigneeId: ada.member.memberId } },
  );
  expect(seen).toEqual({
    conversation: null,
    contact: null,
    conversations: { nodes: [] },
    contacts: { nodes: [] },
    searchMessages: { nodes: [] },
    inboxCounts: { open: 0, unassigned: 0, mine: 0, unread: 0, mentioned: 0, waitingLongestSeconds: null },
  });
  const own = await under.conversation(eve);
  const { conversation } = await eve.client.ask<{ conversation: { messages: { nodes: unknown[] } } }>(
    `{ conversation(id: "${own}") { messages(around: "${message}") { nodes { id } } } }`,
  );
  expect(conversation.messages.nodes).toEqual([]);
  const ownContact = await under.contact(eve.workspaceId);
  const changes: [string, Record<string, unknown>][] = [
    ['markRead(conversationId: $id) { id }', {}],
    ['setConversationStatus(id: $id, status: RESOLVED) { id }', {}],
    ['setPriority(id: $id, priority: HIGH) { id }', {}],
    ['assignConversation(id: $id) { id }', {}],
    ['tagConversation(id: $id, tags: ["x"]) { id }', {}],
    ['addNote(conversationId: $id, text: "x") { id }', {}],
    ['setActivity(conversationId: $id, typing: true, viewing: true)', {}],
    ['updateContact(input: { id: $id, name: "x" }) { id }', { id: contact }],
    ['addContactNote(contactId: $id, text: "x") { id }', { id: contact }],
    [`mergeContacts(keepId: "${ownContact}", mergeIds: [$id]) { id }`, { id: contact }],
    ['unmergeContacts(keepId: $id) { id }', { id: contact }],
    [`assignConversation(id: "${own}", memberId: $id) { id }`, { id: ada.member.memberId }],
    [`addNote(conversationId: "${own}", text: "x", mentions: [$id]) { id }`, { id: ada.member.memberId }],
    ['deleteCannedResponse(id: $id)', {}],
  ];
  for (const [change, variables] of changes) {
    for (const target of [
      (variables['id'] as string | undefined) ?? id,
      '01890000-0000-7000-8000-000000000000',
      'no id',
    ]) {
      const refused = await eve.client.refusal(`mutation ($id: ID!) { ${change} }`, { id: target });
      expect([change, target, refused]).toEqual([change, target, 'NOT_FOUND']);
    }
  }
  expect(await under.feed(eve.workspaceId)).toEqual([]);
});
