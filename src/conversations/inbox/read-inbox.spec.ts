import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { jest } from '@jest/globals';
import { Kind, parse, print, separateOperations } from 'graphql';
import pg from 'pg';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';

interface Nodes<Node> {
  readonly nodes: Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface Found {
  readonly searchMessages: Nodes<{ readonly id: string }>;
}

let under: InboxUnderTest;
let ada: TestInbox;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  ada = await under.inbox('Ada');
}, 60_000);

afterAll(() => under.stop());

/** The statements over tables that an operation sends, those that open and end transactions left out. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const query = jest.spyOn(pg.Client.prototype, 'query');
  try {
    await work();
    return query.mock.calls
      .map(([statement]) => (typeof statement === 'string' ? statement : (statement as { text: string }).text))
      .filter((text) =>
        /\b(sessions|members|conversations|contacts|channels|messages|read_pointers|sessions_by_hash|bots)\b/.test(
          text,
        ),
      )
      .filter((text) => !/\b(due|deliveries|workspace_events)\b/.test(text));
  } finally {
    query.mockRestore();
  }
}

const inboxPage = `query ($first: Int) { conversations(first: $first) { nodes {
  id status priority unreadCount lastActivityAt channel { id name status } contact { id name avatarUrl }
  lastMessage { id text direction sentAt } assignee { id user { name } } messagingWindow { open closesAt }
} pageInfo { hasNextPage endCursor } } }`;

it('reads a page of the inbox in at most four statements, whatever its size (goal 6b)', async () => {
  for (let count = 0; count < 60; count += 1) {
    const channel = await under.channel(ada.workspaceId);
    const id = await under.conversation(ada, { channel_id: channel, assignee_id: ada.member.memberId });
    const message = await under.message({ ...ada, channelId: channel }, id);
    await under.admin.query('update conversations set last_message_id = $1 where id = $2', [message, id]);
  }
  for (const first of [1, 25, 50]) {
    let shown: { lastMessage: { text: string }; assignee: { user: { name: string } } }[] = [];
    const statements = await statementsOf(async () => {
      shown = (await ada.client.ask<{ conversations: Nodes<(typeof shown)[0]> }>(inboxPage, { first })).conversations
        .nodes;
    });
    expect(shown).toHaveLength(first);
    expect(shown.every((node) => node.lastMessage.text === 'Hello' && node.assignee.user.name === 'Ada')).toBe(true);
    // Who is calling, and the page with all that it shows.
    expect(statements.length).toBeGreaterThanOrEqual(2);
    expect(statements.length).toBeLessThanOrEqual(4);
  }
}, 30_000);

it('reads the page that the dashboard asks for in at most four statements', async () => {
  const operations = path.join(import.meta.dirname, '../../../libs/api-client/operations');
  const sources = await Promise.all(
    (await readdir(operations)).map((file) => readFile(path.join(operations, file), 'utf8')),
  );
  const all = parse(sources.join('\n'));
  const definitions = all.definitions.filter(
    (definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ||
      (definition.kind === Kind.OPERATION_DEFINITION && definition.name?.value === 'Conversations'),
  );
  const query = print(separateOperations({ ...all, definitions })['Conversations'] ?? all);
  const contact = await under.contact(ada.workspaceId, { name: 'Alan' });
  for (const externalId of ['first', 'second'])
    await under.identity(ada.workspaceId, { channel_id: ada.channelId, contact_id: contact, external_id: externalId });
  const id = await under.conversation(ada, { contact_id: contact, assignee_id: ada.member.memberId });
  const message = await under.message(ada, id);
  await under.admin.query('update conversations set last_message_id = $1 where id = $2', [message, id]);
  await under.admin.query(
    'insert into read_pointers (workspace_id, conversation_id, member_id, message_id) values ($1, $2, $3, $4)',
    [ada.workspaceId, id, ada.member.memberId, message],
  );
  let nodes: { id: string }[] = [];
  const statements = await statementsOf(async () => {
    nodes = (await ada.client.ask<{ conversations: Nodes<{ id: string }> }>(query, { first: 50 })).conversations.nodes;
  });
  expect(nodes.length).toBeGreaterThan(1);
  expect(nodes.find((node) => node.id === id)).toMatchObject({
    channel: { id: ada.channelId },
    assignee: { id: ada.member.memberId, user: { name: 'Ada' } },
    contact: { id: contact, name: 'Alan', identities: [{ externalId: 'first' }, { externalId: 'second' }] },
    lastMessage: { id: message, text: 'Hello' },
    readPointer: message,
    aiMode: 'OFF',
  });
  expect(statements.length).toBeGreaterThanOrEqual(2);
  expect(statements.length).toBeLessThanOrEqual(4);
}, 30_000);

it('walks a thread newest first, and begins around a message', async () => {
  const id = await under.conversation(ada);
  const ids: string[] = [];
  for (let count = 0; count < 23; count += 1)
    ids.unshift(await under.message(ada, id, { text: `message ${String(count)}` }));
  const page = async (arguments_: string) => {
    const { conversation } = await ada.client.ask<{ conversation: { messages: Nodes<{ id: string }> } }>(
      `{ conversation(id: "${id}") { messages(${arguments_}) { nodes { id } pageInfo { hasNextPage endCursor } } } }`,
    );
    return { ...conversation.messages, ids: conversation.messages.nodes.map((node) => node.id) };
  };
  const walked: string[] = [];
  for (let after = ''; ;) {
    const { ids: some, pageInfo } = await page(`first: 5 ${after}`);
    walked.push(...some);
    if (!pageInfo.hasNextPage) break;
    after = `after: "${String(pageInfo.endCursor)}"`;
  }
  expect(walked).toEqual(ids);
  for (let index = 0; index < ids.length; index += 1) {
    for (const first of [1, 2, 5, 10, 50]) {
      const around = await page(`first: ${String(first)}, around: "${String(ids[index])}"`);
      const begin = Math.max(0, Math.min(index - Math.floor((first - 1) / 2), ids.length - first));
      expect([index, first, around.ids]).toEqual([index, first, ids.slice(begin, begin + first)]);
      expect(around.pageInfo.hasNextPage).toBe(begin + first < ids.length);
    }
  }
  const elsewhere = await under.message(ada, await under.conversation(ada));
  for (const unknown of [elsewhere, 'no id', '01890000-0000-7000-8000-000000000000']) {
    expect(await page(`around: "${unknown}"`)).toMatchObject({ ids: [], pageInfo: { hasNextPage: false } });
  }
}, 30_000);

it('shows what hangs on messages, and nothing of one that was taken back', async () => {
  const id = await under.conversation(ada);
  const asked = await under.message(ada, id, { text: 'Where?', external_id: 'wamid.1' });
  const place = { latitude: 41, longitude: 29, name: 'Shop', address: null };
  const answer = await under.message(ada, id, {
    kind: 'LOCATION',
    external_id: 'wamid.2',
    reply_to_external_id: 'wamid.1',
    content: { location: place },
  });
  const gone = await under.message(ada, id, {
    text: 'secret',
    external_id: 'wamid.3',
    content: { location: place },
    deleted_at: new Date(),
  });
  const file = await under.insert('files', ada.workspaceId, {
    name: 'a.png',
    content_type: 'image/png',
    size: 3,
    sha256: Buffer.alloc(32),
  });
  const attach = (message: string, position: number, more: object) =>
    under.insert('attachments', ada.workspaceId, { message_id: message, position, kind: 'IMAGE', ...more });
  await attach(answer, 0, { status: 'READY', file_id: file });
  await attach(answer, 1, { status: 'REFERENCE', url: 'https://example.com/post' });
  await attach(answer, 2, { status: 'FETCHING' });
  await attach(gone, 0, { status: 'READY', file_id: file });
  for (const [actor, emoji] of [
    ['a', '👍'],
    ['b', null],
  ]) {
    await under.admin.query(
      `insert into reactions (workspace_id, channel_id, message_external_id, actor, by, emoji, at) values ($1, $2, 'wamid.1', $3, 'CONTACT', $4, now())`,
      [ada.workspaceId, ada.channelId, actor, emoji],
    );
  }
  const { conversation } = await ada.client.ask<{ conversation: { messages: { nodes: Record<string, unknown>[] } } }>(
    `query ($id: ID!) { conversation(id: $id) { messages { nodes {
       id text deletedAt replyTo { id text } reactions { emoji by } location { name latitude } contactCards { name } postback { title }
       attachments { status url urlExpiresAt thumbnailUrl } html mail { from } member { id } conversation { id }
     } } } }`,
    { id },
  );
  const [third, second, first] = conversation.messages.nodes;
  expect(first).toMatchObject({
    id: asked,
    replyTo: null,
    reactions: [{ emoji: '👍', by: 'CONTACT' }],
    conversation: { id },
  });
  expect(second).toMatchObject({
    id: answer,
    replyTo: { id: asked, text: 'Where?' },
    location: { name: 'Shop', latitude: 41 },
    contactCards: [],
    postback: null,
    html: null,
    attachments: [
      {
        status: 'READY',
        url: expect.stringContaining(`/files/${ada.workspaceId}.${file}?expires=`) as unknown,
        urlExpiresAt: expect.any(String) as unknown,
      },
      { status: 'REFERENCE', url: 'https://example.com/post', urlExpiresAt: null },
      { status: 'FETCHING', url: null, urlExpiresAt: null },
    ],
  });
  expect(third).toMatchObject({
    id: gone,
    text: null,
    location: null,
    attachments: [],
    deletedAt: expect.any(String) as unknown,
  });
});

it('tells whether the window is open', async () => {
  const state = async (lastInboundAt: Date | null) => {
    const id = await under.conversation(ada, { last_inbound_at: lastInboundAt });
    const { conversation } = await ada.client.ask<{ conversation: { messagingWindow: Record<string, unknown> } }>(
      `{ conversation(id: "${id}") { messagingWindow { open closesAt humanAgentUntil reason } } }`,
    );
    return conversation.messagingWindow;
  };
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
  const recent = hoursAgo(23);
  const closesAt = new Date(recent.getTime() + 86_400_000).toISOString();
  expect(await state(recent)).toEqual({ open: true, closesAt, humanAgentUntil: null, reason: null });
  expect(await state(hoursAgo(25))).toMatchObject({
    open: false,
    reason: expect.stringContaining('opens again when the customer writes') as unknown,
  });
  expect(await state(null)).toMatchObject({ open: false, closesAt: null });
  // By the database's clock, which wrote when it began; ours may be wrong.
  const real = ['nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'setInterval', 'setTimeout'] as const;
  jest.useFakeTimers({
    doNotFake: [...real, 'clearImmediate', 'clearInterval', 'clearTimeout', 'hrtime'],
    now: Date.now() + 2 * 3_600_000,
  });
  try {
    expect(await state(recent)).toMatchObject({ open: true });
  } finally {
    jest.useRealTimers();
  }
});

it('searches messages, leaving out spam and what was taken back', async () => {
  const joe = await under.inbox('Joe');
  const id = await under.conversation(joe);
  const hits = [
    await under.message(joe, id, { text: 'a lovely zebra' }),
    await under.message(joe, id, { text: 'ZEBRAS again' }),
  ];
  await under.message(joe, id, { text: 'zebra, taken back', deleted_at: new Date() });
  await under.message(joe, await under.conversation(joe, { spam: true }), { text: 'buy zebra' });
  const found: string[] = [];
  for (let after: string | null = null, more = true; more;) {
    const { searchMessages }: Found = await joe.client.ask<Found>(
      `query ($after: String) { searchMessages(query: "zebra", first: 1, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
      { after },
    );
    found.push(...searchMessages.nodes.map((node) => node.id));
    ({ hasNextPage: more, endCursor: after } = searchMessages.pageInfo);
  }
  expect(found).toEqual(hits.reverse());
});
