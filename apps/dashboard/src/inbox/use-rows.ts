import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useClient, useQuery, type Client } from 'urql';
import {
  ConversationsDocument,
  toApiFailure,
  type ConversationFilter,
  type ConversationOrder,
} from '../api/documents.js';
import { arrangeRows } from '../api/inbox-order.js';
import { FurtherPages } from './further-pages.js';
import { useInboxCounts } from './inbox-counts.js';

const pageSize = 40;

// By client: what was read for one workspace is nothing to the next.
const known = new WeakMap<Client, Map<string, FurtherPages>>();

/** The pages behind the first; those of a list that was left are there when a person comes back to it. */
function furtherPages(client: Client, filter: ConversationFilter, order: ConversationOrder, begin: string) {
  const ofClient = known.get(client) ?? new Map<string, FurtherPages>();
  known.set(client, ofClient);
  // Behind another end of the first page other pages follow.
  const place = JSON.stringify([filter, order, begin]);
  const pages = ofClient.get(place) ?? new FurtherPages(client, { filter, order, first: pageSize }, begin);
  ofClient.set(place, pages);
  return pages;
}

/** The rows of a list in their order, kept true as live changes arrive, and the way to more of them. */
export function useRows(filter: ConversationFilter, order: ConversationOrder, selectedId: string | undefined) {
  const client = useClient();
  const [{ data, error, fetching }, reload] = useQuery({
    query: ConversationsDocument,
    variables: { filter, order, first: pageSize, after: null },
  });
  // Who was mentioned where, and who has begun to write, the server alone knows: it is asked again when it counts another number.
  const counts = useInboxCounts();
  const counted = filter.mentioned ? counts?.mentioned : filter.drafted ? counts?.drafted : undefined;
  useEffect(() => {
    if (counted !== undefined) reload({ requestPolicy: 'cache-and-network' });
  }, [counted]);
  const { hasNextPage = false, endCursor = null } = data?.conversations.pageInfo ?? {};
  const begin = hasNextPage && endCursor ? endCursor : '';
  const pages = useMemo(() => furtherPages(client, filter, order, begin), [client, filter, order, begin]);
  const further = useSyncExternalStore(pages.subscribe, pages.current);
  const rows = useMemo(
    () => arrangeRows([...(data?.conversations.nodes ?? []), ...further.nodes], filter, order, selectedId),
    [data, further.nodes, filter, order, selectedId],
  );
  return {
    rows,
    known: data !== undefined,
    fetching: fetching || further.fetching,
    failure: error && !data ? toApiFailure(error) : null,
    retry: () => reload({ requestPolicy: 'network-only' }),
    /** Asks for the next page, once. */
    more: () => {
      if (begin !== '' && !fetching) pages.more();
    },
  };
}
