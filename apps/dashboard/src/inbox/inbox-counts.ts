import { useEffect } from 'react';
import { useQuery } from 'urql';
import { InboxCountsDocument } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { useStore } from '../ui/store.js';

/** The server's counts, asked for again shortly after anything changed that they count. */
export function useInboxCounts() {
  const { lastEvent } = useWorkspace();
  const event = useStore(lastEvent);
  const [{ data }, refresh] = useQuery({ query: InboxCountsDocument });
  useEffect(() => {
    if (!event || !['MessageAdded', 'ConversationChanged', 'ReadPointerChanged', 'Erased'].includes(event.__typename))
      return;
    const timer = setTimeout(() => refresh({ requestPolicy: 'network-only' }), 400);
    return () => clearTimeout(timer);
  }, [event, refresh]);
  return data?.inboxCounts ?? null;
}

/** How many conversations hold something unread; also shown in the tab's title. */
export function useUnreadCount(): number {
  const unread = useInboxCounts()?.unread ?? 0;
  useEffect(() => {
    document.title = unread > 0 ? `(${unread > 99 ? '99+' : unread}) Parley` : 'Parley';
  }, [unread]);
  return unread;
}
