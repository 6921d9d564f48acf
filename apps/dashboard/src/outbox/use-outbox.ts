import { useMemo, useSyncExternalStore } from 'react';
import { useWorkspace } from '../session/workspace.js';
import type { OutboxEntry } from './outbox.js';

/** The replies of one conversation that the server has not answered for yet. */
export function useOutbox(conversationId: string): OutboxEntry[] {
  const { outbox } = useWorkspace();
  const entries = useSyncExternalStore(outbox.subscribe, outbox.entries);
  return useMemo(() => entries.filter((entry) => entry.conversationId === conversationId), [entries, conversationId]);
}
