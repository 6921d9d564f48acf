import { useEffect, useRef } from 'react';
import { useWorkspace } from './workspace.js';

type Told = ReturnType<ReturnType<typeof useWorkspace>['lastEvent']['get']>;

/** Calls with each thing that the server tells, while the place is on the screen. */
export function useEvents(onEvent: (event: Told) => void): void {
  const { lastEvent } = useWorkspace();
  const place = useRef(onEvent);
  useEffect(() => {
    place.current = onEvent;
  });
  useEffect(() => lastEvent.subscribe(() => place.current(lastEvent.get())), [lastEvent]);
}

/** Calls when the server tells of something that `concerns` the place. */
export function useNews(concerns: (event: Told) => boolean, onNews: () => void): void {
  useEvents((event) => {
    if (concerns(event)) onNews();
  });
}

/** Whether one of these changed, by the names that the server gives them. */
export const changed =
  (...what: readonly string[]) =>
  (event: Told): boolean =>
    event?.__typename === 'WorkspaceChanged' && what.includes(event.what);
