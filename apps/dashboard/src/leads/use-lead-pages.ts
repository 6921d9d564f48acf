import { useMemo, useState } from 'react';
import { useQuery } from 'urql';
import {
  LeadsDocument,
  toApiFailure,
  type ApiFailure,
  type LeadFilter,
  type LeadRowFragment,
} from '../api/documents.js';
import { arrangeLeads } from '../api/lead-order.js';

const pageSize = 30;

/** The leads of a list as far as they were read, and the way to more of them. */
export interface LeadPages {
  readonly leads: readonly LeadRowFragment[];
  readonly known: boolean;
  readonly fetching: boolean;
  readonly hasMore: boolean;
  readonly failure: ApiFailure | null;
  readonly more: () => void;
  readonly retry: () => void;
}

/** Reads leads page by page; live changes and what is done here keep the list true. */
export function useLeadPages(filter: LeadFilter, pause = false): LeadPages {
  const asked = JSON.stringify(filter);
  const [page, setPage] = useState<{ of: string; after: string | null }>({ of: asked, after: null });
  const after = page.of === asked ? page.after : null;
  const [{ data, error, fetching }, reload] = useQuery({
    query: LeadsDocument,
    variables: { filter, first: pageSize, after },
    requestPolicy: 'cache-and-network',
    pause,
  });
  const leads = useMemo(() => arrangeLeads(data?.leads.nodes ?? [], filter), [data, asked]);
  const { hasNextPage = false, endCursor = null } = data?.leads.pageInfo ?? {};
  return {
    leads,
    known: data !== undefined,
    fetching,
    hasMore: hasNextPage,
    failure: error && !data ? toApiFailure(error) : null,
    more: () => {
      if (hasNextPage && !fetching) setPage({ of: asked, after: endCursor });
    },
    retry: () => reload({ requestPolicy: 'network-only' }),
  };
}
