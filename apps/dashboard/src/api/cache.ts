import { cacheExchange, type Cache, type CacheExchangeOpts } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import type {
  AddNoteMutation,
  DraftReplyMutation,
  InboxEventsSubscription,
  MarkSpamMutation,
  SendMessageMutation,
} from './documents.js';
import { addMessage, applyInboxEvent, placeConversation } from './cache-updates.js';

const inboxEvents = [
  ...['MessageAdded', 'MessageChanged', 'ConversationChanged', 'CaughtUp', 'ReadPointerChanged', 'LeadChanged'],
  ...['LeadAdded', 'WorkspaceChanged', 'ContactChanged', 'DraftChanged', 'ChannelChanged', 'Erased'],
];

/** Types without an id of their own: they live inside the thing that holds them. */
const embedded = [
  ...['Membership', 'PageInfo', 'InboxCounts', 'AiSettings', 'CreatedApiToken', 'PolicyDocument', 'Activity', 'Source'],
  ...['ConversationConnection', 'MessageConnection', 'ContactConnection', 'KnowledgeConnection', 'AiRunConnection'],
  ...[
    'ChannelCapabilities',
    'AttachmentRule',
    'WhatsAppDetails',
    'InstagramDetails',
    'ContactIdentity',
    'MessagingWindow',
    'Reaction',
  ],
  ...['GeoPoint', 'ContactCard', 'Postback', 'Referral', 'MailEnvelope', 'MessageTemplate', 'WebChatSettings'],
  ...['ChannelAuthorization', 'ChannelOption', 'GrantedPermission', 'TokenUseConnection'],
  ...inboxEvents,
];

type Mutation = (result: never, args: never, cache: Cache) => void;

/** The normalised cache of one workspace: one copy of each thing, whichever screen or event brought it. */
export function makeCache(ownMemberId: () => string | null) {
  const rereads =
    (...fields: string[]): Mutation =>
    (_result, _args, cache) => {
      for (const field of cache.inspectFields('Query')) {
        if (fields.includes(field.fieldName)) cache.invalidate('Query', field.fieldKey);
      }
    };
  const mutations: Record<string, Mutation> = {
    sendMessage: (result: SendMessageMutation, _args, cache) => {
      addMessage(cache, result.sendMessage.conversation.id, result.sendMessage.id);
      placeConversation(cache, result.sendMessage.conversation);
    },
    addNote: (result: AddNoteMutation, _args, cache) => {
      addMessage(cache, result.addNote.conversation.id, result.addNote.id);
    },
    draftReply: (result: DraftReplyMutation, _args, cache) => {
      const { id, conversationId } = result.draftReply;
      if (conversationId)
        cache.link({ __typename: 'Conversation', id: conversationId }, 'draft', { __typename: 'Draft', id });
    },
    markSpam: (result: MarkSpamMutation, _args, cache) => {
      placeConversation(cache, result.markSpam);
      cache.invalidate('Query', 'inboxCounts');
    },
    connectMessenger: rereads('channels'),
    connectInstagram: rereads('channels'),
    connectWhatsApp: rereads('channels'),
    connectTelegram: rereads('channels'),
    connectLine: rereads('channels'),
    createWebChat: rereads('channels'),
    completeChannelAuthorization: rereads('channels', 'channel'),
    createApiToken: rereads('apiTokens'),
    revokeApiToken: rereads('apiTokens'),
    createBot: rereads('bots'),
    addKnowledge: rereads('knowledge'),
    deleteKnowledge: rereads('knowledge', 'bots'),
    saveCannedResponse: rereads('cannedResponses'),
    deleteCannedResponse: rereads('cannedResponses'),
  };
  const options: Partial<CacheExchangeOpts> = {
    possibleTypes: { InboxEvent: inboxEvents },
    // Without the whole schema on board it warns, for each event, of the fields that only other kinds of event have.
    logger: () => undefined,
    keys: Object.fromEntries(embedded.map((type) => [type, () => null])),
    resolvers: {
      Query: {
        conversations: relayPagination(),
        contacts: relayPagination(),
        searchMessages: relayPagination(),
        knowledge: relayPagination(),
        tokenUses: relayPagination(),
      },
      Conversation: { messages: relayPagination() },
    },
    optimistic: {
      setConversationStatus: ({ id, status, snoozedUntil }) => ({
        __typename: 'Conversation',
        id,
        status,
        snoozedUntil: snoozedUntil ?? null,
      }),
      setPriority: ({ id, priority }) => ({ __typename: 'Conversation', id, priority }),
      tagConversation: ({ id, tags }) => ({ __typename: 'Conversation', id, tags }),
      pauseAi: ({ conversationId }) => ({ __typename: 'Conversation', id: conversationId, aiPaused: true }),
      resumeAi: ({ conversationId }) => ({ __typename: 'Conversation', id: conversationId, aiPaused: false }),
    },
    updates: {
      Mutation: mutations,
      Subscription: {
        inboxEvents: (result, _args, cache) => {
          applyInboxEvent((result as unknown as InboxEventsSubscription).inboxEvents, cache, ownMemberId);
        },
      },
    },
  };
  return cacheExchange(options);
}
