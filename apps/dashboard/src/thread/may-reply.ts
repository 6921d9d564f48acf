import type { ConversationRowFragment } from '../inbox/types.js';

type Place = Pick<ConversationRowFragment, 'messagingWindow'> & {
  channel: Pick<ConversationRowFragment['channel'], 'status'>;
  contact?: Pick<ConversationRowFragment['contact'], 'blocked'>;
};

/** Whether a reply would go out: at once, later when the channel has its access back, or not at all. */
export function mayReply({
  channel,
  messagingWindow,
  contact,
}: Place): 'now' | 'held' | 'disconnected' | 'closed' | 'blocked' {
  if (contact?.blocked) return 'blocked';
  if (channel.status === 'DISCONNECTED') return 'disconnected';
  if (!messagingWindow.open) return 'closed';
  return channel.status === 'EXPIRED' ? 'held' : 'now';
}
