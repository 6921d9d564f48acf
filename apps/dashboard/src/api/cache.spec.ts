import { Client, fetchExchange, subscriptionExchange, type ExecutionResult } from 'urql';
import { makeCache } from './cache.js';
import {
  ConversationDocument,
  ConversationsDocument,
  InboxEventsDocument,
  MessagesDocument,
  type ConversationRowFragment,
} from './documents.js';

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
const open = { status: ['OPEN' as const] };
const resolved = { status: ['RESOLVED' as const] };

function preview(id: string, minute: number) {
  const fixed = { direction: 'INBOUND', author: 'CONTACT', kind: 'TEXT', status: 'RECEIVED', deletedAt: null };
  return { __typename: 'Message', id, text: `text of ${id}`, sentAt: at(minute), ...fixed };
}

function conversation(id: string, part: Partial<ConversationRowFragment> = {}) {
  return {
    ...{
      __typename: 'Conversation',
      id,
      subject: null,
      status: 'OPEN',
      priority: 'NONE',
      tags: [],
      snoozedUntil: null,
    },
    ...{ unreadCount: 1, lastActivityAt: at(1), createdAt: at(0), readPointer: null, spam: false, aiMode: 'OFF' },
    ...{ aiPaused: false, assignee: null, lastMessage: preview(`${id}-m1`, 1) },
    channel: { __typename: 'Channel', id: 'ch1', kind: 'MESSENGER', name: 'Page', status: 'CONNECTED' },
    contact: { __typename: 'Contact', id: `p-${id}`, name: id, blocked: false, identities: [] },
    messagingWindow: { __typename: 'MessagingWindow', open: true, closesAt: null, humanAgentUntil: null, reason: null },
    ...part,
  };
}

function message(id: string, of: object, minute: number) {
  return {
    ...preview(id, minute),
    ...{ error: null, editedAt: null, member: null, attachments: [], replyTo: null, reactions: [], sources: [] },
    ...{
      location: null,
      contactCards: [],
      postback: null,
      quickReplies: [],
      mail: null,
      referral: null,
      conversation: of,
    },
  };
}

function page(typename: string, nodes: object[]) {
  return { __typename: typename, nodes, pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null } };
}

interface Asked {
  operationName: string;
  variables: { id?: string; filter?: { status: string[] } };
}

/** The cache as the screens have it, in front of a server that knows two conversations; events are pushed by hand. */
async function setUp() {
  const asked: string[] = [];
  let push: (result: ExecutionResult) => void = () => undefined;
  const [c1, c2] = [conversation('c1'), conversation('c2')];
  const capabilities = {
    ...{ __typename: 'ChannelCapabilities', maxTextLength: 100, replies: true, reactions: true, reactionEmojis: null },
    ...{ templates: false, quickReplies: 0, quickReplyLength: 0, quickReplyTextLength: null, attachmentRules: [] },
  };
  const details = { draft: null, channel: { ...c1.channel, capabilities } };
  const serve = ({ operationName, variables }: Asked): object => {
    asked.push(operationName);
    if (operationName === 'Conversations') {
      return {
        conversations: page('ConversationConnection', variables.filter?.status.includes('OPEN') ? [c1, c2] : []),
      };
    }
    if (operationName === 'Conversation') return { conversation: { ...c1, ...details } };
    return {
      conversation: {
        __typename: 'Conversation',
        id: 'c1',
        messages: page('MessageConnection', [message('c1-m1', c1, 1)]),
      },
    };
  };
  const client = new Client({
    url: 'http://localhost/graphql',
    preferGetMethod: false,
    fetch: (_url, init) => {
      const data = serve(JSON.parse(init?.body as string) as Asked);
      return Promise.resolve(
        new Response(JSON.stringify({ data }), { headers: { 'content-type': 'application/json' } }),
      );
    },
    exchanges: [
      makeCache(() => 'm1'),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: () => ({
          subscribe: (sink) => {
            push = (result) => sink.next(result);
            return { unsubscribe: () => undefined };
          },
        }),
      }),
    ],
  });
  const list = (filter: { status: ['OPEN'] | ['RESOLVED'] }) => ({
    filter,
    order: 'LAST_ACTIVITY' as const,
    first: 40,
    after: null,
  });
  const thread = { id: 'c1', first: 50, after: null };
  await client.query(ConversationsDocument, list(open as never)).toPromise();
  await client.query(ConversationsDocument, list(resolved as never)).toPromise();
  await client.query(ConversationDocument, { id: 'c1' }).toPromise();
  await client.query(MessagesDocument, thread).toPromise();
  client.subscription(InboxEventsDocument, { after: '1' }).subscribe(() => undefined);
  const cached = { requestPolicy: 'cache-only' as const };
  return {
    asked,
    emit: (event: object) => push({ data: { inboxEvents: { cursor: '2', at: at(9), ...event } } }),
    rows: (filter: object) =>
      client
        .readQuery(ConversationsDocument, list(filter as never), cached)
        ?.data?.conversations.nodes.map(({ id }) => id),
    messages: () => client.readQuery(MessagesDocument, thread, cached)?.data?.conversation?.messages.nodes ?? [],
    details: () => client.readQuery(ConversationDocument, { id: 'c1' }, cached)?.data?.conversation,
  };
}

