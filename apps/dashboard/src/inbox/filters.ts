import type { ConversationFilter, ConversationOrder, ConversationStatus } from '../api/documents.js';
import { filterOf, orders, type View } from './views.js';

/** What narrows a view beyond what it is; it stands in the address, so that it survives a reload and can be passed on. */
export interface InboxFilters {
  status: readonly ConversationStatus[];
  channels: readonly string[];
  /** A member's id, `me`, or `none` for what nobody looks after. */
  assignee: string | null;
  tag: string | null;
  unread: boolean;
  mentioned: boolean;
  drafted: boolean;
  spam: boolean;
  text: string;
}

export const statuses: readonly ConversationStatus[] = ['OPEN', 'PENDING', 'SNOOZED', 'RESOLVED'];
export const noFilters: InboxFilters = {
  status: [],
  channels: [],
  assignee: null,
  tag: null,
  unread: false,
  mentioned: false,
  drafted: false,
  spam: false,
  text: '',
};

/** Reads the part of an address behind the question mark. What it does not know it leaves aside. */
export function readFilters(search: string): InboxFilters {
  const asked = new URLSearchParams(search);
  const words = (name: string) => (asked.get(name) ?? '').split(',').filter(Boolean);
  const wanted = words('status').map((word) => word.toUpperCase());
  return {
    status: statuses.filter((status) => wanted.includes(status)),
    channels: words('channel'),
    assignee: asked.get('assignee') || null,
    tag: asked.get('tag') || null,
    unread: asked.has('unread'),
    mentioned: asked.has('mentioned'),
    drafted: asked.has('drafted'),
    spam: asked.has('spam'),
    text: asked.get('q') ?? '',
  };
}

/** The order that an address asks for. */
export function readOrder(search: string): ConversationOrder | null {
  const word = new URLSearchParams(search).get('order')?.toUpperCase();
  return orders.find((order) => order === word) ?? null;
}

/** The address's part for these filters, always written the same way, so that two can be compared. */
export function writeFilters(filters: InboxFilters, order: ConversationOrder | null = null): string {
  const said = new URLSearchParams();
  if (filters.status.length) said.set('status', filters.status.join(',').toLowerCase());
  if (filters.channels.length) said.set('channel', [...filters.channels].sort().join(','));
  if (filters.assignee) said.set('assignee', filters.assignee);
  if (filters.tag) said.set('tag', filters.tag);
  if (filters.unread) said.set('unread', '1');
  if (filters.mentioned) said.set('mentioned', '1');
  if (filters.drafted) said.set('drafted', '1');
  if (filters.spam) said.set('spam', '1');
  if (filters.text.trim()) said.set('q', filters.text.trim());
  if (order) said.set('order', order.toLowerCase());
  return said.toString().replaceAll('%2C', ',');
}

/** How many of them are set. */
export function countFilters(filters: InboxFilters): number {
  const { status, channels, assignee, tag, unread, mentioned, drafted, spam, text } = filters;
  const set = [status.length > 0, channels.length > 0, assignee, tag, unread, mentioned, drafted, spam, text.trim()];
  return set.filter(Boolean).length;
}

/** What the server is asked for: the view's own filter, and what was chosen instead of it or beyond it. */
export function askedFilter(view: View, filters: InboxFilters, ownMemberId: string | null): ConversationFilter {
  const { status, channels, assignee, tag, unread, mentioned, drafted, spam, text } = filters;
  const { unassigned, assigneeId, ...base } = filterOf(view, ownMemberId);
  const whose =
    assignee === 'none'
      ? { unassigned: true }
      : assignee
        ? { assigneeId: assignee === 'me' ? ownMemberId : assignee }
        : { ...(unassigned ? { unassigned } : {}), ...(assigneeId ? { assigneeId } : {}) };
  return {
    ...base,
    ...whose,
    ...(status.length ? { status: [...status] } : {}),
    ...(channels.length ? { channelIds: [...channels].sort() } : {}),
    ...(tag ? { tag } : {}),
    ...(unread ? { unread } : {}),
    ...(mentioned ? { mentioned } : {}),
    ...(drafted ? { drafted } : {}),
    ...(spam ? { spam } : {}),
    ...(text.trim() ? { search: text.trim() } : {}),
  };
}

/** The filters that a filter of the server stands for, as the address would name them. */
export function filtersFrom(filter: ConversationFilter, ownMemberId: string | null): InboxFilters {
  const { assigneeId, unassigned } = filter;
  return {
    status: statuses.filter((status) => filter.status?.includes(status)),
    channels: [...(filter.channelIds ?? [])].sort(),
    assignee: unassigned ? 'none' : assigneeId ? (assigneeId === ownMemberId ? 'me' : assigneeId) : null,
    tag: filter.tag || null,
    unread: filter.unread ?? false,
    mentioned: filter.mentioned ?? false,
    drafted: filter.drafted ?? false,
    spam: filter.spam ?? false,
    text: filter.search ?? '',
  };
}
