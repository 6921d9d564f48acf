/** What an erasure or an export is about. */
export type SubjectScope = 'CONTACT' | 'CONVERSATION' | 'CHANNEL' | 'USER' | 'WORKSPACE';

/**
 * A subject, found: every id of the transaction's workspace that is theirs. Found once, before anything goes, and kept with
 * the erasure, so that each step finds the same ones however often it runs.
 */
export interface Subject {
  readonly scope: SubjectScope;
  /** The contact and all that were merged into it. */
  readonly contactIds: readonly string[];
  /** Their conversations, or the one that is asked for. */
  readonly conversationIds: readonly string[];
  /** The channel whose history goes. */
  readonly channelIds: readonly string[];
  /** The membership of a member who goes. */
  readonly memberIds: readonly string[];
}
