import { useEffect, useRef } from 'react';
import { useWorkspace } from './workspace.js';

type Told = ReturnType<ReturnType<typeof useWorkspace>['lastEvent']['get']>;

/** Calls when the server tells of something that `concerns` the place. */
export function useNews(concerns: (event: Told) => boolean, onNews: () => void): void {
  const { lastEvent } = useWorkspace();
  const place = useRef({ concerns, onNews });
  useEffect(() => {
    place.current = { concerns, onNews };
  });
  useEffect(
    () =>
      lastEvent.subscribe(() => {
        if (place.current.concerns(lastEvent.get())) place.current.onNews();
      }),
    [lastEvent],
  );
}

/** Whether one of these changed, by the names that the server gives them. */
export const changed =
  (...what: readonly string[]) =>
  (event: Told): boolean =>
    event?.__typename === 'WorkspaceChanged' && what.includes(event.what);