describe('the cache under live events', () => {
  it('adds a message to its open thread once, however often it is told', async () => {
    const { emit, messages, asked } = await setUp();
    const before = asked.length;
    const event = { __typename: 'MessageAdded', message: message('c1-m2', conversation('c1', { unreadCount: 2 }), 2) };
    emit(event);
    emit(event);
    expect(messages().map(({ id }) => id)).toEqual(['c1-m2', 'c1-m1']);
    expect(asked).toHaveLength(before);
  });

  it('puts a new conversation into the lists that it belongs in, and into no other', async () => {
    const { emit, rows } = await setUp();
    emit({ __typename: 'MessageAdded', message: message('n-m1', conversation('new'), 3) });
    expect(rows(open)).toEqual(['new', 'c1', 'c2']);
    expect(rows(resolved)).toEqual([]);
  });

  it('adds a conversation to the list that a change moved it to', async () => {
    const { emit, rows } = await setUp();
    emit({ __typename: 'ConversationChanged', conversation: conversation('c2', { status: 'RESOLVED' }) });
    expect(rows(resolved)).toEqual(['c2']);
  });

  it('changes a message wherever it is shown', async () => {
    const { emit, messages } = await setUp();
    emit({
      __typename: 'MessageChanged',
      message: { ...message('c1-m1', { __typename: 'Conversation', id: 'c1' }, 1), deletedAt: at(5), text: null },
    });
    expect(messages()).toMatchObject([{ id: 'c1-m1', deletedAt: at(5), text: null }]);
  });

  it('shows a draft that was made on arrival', async () => {
    const { emit, details } = await setUp();
    const draft = {
      __typename: 'Draft',
      id: 'd1',
      conversationId: 'c1',
      text: 'Yes.',
      status: 'PROPOSED',
      confidence: 0.5,
      createdAt: at(4),
      sources: [],
      run: null,
    };
    emit({ __typename: 'DraftChanged', draft });
    expect(details()?.draft).toMatchObject({ id: 'd1', text: 'Yes.' });
  });

  it('moves the own read pointer, not at a colleague’s reading', async () => {
    const { emit, details } = await setUp();
    emit({ __typename: 'ReadPointerChanged', conversationId: 'c1', memberId: 'm2', lastReadMessageId: 'c1-m1' });
    expect(details()?.readPointer).toBeNull();
    emit({ __typename: 'ReadPointerChanged', conversationId: 'c1', memberId: 'm1', lastReadMessageId: 'c1-m1' });
    expect(details()?.readPointer).toBe('c1-m1');
  });

  it.each([
    ['Conversation', 'c1'],
    ['Contact', 'p-c1'],
  ])('forgets an erased %s and what hangs from it', async (type, id) => {
    const { emit, rows, details } = await setUp();
    emit({ __typename: 'Erased', type, ids: [id] });
    expect(rows(open)).toEqual(['c2']);
    expect(details()).toBeUndefined();
  });

  it('drops an erased message from its thread', async () => {
    const { emit, messages } = await setUp();
    emit({ __typename: 'Erased', type: 'Message', ids: ['c1-m1'] });
    expect(messages()).toEqual([]);
  });
});
