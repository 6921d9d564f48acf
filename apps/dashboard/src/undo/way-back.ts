import type { ConversationRowFragment, ConversationStatus, Priority } from '../api/documents.js';

/** What can be decided about a conversation, alone or with others. What is left out stays as it is. */
export interface Change {
  status?: ConversationStatus;
  snoozedUntil?: string;
  /** Null: nobody. */
  assigneeId?: string | null;
  priority?: Priority;
  addTags?: readonly string[];
  removeTags?: readonly string[];
  spam?: boolean;
}

export interface Step {
  ids: string[];
  change: Change;
}

type State = Pick<
  ConversationRowFragment,
  'id' | 'status' | 'snoozedUntil' | 'assignee' | 'priority' | 'tags' | 'spam'
>;

/**
 * The changes that bring conversations back to what they were, the alike ones together. What somebody else has changed in the
 * meantime (`now` differs from what the change made) is left as it is: their decision is the later one.
 */
export function wayBack(
  before: readonly State[],
  change: Change,
  now: (id: string) => State | null,
  at: number,
): Step[] {
  const steps = new Map<string, Step>();
  for (const row of before) {
    const current = now(row.id);
    if (!current) continue;
    const back = backOf(row, change, current, at);
    if (Object.keys(back).length === 0) continue;
    const key = JSON.stringify(back);
    const step = steps.get(key) ?? { ids: [], change: back };
    step.ids.push(row.id);
    steps.set(key, step);
  }
  return [...steps.values()];
}

function backOf(before: State, change: Change, now: State, at: number): Change {
  const back: Change = {};
  if (change.status && now.status === change.status && moved(before, now)) {
    // A time that has passed meanwhile cannot be slept until: the conversation is awake then.
    const until = before.status === 'SNOOZED' ? before.snoozedUntil : null;
    if (before.status !== 'SNOOZED') back.status = before.status;
    else if (until && Date.parse(until) > at) Object.assign(back, { status: 'SNOOZED', snoozedUntil: until });
    else back.status = 'OPEN';
  }
  const [was, is] = [before.assignee?.id ?? null, now.assignee?.id ?? null];
  if (change.assigneeId !== undefined && is === change.assigneeId && was !== is) back.assigneeId = was;
  if (change.priority && now.priority === change.priority && before.priority !== now.priority)
    back.priority = before.priority;
  if (change.spam !== undefined && now.spam === change.spam && before.spam !== now.spam) back.spam = before.spam;
  const added = (change.addTags ?? []).filter((tag) => !before.tags.includes(tag) && now.tags.includes(tag));
  const removed = (change.removeTags ?? []).filter((tag) => before.tags.includes(tag) && !now.tags.includes(tag));
  if (added.length) back.removeTags = added;
  if (removed.length) back.addTags = removed;
  return back;
}

function moved(before: State, now: State): boolean {
  return before.status !== now.status || before.snoozedUntil !== now.snoozedUntil;
}

/** The tags that a conversation has after a change. */
export function tagsAfter(tags: readonly string[], { addTags = [], removeTags = [] }: Change): string[] {
  return [...new Set([...tags, ...addTags])].filter((tag) => !removeTags.includes(tag));
}

/** The change that turns these tags into those. */
export function tagChange(before: readonly string[], after: readonly string[]): Change {
  return {
    addTags: after.filter((tag) => !before.includes(tag)),
    removeTags: before.filter((tag) => !after.includes(tag)),
  };
}
