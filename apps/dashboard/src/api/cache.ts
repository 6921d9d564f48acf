import { cacheExchange, type Cache, type CacheExchangeOpts, type Resolver } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import type {
  AddNoteMutation,
  CreateLeadMutation,
  DeleteLeadNoteMutation,
  DraftLeadReplyMutation,
  DraftReplyMutation,
  InboxEventsSubscription,
  MarkSpamMutation,
  SendMessageMutation,
  SaveComposerDraftMutation,
  UpdateConversationsMutation,
} from './documents.js';
import { addMessage, applyInboxEvent, forget, forgetHistory, placeConversation, placeDraft } from './cache-updates.js';
import { forgetContactLeads, forgetLeadHistory, placeLead, placeLeadDraft } from './cache-leads.js';

const inboxEvents = [
  ...['MessageAdded', 'MessageChanged', 'ConversationChanged', 'CaughtUp', 'ReadPointerChanged', 'LeadChanged'],
  ...['LeadAdded', 'WorkspaceChanged', 'ContactChanged', 'DraftChanged', 'ChannelChanged', 'Erased'],
];

/** Types without an id of their own: they live inside the thing that holds them. */
const embedded = [
  ...[
    'Membership',
    'PageInfo',
    'InboxCounts',
    'AiSettings',
    'CreatedApiToken',
    'PolicyDocument',
    'Activity',
    'Presence',
    'Source',
    'DraftChunk',
    'ComposerFile',
  ],
  ...['ConversationConnection', 'MessageConnection', 'ContactConnection', 'KnowledgeConnection', 'AiRunConnection'],
  ...['LeadConnection', 'LeadConsent', 'LeadActivityConnection', 'LeadAssignment', 'LeadReplyRoad', 'LeadReportRow'],
  ...[
    'ChannelCapabilities',
    'AttachmentRule',
    'WhatsAppDetails',
    'InstagramDetails',
    'ContactIdentity',
    'ContactMerge',
    'MessagingWindow',
    'Reaction',
  ],
  ...['GeoPoint', 'ContactCard', 'Postback', 'Referral', 'MailEnvelope', 'MessageTemplate', 'WebChatSettings'],
  ...[
    'ChannelAuthorization',
    'ChannelOption',
    'BulkResult',
    'BulkRefusal',
    'ComposerDraft',
    'ComposerDraftChange',
    'SavedFilter',
    'DraftRates',
    'SegmentFilter',
    'FieldCondition',
    'MergeSuggestion',
    'ChatDetailRule',
    'InboxReport',
    'PrivacyFigures',
    'InboxReportRow',
    'GrantedPermission',
    'TokenUseConnection',
    'PrivacyRequestConnection',
    'PrivacyStep',
    'AutoGate',
    'EvaluationResult',
    'EvaluationConnection',
    'QuestionConnection',
    'WebhookDeliveryConnection',
    'CreatedWebhookEndpoint',
    'ShopOrders',
    'ShopOrder',
    'ShopOrderItem',
    'EvaluationSetCase',
    'EvaluationComparison',
    'ComparedResult',
    'KnowledgeChanges',
    'KnowledgePageTrouble',
    'RunPassage',
    'CutSentence',
    'ErasedRows',
    'RetainedRows',
    'ImportPreview',
    'ImportColumn',
    'ImportResult',
    'ImportRejection',
    'BillingSubscription',
    'Plan',
    'PlanLimit',
    'AddOn',
    'Usage',
    'PlanConflict',
  ],
  ...inboxEvents,
];

/** Which conversations are known to hold a draft: how many there are changes with these alone. */
function knownDrafts() {
  const drafted = new Set<string>();
  return (conversationId: string, is: boolean): boolean => {
    if (drafted.has(conversationId) === is) return false;
    if (is) drafted.add(conversationId);
    else drafted.delete(conversationId);
    return true;
  };
}

