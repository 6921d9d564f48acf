import { useCallback } from 'react';
import { useParams, useSearch } from 'wouter';
import { asView, type View } from './views.js';

interface Place {
  view: View;
  /** The address behind the question mark: what narrows the view. */
  search: string;
  /** The way to a conversation, or to the list, in this view and as narrow as it is. */
  to: (conversationId?: string, pane?: 'details') => string;
}

/** Which list a person is in; whatever they open, they come back to it. */
export function usePlace(): Place {
  const search = useSearch();
  const view = asView(useParams()['view']);
  const to = useCallback(
    (conversationId?: string, pane?: 'details') =>
      ['/inbox', view, conversationId, pane].filter(Boolean).join('/') + (search ? `?${search}` : ''),
    [view, search],
  );
  return { view, search, to };
}
