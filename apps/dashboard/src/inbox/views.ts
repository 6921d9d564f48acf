import type { ConversationFilter, ConversationOrder } from '../api/documents.js';

export const views = [
  'open',
  'mine',
  'unassigned',
  'unread',
  'mentioned',
  'drafted',
  'snoozed',
  'resolved',
  'all',
  'spam',
] as const;
export type View = (typeof views)[number];
export const orders: readonly ConversationOrder[] = ['LAST_ACTIVITY', 'WAITING_LONGEST', 'PRIORITY'];

export function asView(word: string | undefined): View {
  return views.find((view) => view === word) ?? 'open';
}

/** What the server is asked for. Pending conversations still wait for somebody, so they count as open. */
export function filterOf(view: View, ownMemberId: string | null): ConversationFilter {
  switch (view) {
    case 'open':
      return { status: ['OPEN', 'PENDING'] };
    case 'mine':
      return { status: ['OPEN', 'PENDING'], assigneeId: ownMemberId };
    case 'unassigned':
      return { status: ['OPEN', 'PENDING'], unassigned: true };
    case 'unread':
      return { unread: true };
    case 'mentioned':
      return { mentioned: true };
    case 'drafted':
      return { drafted: true };
    case 'snoozed':
      return { status: ['SNOOZED'] };
    case 'resolved':
      return { status: ['RESOLVED'] };
    case 'all':
      return {};
    case 'spam':
      return { spam: true };
  }
}
