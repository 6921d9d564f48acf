import type { LeadFilter, LeadRowFragment } from './documents.js';

/** What a list of leads is judged by. */
export type JudgedLead = Pick<LeadRowFragment, 'id' | 'status' | 'source' | 'tags' | 'createdAt'> & {
  readonly owner?: { readonly id: string } | null;
};

/** Whether a lead has its place in a list. What words find the server alone knows: nothing joins such a list by itself. */
export function leadBelongsIn(lead: JudgedLead, filter: LeadFilter | null): boolean {
  if (!filter) return true;
  const { status, source, ownerId, tag, search, createdAfter } = filter;
  if (search?.trim()) return false;
  if (status && !status.includes(lead.status)) return false;
  if (source && !source.includes(lead.source)) return false;
  if (ownerId && lead.owner?.id !== ownerId) return false;
  if (tag && !lead.tags.includes(tag)) return false;
  return !createdAfter || Date.parse(lead.createdAt) > Date.parse(createdAfter);
}

/** The leads of a list in the order of the server: each once, and only those that still belong. */
export function arrangeLeads<Lead extends JudgedLead>(leads: readonly Lead[], filter: LeadFilter): Lead[] {
  const once = new Map(leads.map((lead) => [lead.id, lead]));
  // What words found, the server has judged.
  const judgedHere = { ...filter, search: null };
  return [...once.values()]
    .filter((lead) => leadBelongsIn(lead, judgedHere))
    .sort((a, b) => descending(a.createdAt, b.createdAt) || descending(a.id, b.id));
}

function descending(a: string, b: string): number {
  return a < b ? 1 : a > b ? -1 : 0;
}
