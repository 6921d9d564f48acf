import { Client, fetchExchange, subscriptionExchange, type ExecutionResult } from 'urql';
import { makeCache } from './cache.js';
import { withLateAnswers } from './late-answers.js';
import {
  ConversationDocument,
  ConversationsDocument,
  InboxEventsDocument,
  MessagesDocument,
  type ConversationRowFragment,
} from './documents.js';

export const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
export const open = { status: ['OPEN' as const] };
export const resolved = { status: ['RESOLVED' as const] };

export function preview(id: string, minute: number) {
  const fixed = { direction: 'INBOUND', author: 'CONTACT', kind: 'TEXT', status: 'RECEIVED', deletedAt: null };
  return { __typename: 'Message', id, text: `text of ${id}`, sentAt: at(minute), ...fixed };
}

export function conversation(id: string, part: Partial<ConversationRowFragment> = {}) {
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
    contact: {
      __typename: 'Contact',
      id: `p-${id}`,
      name: id,
      blocked: false,
      automationObjected: false,
      processingRestricted: false,
      identities: [],
    },
    messagingWindow: { __typename: 'MessagingWindow', open: true, closesAt: null, humanAgentUntil: null, reason: null },
    ...part,
  };
}

export function message(id: string, of: object, minute: number) {
  return {
    ...preview(id, minute),
    ...{
      error: null,
      editedAt: null,
      member: null,
      attachments: [],
      replyTo: null,
      reactions: [],
      sources: [],
      run: null,
    },
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

export function page(typename: string, nodes: object[]) {
  return { __typename: typename, nodes, pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null } };
}

/** What a search finds in a conversation. */
const found = (of: ReturnType<typeof conversation>) => ({ ...of.lastMessage, conversation: of });

interface Asked {
  operationName: string;
  variables: { id?: string; status?: string; filter?: { status: string[] } };
}

/** The cache as the screens have it, in front of a server that knows two conversations; events are pushed by hand. */
export async function setUp() {
  const asked: string[] = [];
  const gone = new Set(['gone']);
  let push: (result: ExecutionResult) => void = () => undefined;
  /** What an answer waits for on its way. */
  let line = Promise.resolve();
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
    if (operationName === 'SendMessage') return { sendMessage: { ...message('c1-m2', c1, 2), status: 'QUEUED' } };
    if (operationName === 'SetConversationStatus')
      return { setConversationStatus: { ...c1, status: variables.status ?? c1.status } };
    if (operationName === 'Conversation')
      return { conversation: gone.has(variables.id ?? '') ? null : { ...c1, ...details } };
    if (operationName === 'SearchMessages')
      return { searchMessages: page('MessageConnection', [found(c1), found(c2)]) };
    if (operationName === 'ContactHistory') {
      const conversations = page('ConversationConnection', [c1, { ...c2, contact: c1.contact }]);
      return { contact: { __typename: 'Contact', id: c1.contact.id, conversations } };
    }
    if (operationName === 'CannedResponses')
      return { cannedResponses: [{ __typename: 'CannedResponse', id: 'r1', shortcut: 'hi', text: 'Hello' }] };
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
    fetch: async (_url, init) => {
      const data = serve(JSON.parse(init?.body as string) as Asked);
      await line;
      return new Response(JSON.stringify({ data }), { headers: { 'content-type': 'application/json' } });
    },
    exchanges: [
      withLateAnswers(makeCache(() => 'm1')),
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
  let heard = 0;
  client.subscription(InboxEventsDocument, { after: '1' }).subscribe(() => (heard += 1));
  const cached = { requestPolicy: 'cache-only' as const };
  return {
    asked,
    client,
    heard: () => heard,
    /** The server has it no longer. */
    goes: (id: string) => void gone.add(id),
    /** A bot of this mode is there from now on. */
    answeredBy: (aiMode: 'OFF' | 'DRAFT') => void [c1, c2].forEach((one) => Object.assign(one, { aiMode })),
    /** Answers are on their way until what is given back is called. */
    slow: () => {
      let arrive = () => undefined as void;
      line = new Promise((resolve) => (arrive = resolve));
      return arrive;
    },
    emit: (event: object) => push({ data: { inboxEvents: { cursor: '2', at: at(9), ...event } } }),
    rows: (filter: object) =>
      client
        .readQuery(ConversationsDocument, list(filter as never), cached)
        ?.data?.conversations.nodes.map(({ id }) => id),
    messages: () => client.readQuery(MessagesDocument, thread, cached)?.data?.conversation?.messages.nodes ?? [],
    details: () => client.readQuery(ConversationDocument, { id: 'c1' }, cached)?.data?.conversation,
  };
}

export const proposed = {
  ...{
    __typename: 'Draft',
    id: 'd1',
    conversationId: 'c1',
    leadId: null,
    text: 'Yes.',
    status: 'PROPOSED',
    confidence: 0.5,
  },
  ...{ change: null, language: null, createdAt: at(4), sources: [], run: null },
};
