import { useEffect, useRef } from 'react';
import { useWorkspace } from '../../session/workspace.js';

/** Calls when the server tells that a question was asked, answered or put away. */
export function useQuestionNews(onNews: () => void): void {
  const { lastEvent } = useWorkspace();
  const call = useRef(onNews);
  useEffect(() => {
    call.current = onNews;
  });
  useEffect(
    () =>
      lastEvent.subscribe(() => {
        const event = lastEvent.get();
        if (event?.__typename === 'WorkspaceChanged' && event.what === 'questions') call.current();
      }),
    [lastEvent],
  );
}
