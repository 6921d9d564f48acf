import type { LeadFilter, LeadSource, LeadStatus } from '../api/documents.js';

/** In the order in which a lead goes through them; the last two are its ends. */
export const leadStatuses = ['NEW', 'CONTACTED', 'QUALIFIED', 'WON', 'LOST'] as const satisfies readonly LeadStatus[];
export const leadSources = [
  'LEAD_AD',
  'CONTACT_FORM',
  'CHAT',
  'MANUAL',
  'IMPORT',
] as const satisfies readonly LeadSource[];
const layouts = ['board', 'list'] as const;
export type LeadLayout = (typeof layouts)[number];

/** What narrows the leads; it stands in the address, so that it survives a reload and can be passed on. */
export interface LeadFilters {
  status: readonly LeadStatus[];
  source: readonly LeadSource[];
  /** A member's id, `me`, or `none`: nobody's. */
  owner: string | null;
  tag: string | null;
  /** The first day, such as 2026-11-22. */
  since: string | null;
  text: string;
}

export const noLeadFilters: LeadFilters = { status: [], source: [], owner: null, tag: null, since: null, text: '' };

/** Reads the part of an address behind the question mark. What it does not know it leaves aside. */
export function readLeadFilters(search: string): LeadFilters {
  const asked = new URLSearchParams(search);
  const words = (name: string) => (asked.get(name) ?? '').toUpperCase().split(',');
  const since = asked.get('since') ?? '';
  return {
    status: leadStatuses.filter((status) => words('status').includes(status)),
    source: leadSources.filter((source) => words('source').includes(source)),
    owner: asked.get('owner') || null,
    tag: asked.get('tag') || null,
    since: isDay(since) ? since : null,
    text: asked.get('q') ?? '',
  };
}

/** How an address wants leads to be laid out. */
export function readLayout(search: string): LeadLayout | null {
  const word = new URLSearchParams(search).get('view');
  return layouts.find((layout) => layout === word) ?? null;
}

/** The address's part for these filters, always written the same way. */
export function writeLeadFilters(filters: LeadFilters, layout: LeadLayout | null = null): string {
  const said = new URLSearchParams();
  if (layout) said.set('view', layout);
  if (filters.status.length) said.set('status', filters.status.join(',').toLowerCase());
  if (filters.source.length) said.set('source', filters.source.join(',').toLowerCase());
  if (filters.owner) said.set('owner', filters.owner);
  if (filters.tag) said.set('tag', filters.tag);
  if (filters.since) said.set('since', filters.since);
  if (filters.text.trim()) said.set('q', filters.text.trim());
  return said.toString().replaceAll('%2C', ',');
}

/** How many of them are set. */
export function countLeadFilters({ status, source, owner, tag, since, text }: LeadFilters): number {
  return [status.length > 0, source.length > 0, owner, tag, since, text.trim()].filter(Boolean).length;
}

/** What the server is asked for. `dayStart` says when a day begins where the workspace is. */
export function askedLeads(
  { status, source, owner, tag, since, text }: LeadFilters,
  ownMemberId: string | null,
  dayStart: (day: string) => Date,
): LeadFilter {
  return {
    ...(status.length ? { status: [...status] } : {}),
    ...(source.length ? { source: [...source] } : {}),
    ...askedOwner(owner, ownMemberId),
    ...(tag ? { tag } : {}),
    // Whatever came in at the very moment at which the day begins is of that day.
    ...(since ? { createdAfter: new Date(dayStart(since).getTime() - 1).toISOString() } : {}),
    ...(text.trim() ? { search: text.trim() } : {}),
  };
}

function askedOwner(owner: string | null, ownMemberId: string | null): LeadFilter {
  if (owner === 'none') return { unassigned: true };
  return owner ? { ownerId: owner === 'me' ? ownMemberId : owner } : {};
}

function isDay(word: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/u.test(word) && !Number.isNaN(Date.parse(`${word}T00:00:00Z`));
}
