import type { ChannelKind, ChannelStatus, MessageKind } from '../../channels/index.js';

/** One message as drafting sees it. */
export interface ThreadMessage {
  readonly id: string;
  readonly direction: 'INBOUND' | 'OUTBOUND' | 'NOTE';
  readonly author: 'CONTACT' | 'MEMBER' | 'BOT' | 'SYSTEM';
  readonly kind: MessageKind;
  readonly text: string | null;
}

/** A conversation as drafting sees it: its last messages, the oldest first, and what forbids a machine to work on it. */
export interface Thread {
  readonly conversation: { readonly id: string; readonly channelId: string; readonly aiPaused: boolean; readonly spam: boolean };
  readonly contact: {
    readonly name: string | null;
    readonly blocked: boolean;
    readonly automationObjected: boolean;
    readonly processingRestricted: boolean;
  };
  readonly channel: { readonly kind: ChannelKind; readonly status: ChannelStatus };
  readonly messages: readonly ThreadMessage[];
}

/** What the customer wrote and nobody has answered yet, the newest first; at most three messages. */
export function openQuestions(thread: Thread): ThreadMessage[] {
  const open: ThreadMessage[] = [];
  for (const message of thread.messages.toReversed()) {
    if (message.direction === 'OUTBOUND') break;
    if (message.direction === 'INBOUND' && (message.text ?? '').trim() !== '') open.push(message);
  }
  return open.slice(0, 3);
}

/** The last message that counts as said between the two sides. */
export function lastSaid(thread: Thread): ThreadMessage | null {
  return thread.messages.findLast((message) => message.direction !== 'NOTE') ?? null;
}
