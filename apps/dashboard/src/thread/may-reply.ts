import type { ConversationRowFragment } from '../inbox/types.js';

type Place = Pick<ConversationRowFragment, 'messagingWindow'> & {
  channel: Pick<ConversationRowFragment['channel'], 'status'>;
};

/** Whether a reply would go out: at once, later when the channel has its access back, or not at all. */
export function mayReply({ channel, messagingWindow }: Place): 'now' | 'held' | 'disconnected' | 'closed' {
  if (channel.status === 'DISCONNECTED') return 'disconnected';
  if (!messagingWindow.open) return 'closed';
  return channel.status === 'EXPIRED' ? 'held' : 'now';
}
