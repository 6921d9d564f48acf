import type { ConversationFilter, ConversationOrder, ConversationRowFragment } from './documents.js';

const priorityRank: Record<string, number> = { URGENT: 4, HIGH: 3, MEDIUM: 2, LOW: 1, NONE: 0 };

/**
 * Whether a conversation belongs in a list. The server decides what a page holds; this keeps a list true between two
 * pages, as live changes arrive. A filter that only the server can judge (full-text search, mentions, drafts) never matches here.
 */
export function belongsIn(row: ConversationRowFragment, filter: ConversationFilter | null | undefined): boolean {
  if (!filter) return !row.spam;
  if (filter.search || filter.mentioned || filter.drafted) return false;
  if (row.spam !== (filter.spam ?? false)) return false;
  if (filter.status?.length && !filter.status.includes(row.status)) return false;
  if (filter.unassigned && row.assignee) return false;
  if (filter.assigneeId && row.assignee?.id !== filter.assigneeId) return false;
  if (filter.unread && row.unreadCount === 0) return false;
  if (filter.tag && !row.tags.includes(filter.tag)) return false;
  return !filter.channelIds?.length || filter.channelIds.includes(row.channel.id);
}

/** Sorts as the server does, so that a conversation that moves finds the place it would have after a reload. */
export function compareRows(order: ConversationOrder) {
  return (a: ConversationRowFragment, b: ConversationRowFragment): number => {
    if (order === 'WAITING_LONGEST') return ascending(a.lastActivityAt, b.lastActivityAt) || ascending(a.id, b.id);
    if (order === 'PRIORITY') {
      const byRank = (priorityRank[b.priority] ?? 0) - (priorityRank[a.priority] ?? 0);
      if (byRank !== 0) return byRank;
    }
    return ascending(b.lastActivityAt, a.lastActivityAt) || ascending(b.id, a.id);
  };
}

/** The rows of a list in the order to show: once each, only those that still belong, and `keepId` whatever it became. */
export function arrangeRows(
  rows: readonly ConversationRowFragment[],
  filter: ConversationFilter,
  order: ConversationOrder,
  keepId?: string,
): ConversationRowFragment[] {
  const once = new Map(rows.map((row) => [row.id, row]));
  // What only the server can judge it has judged.
  const judgedHere = { ...filter, search: null, mentioned: null, drafted: null };
  return [...once.values()].filter((row) => row.id === keepId || belongsIn(row, judgedHere)).sort(compareRows(order));
}

/**
 * Messages oldest first, each once: live events and pages may bring the same one. A message's id carries its place in the thread,
 * and the server walks by it: by their times two of one moment could stand the other way round than they were answered.
 */
export function arrangeMessages<M extends { id: string }>(messages: readonly M[]): M[] {
  const once = new Map(messages.map((message) => [message.id, message]));
  return [...once.values()].sort((a, b) => ascending(a.id, b.id));
}

function ascending(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