/** One that any list or event brought is known by its id too; one that was asked for and is not there is known to be gone. */
function knownById(type: string, field: string): Resolver {
  return (_parent, { id }, cache) => {
    const one = { __typename: type, id: id as string };
    return cache.resolve(one, 'id') ? one : cache.resolve('Query', field, { id: id as string });
  };
}

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
  // Whose a conversation is has changed: the lists of people, and of what each of them said, are read again.
  const regrouped: Mutation = (result, args, cache) => {
    rereads('contacts', 'contactTags')(result, args, cache);
    for (const { fieldName, arguments: given } of cache.inspectFields('Query'))
      if (fieldName === 'contact') cache.invalidate('Query', fieldName, given);
    const { keepId, mergeIds, mergedIds } = args as {
      keepId: string;
      mergeIds?: string[];
      mergedIds?: string[] | null;
    };
    for (const id of [keepId, ...(mergeIds ?? []), ...(mergedIds ?? [])]) forgetHistory(cache, id);
  };
  const isNewDraft = knownDrafts();
  const mutations: Record<string, Mutation> = {
    saveComposerDraft: (result: SaveComposerDraftMutation, args: { conversationId: string }, cache) => {
      if (isNewDraft(args.conversationId, result.saveComposerDraft !== null)) cache.invalidate('Query', 'inboxCounts');
    },
    saveView: rereads('savedViews'),
    deleteView: rereads('savedViews'),
    saveContactSegment: rereads('contactSegments', 'contacts'),
    deleteContactSegment: rereads('contactSegments'),
    saveContactField: rereads('contactFields'),
    deleteContactField: rereads('contactFields'),
    setChatDetailRule: rereads('chatDetailRule'),
    sendMessage: (result: SendMessageMutation, _args, cache) => {
      addMessage(cache, result.sendMessage.conversation.id, result.sendMessage.id);
      placeConversation(cache, result.sendMessage.conversation);
    },
    draftLeadReply: (result: DraftLeadReplyMutation, _args, cache) => placeLeadDraft(cache, result.draftLeadReply),
    sendLeadReply: (_result, { leadId }: { leadId: string }, cache) => {
      placeLead(cache, leadId);
      forgetLeadHistory(cache, leadId);
    },
    draftReply: (result: DraftReplyMutation, _args, cache) => placeDraft(cache, result.draftReply),
    addNote: (result: AddNoteMutation, _args, cache) => {
      addMessage(cache, result.addNote.conversation.id, result.addNote.id);
    },
    markSpam: (result: MarkSpamMutation, _args, cache) => {
      placeConversation(cache, result.markSpam);
      cache.invalidate('Query', 'inboxCounts');
    },
    updateConversations: (result: UpdateConversationsMutation, _args, cache) => {
      for (const row of result.updateConversations.changed) placeConversation(cache, row);
      cache.invalidate('Query', 'inboxCounts');
    },
    // The live events say it too; where those are cut off just now, this screen forgets them all the same.
    eraseContact: (_result, { contactId }: { contactId: string }, cache) => forget(cache, 'Contact', contactId),
    deleteConversation: (_result, { id }: { id: string }, cache) => forget(cache, 'Conversation', id),
    deleteLead: (_result, { id }: { id: string }, cache) => forget(cache, 'Lead', id),
    createLead: ({ createLead: { id, contact } }: CreateLeadMutation, _args, cache) => {
      placeLead(cache, id);
      forgetContactLeads(cache, contact.id);
    },
    addLeadNote: (_result, { leadId }: { leadId: string }, cache) => forgetLeadHistory(cache, leadId),
    deleteLeadNote: (result: DeleteLeadNoteMutation, _args, cache) =>
      forgetLeadHistory(cache, result.deleteLeadNote.id),
    importLeads: rereads('leadImports'),
    setLeadAssignment: rereads('leadAssignment'),
    updateLead: (_result, { input }: { input: { id: string } }, cache) => placeLead(cache, input.id),
    mergeContacts: regrouped,
    unmergeContacts: regrouped,
    connectMessenger: rereads('channels'),
    connectInstagram: rereads('channels'),
    connectWhatsApp: rereads('channels'),
    connectTelegram: rereads('channels'),
    connectLine: rereads('channels'),
    createWebChat: rereads('channels'),
    completeChannelAuthorization: rereads('channels', 'channel'),
    createApiToken: rereads('apiTokens'),
    revokeApiToken: rereads('apiTokens'),
    createContactForm: rereads('contactForms'),
    deleteContactForm: rereads('contactForms'),
    createWebhookEndpoint: rereads('webhookEndpoints'),
    deleteWebhookEndpoint: rereads('webhookEndpoints'),
    cancelSubscription: rereads('billing', 'usage'),
    createBot: rereads('bots'),
    addKnowledge: rereads('knowledge'),
    deleteKnowledge: rereads('knowledge', 'bots'),
    // The bots that were asked draw on it too.
    answerQuestion: rereads('unansweredQuestions', 'knowledge', 'bots'),
    dismissQuestion: rereads('unansweredQuestions'),
    saveCannedResponse: rereads('cannedResponses'),
    deleteCannedResponse: rereads('cannedResponses'),
    openPrivacyRequest: rereads('privacyRequests'),
    matchPrivacyRequest: rereads('privacyRequests'),
    verifyPrivacyRequest: rereads('privacyRequests'),
    askForProof: rereads('privacyRequests'),
    rejectPrivacyRequest: rereads('privacyRequests'),
    placeLegalHold: rereads('legalHolds'),
    releaseLegalHold: rereads('legalHolds', 'privacyRequests'),
  };
  const options: Partial<CacheExchangeOpts> = {
    possibleTypes: { InboxEvent: inboxEvents },
    // Without the whole schema on board it warns, for each event, of the fields that only other kinds of event have.
    logger: () => undefined,
    keys: Object.fromEntries(embedded.map((type) => [type, () => null])),
    resolvers: {
      Query: {
        contacts: relayPagination(),
        leads: relayPagination(),
        searchMessages: relayPagination(),
        knowledge: relayPagination(),
        unansweredQuestions: relayPagination(),
        tokenUses: relayPagination(),
        privacyRequests: relayPagination(),
        instancePrivacyRequests: relayPagination(),
        conversation: knownById('Conversation', 'conversation'),
        lead: knownById('Lead', 'lead'),
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
      // What is left out stays as it is.
      updateLead: ({ input }) => {
        const { id, ownerId, ...wanted } = input as { id: string; ownerId?: string | null };
        const owner = ownerId === undefined ? {} : { owner: ownerId && { __typename: 'Member', id: ownerId } };
        return { __typename: 'Lead', id, ...wanted, ...owner };
      },
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
