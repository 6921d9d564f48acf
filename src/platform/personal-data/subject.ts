/** What an erasure or an export is about. */
export type SubjectScope = 'CONTACT' | 'CONVERSATION' | 'CHANNEL' | 'USER' | 'WORKSPACE' | 'LEAD';

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
  /** Their leads, or those that are asked for; none where nothing is said of leads. */
  readonly leadIds?: readonly string[];
  /** The channel whose history goes. */
  readonly channelIds: readonly string[];
  /** The membership of a member who goes. */
  readonly memberIds: readonly string[];
  /** By what an erasure recognises the subject where no id of ours stands; kept encrypted while it goes on, and no longer. */
  readonly traces?: Traces;
}

/** What somebody is called elsewhere. */
export interface Traces {
  /** When they were looked for; whoever is met under one of the addresses later has come anew. */
  readonly foundAt?: string;
  /** Where they are met: our channel, the platform's name of that account, and its name of them. */
  readonly addresses: readonly {
    readonly channelId: string;
    readonly account: string | null;
    readonly externalId: string;
  }[];
  /** Their mail addresses, telephone numbers and handles. */
  readonly names: readonly string[];
  /** What they are called by people; others may be called the same. */
  readonly words: readonly string[];
}
