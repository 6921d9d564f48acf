import type { LiveChange } from '../../platform/live/index.js';
import { AnsweredElsewhere, MessagesReceived } from '../conversations.events.js';
import type { People } from './people.js';
import type { NewMessage } from './plan-storing.js';

/** The feed's word of messages that were stored. */
export function messagesAdded(stored: readonly NewMessage[]): LiveChange[] {
  return stored.map(({ id, conversationId }) => ({ kind: 'MessageAdded', ids: [id], conversationId }));
}

/** The feed's word of the conversations that they went to. */
export function conversationsChanged(stored: readonly NewMessage[]): LiveChange[] {
  return [...new Set(stored.map((message) => message.conversationId))].map((conversationId) => ({
    kind: 'ConversationChanged',
    ids: [conversationId],
    conversationId,
  }));
}

/** The fact that customers wrote, for those who may answer; null where nobody may. */
export function messagesReceived(people: People, stored: readonly NewMessage[]): MessagesReceived | null {
  const answerable = Map.groupBy(
    stored.filter(({ event }) => event.from === 'contact' && !event.standby),
    (message) => message.conversationId,
  );
  if (answerable.size === 0) return null;
  return new MessagesReceived(
    [...answerable].map(([conversationId, messages]) => {
      const messageIds = messages.map((message) => message.id).sort();
      return {
        conversationId,
        channelId: messages[0]?.item.channelId ?? '',
        lastMessageId: messageIds.at(-1) ?? '',
        messageIds,
        begun: people.isBegun(conversationId),
      };
    }),
  );
}

/** The fact that somebody answered elsewhere; null where nobody did. What this app sent is no person's. */
export function answeredElsewhere(stored: readonly NewMessage[]): AnsweredElsewhere | null {
  const theirs = stored.filter(({ event }) => event.from === 'business' && !event.ours);
  const ids = [...new Set(theirs.map(({ conversationId }) => conversationId))];
  return ids.length === 0 ? null : new AnsweredElsewhere(ids.sort());
}
