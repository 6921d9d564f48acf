import { useEffect, useRef } from 'react';
import { useWorkspace } from '../../session/workspace.js';

/** Calls when the server tells that an evaluation went on. */
export function useEvaluationNews(onNews: () => void): void {
  const { lastEvent } = useWorkspace();
  const call = useRef(onNews);
  useEffect(() => {
    call.current = onNews;
  });
  useEffect(
    () =>
      lastEvent.subscribe(() => {
        const event = lastEvent.get();
        if (event?.__typename === 'WorkspaceChanged' && event.what === 'evaluations') call.current();
      }),
    [lastEvent],
  );
}
