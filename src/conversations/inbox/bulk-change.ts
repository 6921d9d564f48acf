import { ErrorCode } from '../../platform/errors/index.js';
import type { ConversationRow } from '../conversation.row.js';
import { type ConversationStatus } from '../enums.js';
import { maxTags, sameList } from '../tags.js';

/** What is to be so of many conversations, checked; what is undefined stays as it is. */
export interface BulkChange {
  readonly status: ConversationStatus | undefined;
  /** Goes with SNOOZED, and with it alone. */
  readonly snoozedUntil: Date | null;
  /** null: nobody's. */
  readonly assigneeId: string | null | undefined;
  readonly addTags: readonly string[];
  readonly removeTags: readonly string[];
  readonly priority: number | undefined;
  readonly spam: boolean | undefined;
}

/** How one conversation is to stand. */
export interface Standing {
  readonly id: string;
  readonly status: ConversationStatus;
  readonly snoozedUntil: Date | null;
  readonly assigneeId: string | null;
  readonly tags: readonly string[];
  readonly priority: number;
  readonly spam: boolean;
}

/** How a conversation stands after a change; the code with which it is refused; or null where it stands so already. */
export function standingAfter(before: ConversationRow, change: BulkChange): Standing | ErrorCode | null {
  const kept = before.tags.filter((tag) => !change.removeTags.includes(tag));
  const tags = [...kept, ...change.addTags.filter((tag) => !kept.includes(tag))];
  if (tags.length > maxTags) return ErrorCode.BAD_USER_INPUT;
  const after: Standing = {
    id: before.id,
    status: change.status ?? before.status,
    snoozedUntil: change.status === undefined ? before.snoozedUntil : change.snoozedUntil,
    assigneeId: change.assigneeId === undefined ? before.assigneeId : change.assigneeId,
    tags,
    priority: change.priority ?? before.priority,
    spam: change.spam ?? before.spam,
  };
  const same =
    after.status === before.status &&
    after.snoozedUntil?.getTime() === before.snoozedUntil?.getTime() &&
    after.assigneeId === before.assigneeId &&
    after.priority === before.priority &&
    after.spam === before.spam &&
    sameList(after.tags, before.tags);
  return same ? null : after;
}
