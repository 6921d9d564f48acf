import { gql } from 'urql';
import type { Cache, Entity } from '@urql/exchange-graphcache';
import type {
  ConversationFilter,
  ConversationRowFragment,
  DraftPartsFragment,
  InboxEventsSubscription,
} from './documents.js';
import { forgetContactLeads, forgetLeadHistory, placeLead, placeLeadDraft } from './cache-leads.js';
import { editConnections, linksOf, nodesAt } from './connections.js';
import { belongsIn } from './inbox-order.js';

const ReadPointer = gql`
  fragment _ on Conversation {
    id
    readPointer
  }
`;

type InboxEvent = InboxEventsSubscription['inboxEvents'];

/** Writes one live event into the cache. Entities update by themselves; this tends the lists that hold them. */
export function applyInboxEvent(event: InboxEvent, cache: Cache, ownMemberId: () => string | null): void {
  switch (event.__typename) {
    case 'MessageAdded':
      addMessage(cache, event.message.conversation.id, event.message.id);
      placeConversation(cache, event.message.conversation);
      return;
    case 'ConversationChanged':
      placeConversation(cache, event.conversation);
      return;
    case 'ReadPointerChanged':
      if (event.memberId === ownMemberId()) {
        const { conversationId: id, lastReadMessageId: readPointer } = event;
        if (cache.resolve({ __typename: 'Conversation', id }, 'id')) {
          cache.writeFragment(ReadPointer, { __typename: 'Conversation', id, readPointer });
        }
      }
      return;
    case 'DraftChanged':
      placeDraft(cache, event.draft);
      placeLeadDraft(cache, event.draft);
      return;
    case 'LeadAdded':
      placeLead(cache, event.lead.id);
      forgetContactLeads(cache, event.lead.contact.id);
      return;
    case 'LeadChanged':
      placeLead(cache, event.lead.id);
      forgetLeadHistory(cache, event.lead.id);
      return;
    case 'ChannelChanged':
      if (!linksOf(cache, 'Query', 'channels').includes(`Channel:${event.channel.id}`))
        cache.invalidate('Query', 'channels');
      return;
    case 'WorkspaceChanged':
      refreshWorkspace(cache, event.what);
      if (event.what === 'bots') forgetAiModes(cache);
      return;
    case 'Erased':
      for (const id of event.ids) forget(cache, event.type, id);
      return;
    default:
      return;
  }
}

/** Puts a message at the head of every loaded thread of its conversation, once. */
export function addMessage(cache: Cache, conversationId: string, messageId: string): void {
  const conversation = { __typename: 'Conversation', id: conversationId };
  editConnections(cache, conversation, 'messages', (keys, args) => {
    const key = `Message:${messageId}`;
    return args?.['after'] || args?.['around'] || keys.includes(key) ? keys : [key, ...keys];
  });
}

/** Shows a draft in its conversation. What became of one that is over may be told after the next was begun: it takes nobody's place. */
export function placeDraft(cache: Cache, { id, conversationId, status }: DraftPartsFragment): void {
  if (!conversationId || status === 'DISCARDED') return;
  const conversation = { __typename: 'Conversation', id: conversationId };
  if (cache.resolve(conversation, 'id')) cache.link(conversation, 'draft', { __typename: 'Draft', id });
}

/** Adds a conversation to the first page of every loaded list that it now belongs in. Screens leave out what no longer does. */
export function placeConversation(cache: Cache, row: ConversationRowFragment): void {
  const key = `Conversation:${row.id}`;
  const fields = cache.inspectFields('Query').filter((field) => field.fieldName === 'conversations');
  for (const filter of new Set(fields.map((field) => JSON.stringify(field.arguments?.['filter'] ?? null)))) {
    const sameList = fields.filter((field) => JSON.stringify(field.arguments?.['filter'] ?? null) === filter);
    const held = sameList.some((field) => nodesAt(cache, cache.resolve('Query', field.fieldKey)).includes(key));
    if (held || !belongsIn(row, JSON.parse(filter) as ConversationFilter | null)) continue;
    const first = sameList.find((field) => !field.arguments?.['after']);
    const connection = first && cache.resolve('Query', first.fieldKey);
    if (connection) cache.link(connection as Entity, 'nodes', [key, ...nodesAt(cache, connection)]);
  }
}

