import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { LeadFilter } from '../api/documents.js';
import { dayStart } from '../reports/days.js';
import { useWorkspace } from '../session/workspace.js';
import {
  askedLeads,
  readLayout,
  readLeadFilters,
  writeLeadFilters,
  type LeadFilters,
  type LeadLayout,
} from './lead-filters.js';

const layoutName = 'parley.leads';

interface LeadsPlace {
  readonly filters: LeadFilters;
  /** What the server is asked for. */
  readonly filter: LeadFilter;
  readonly layout: LeadLayout;
  /** The way to a lead, or to all of them, as narrow and laid out as they are. */
  readonly to: (leadId?: string) => string;
  readonly narrow: (filters: LeadFilters) => void;
  readonly layOut: (layout: LeadLayout) => void;
}

/** Which leads a person looks at, and how; whatever they open, they come back to it. */
export function useLeadsPlace(openId: string | undefined): LeadsPlace {
  const search = useSearch();
  const [, navigate] = useLocation();
  const { me, workspace } = useWorkspace();
  const filters = useMemo(() => readLeadFilters(search), [search]);
  const filter = useMemo(
    () => askedLeads(filters, me?.id ?? null, (day) => dayStart(day, workspace.timezone)),
    [filters, me?.id, workspace.timezone],
  );
  const to = useCallback((leadId?: string) => addressOf(leadId, search), [search]);
  const layout = readLayout(search) ?? rememberedLayout();
  return {
    filters,
    filter,
    layout,
    to,
    narrow: (next) => navigate(addressOf(openId, writeLeadFilters(next, readLayout(search))), { replace: true }),
    layOut: (chosen) => {
      rememberLayout(chosen);
      navigate(addressOf(openId, writeLeadFilters(filters, chosen)), { replace: true });
    },
  };
}

function addressOf(leadId: string | undefined, search: string): string {
  return `/leads${leadId ? `/${leadId}` : ''}${search ? `?${search}` : ''}`;
}

/** What was chosen last in this browser; an address may ask for the other. */
function rememberedLayout(): LeadLayout {
  try {
    return localStorage.getItem(layoutName) === 'list' ? 'list' : 'board';
  } catch {
    return 'board';
  }
}

function rememberLayout(layout: LeadLayout): void {
  try {
    localStorage.setItem(layoutName, layout);
  } catch {
    // Blocked storage: the address keeps it.
  }
}
