import type { WorkspaceTransaction } from '../../platform/database/index.js';
import type { Thread } from './thread.js';

/** Port to the conversations: what drafting reads of them, and the one thing that it changes. Participants. */
export abstract class Threads {
  /** The conversation with its newest messages, at the most `limit`; null for an unknown one. */
  abstract read(tx: WorkspaceTransaction, conversationId: string, limit: number): Promise<Thread | null>;
  /** Keeps bots out of a conversation, or lets them in again. False for an unknown one. */
  abstract setAiPaused(tx: WorkspaceTransaction, conversationId: string, paused: boolean): Promise<boolean>;
}