/** Drops an erased thing from every list and from the cache itself. */
export function forget(cache: Cache, type: string, id: string): void {
  const key = `${type}:${id}`;
  const without = (keys: string[]) => keys.filter((other) => other !== key);
  if (type === 'Conversation') forgetConversation(cache, key);
  if (type === 'Message') {
    const conversation = cache.resolve({ __typename: 'Message', id }, 'conversation');
    if (typeof conversation === 'string') editConnections(cache, conversation, 'messages', without);
    editConnections(cache, 'Query', 'searchMessages', without);
  }
  if (type === 'Contact') {
    editConnections(cache, 'Query', 'contacts', without);
    for (const conversation of conversationsOf(cache, key)) forget(cache, 'Conversation', conversation);
  }
  if (type === 'Lead') {
    editConnections(cache, 'Query', 'leads', without);
    const contact = cache.resolve(key, 'contact');
    if (typeof contact === 'string') editConnections(cache, contact, 'leads', without);
  }
  if (type === 'Channel') cache.invalidate('Query', 'channels');
  cache.invalidate({ __typename: type, id });
}

/** It goes from every list, from what its customer said, and with the words that a search found in it. */
function forgetConversation(cache: Cache, key: string): void {
  const without = (keys: string[]) => keys.filter((other) => other !== key);
  const isPartOf = (message: string) => cache.resolve(message, 'conversation') === key;
  editConnections(cache, 'Query', 'conversations', without);
  editConnections(cache, 'Query', 'searchMessages', (keys) => keys.filter((message) => !isPartOf(message)));
  const contact = cache.resolve(key, 'contact');
  if (typeof contact === 'string') editConnections(cache, contact, 'conversations', without);
  for (const { fieldName, fieldKey } of cache.inspectFields(key)) {
    if (fieldName !== 'messages') continue;
    for (const message of nodesAt(cache, cache.resolve(key, fieldKey))) cache.invalidate(message);
  }
}

/** The pages of what a contact said are read again when next shown. */
export function forgetHistory(cache: Cache, id: string): void {
  const contact = { __typename: 'Contact', id };
  for (const { fieldName, arguments: args } of cache.inspectFields(contact))
    if (fieldName === 'conversations') cache.invalidate(contact, fieldName, args);
}

/**
 * "What and which" is open-ended, so all that hangs from the workspace is read again when next shown; only the saved replies, of
 * which there may be thousands, are read again for themselves alone.
 */
function refreshWorkspace(cache: Cache, what: string): void {
  const alone: Record<string, readonly string[]> = {
    'canned-responses': ['cannedResponses'],
    'contact-fields': ['contactFields'],
    'lead-assignment': ['leadAssignment'],
    // Told many times while a file is read: only its own page asks again.
    'lead-imports': [],
    leads: ['leads', 'leadReport'],
    'chat-detail-rule': ['chatDetailRule'],
    segments: ['contactSegments', 'contactCount'],
    'contact-forms': ['contactForms'],
    webhooks: ['webhookEndpoints'],
    shopify: ['shopifyStores'],
    // What rests is told by the channels and the bots themselves, and by the members.
    billing: ['billing', 'usage', 'workspace', 'bots', 'channels'],
  };
  const changed = alone[what] ?? ['workspace', 'bots', 'knowledge', 'aiSettings', 'apiTokens'];
  for (const { fieldName, arguments: args } of cache.inspectFields('Query')) {
    if (changed.includes(fieldName)) cache.invalidate('Query', fieldName, args);
  }
}

/** Which bot answers hangs from the channel: a conversation that is shown is asked again, any other when it is. */
function forgetAiModes(cache: Cache): void {
  for (const { fieldName, fieldKey } of cache.inspectFields('Query')) {
    const found = cache.resolve('Query', fieldKey);
    const keys = fieldName === 'conversation' ? [found] : fieldName === 'conversations' ? nodesAt(cache, found) : [];
    for (const key of keys) if (typeof key === 'string') cache.invalidate(key, 'aiMode');
  }
}

function conversationsOf(cache: Cache, contactKey: string): string[] {
  const keys = cache
    .inspectFields('Query')
    .filter((field) => field.fieldName === 'conversations')
    .flatMap((field) => nodesAt(cache, cache.resolve('Query', field.fieldKey)));
  return [...new Set(keys)]
    .filter((key) => cache.resolve(key, 'contact') === contactKey)
    .map((key) => key.slice('Conversation:'.length));
}
