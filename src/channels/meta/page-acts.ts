import type { OutgoingMessage, OutgoingReaction, Showing } from '../channel-adapter.js';

export const heart = '❤️';

/** The reactions that Messenger knows by name. */
export const reactionNames: Readonly<Record<string, string>> = {
  [heart]: 'love',
  '👍': 'like',
  '👎': 'dislike',
  '😆': 'smile',
  '😮': 'wow',
  '😢': 'sad',
  '😠': 'angry',
};

const actions = { typing: 'typing_on', seen: 'mark_seen' } as const;

/** The answers that a message offers; a press comes back as a message with the same words. */
export function quickRepliesOf({ quickReplies = [] }: Pick<OutgoingMessage, 'quickReplies'>): object {
  if (quickReplies.length === 0) return {};
  return { quick_replies: quickReplies.map((title) => ({ content_type: 'text', title, payload: title })) };
}

/** The body that puts a reaction on a message, or takes it off. */
export function reactionBody({ recipient, messageExternalId, emoji }: OutgoingReaction): object {
  const payload = {
    message_id: messageExternalId,
    ...(emoji !== null && { reaction: reactionNames[emoji] ?? 'other' }),
  };
  return { recipient: { id: recipient[0].externalId }, sender_action: emoji === null ? 'unreact' : 'react', payload };
}

/** The body that shows the customer what goes on. */
export function showingBody({ what, recipient }: Showing): object {
  return { recipient: { id: recipient[0].externalId }, sender_action: actions[what] };
}
