import { useEffect, useRef } from 'react';
import { useQuery } from 'urql';
import { InboxCountsDocument } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { runSoon } from './run-soon.js';

/** What changes a count, and what ends a time in which changes were missed. */
const counted = ['MessageAdded', 'ConversationChanged', 'ReadPointerChanged', 'Erased', 'CaughtUp'];

/** The server's counts. */
export function useInboxCounts() {
  const [{ data }] = useQuery({ query: InboxCountsDocument });
  return useLastKnown(data?.inboxCounts);
}

/** Stays what it was while nothing better is known: an answer that failed to come does not mean that there is nothing. */
function useLastKnown<T>(value: T | undefined): T | null {
  const last = useRef<T | null>(null);
  if (value !== undefined) last.current = value;
  return last.current;
}

/**
 * How many conversations hold something unread; also shown in the tab's title and on the app's icon. Asked for again, for all
 * who show counts, shortly after anything changed that they count.
 */
export function useUnreadCount(): number {
  const { lastEvent } = useWorkspace();
  const [{ data, error }, refresh] = useQuery({ query: InboxCountsDocument });
  useEffect(() => {
    const soon = runSoon(() => refresh({ requestPolicy: 'network-only' }), 400);
    const stop = lastEvent.subscribe(() => {
      if (counted.includes(lastEvent.get()?.__typename ?? '')) soon.ask();
    });
    return () => {
      stop();
      soon.stop();
    };
  }, [lastEvent, refresh]);
  useEffect(() => {
    if (!error) return;
    const timer = setTimeout(() => refresh({ requestPolicy: 'network-only' }), 3_000);
    return () => clearTimeout(timer);
  }, [error, refresh]);
  const unread = useLastKnown(data?.inboxCounts)?.unread ?? 0;
  useEffect(() => {
    document.title = unread > 0 ? `(${unread > 99 ? '99+' : unread}) Parley` : 'Parley';
    // Where pages have no icon of their own this is refused, and nothing is missing.
    void (unread > 0 ? navigator.setAppBadge?.(unread) : navigator.clearAppBadge?.())?.catch(() => undefined);
  }, [unread]);
  return unread;
}
