import type { LeadFilter } from '../api/documents.js';

/** Where the server gives leads as a table: those of a list as it is narrowed. */
export function leadsFileAddress(workspaceId: string, filter: LeadFilter): string {
  const { status, source, ownerId, unassigned, tag, search, createdAfter } = filter;
  // The mark tells table programs that it is UTF-8.
  const asked = new URLSearchParams({ workspace: workspaceId, bom: '1' });
  const values = {
    status: status?.join(','),
    source: source?.join(','),
    ownerId,
    unassigned: unassigned ? '1' : null,
    tag,
    search,
    createdAfter,
  };
  for (const [name, value] of Object.entries(values)) if (value) asked.set(name, value);
  return `/exports/leads.csv?${asked.toString()}`;
}
