import { useEffect, useRef } from 'react';
import { useWorkspace } from '../../session/workspace.js';

/** Calls when the server tells that something of the desk changed: a colleague's hold, an erasure. */
export function useDeskNews(onNews: () => void): void {
  const { lastEvent } = useWorkspace();
  const call = useRef(onNews);
  useEffect(() => {
    call.current = onNews;
  });
  useEffect(
    () =>
      lastEvent.subscribe(() => {
        const event = lastEvent.get();
        const told = event?.__typename === 'WorkspaceChanged' && tellsOfDesk.includes(event.what);
        if (told || event?.__typename === 'Erased') call.current();
      }),
    [lastEvent],
  );
}

const tellsOfDesk: readonly string[] = ['legal-holds', 'privacy-requests'];
