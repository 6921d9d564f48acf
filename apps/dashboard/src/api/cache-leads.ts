import { gql } from 'urql';
import type { Cache, Entity } from '@urql/exchange-graphcache';
import { nodesAt } from './connections.js';
import type { DraftPartsFragment, LeadFilter } from './documents.js';
import { leadBelongsIn, type JudgedLead } from './lead-order.js';

/** A draft, and the lead that it is for, where it is for one. */
type LeadDraft = Pick<DraftPartsFragment, 'id' | 'status'> & { readonly leadId: string | null };

const Judged = gql`
  fragment _ on Lead {
    id
    status
    source
    tags
    createdAt
    owner {
      id
    }
  }
`;

/** Adds a lead to the first page of every loaded list that it now belongs in. Screens leave out what no longer does. */
export function placeLead(cache: Cache, id: string): void {
  const lead = cache.readFragment(Judged, { __typename: 'Lead', id }) as JudgedLead | null;
  if (!lead) return;
  const key = `Lead:${id}`;
  const fields = cache.inspectFields('Query').filter((field) => field.fieldName === 'leads');
  const filterOf = (field: (typeof fields)[number]) => JSON.stringify(field.arguments?.['filter'] ?? null);
  for (const filter of new Set(fields.map(filterOf))) {
    const sameList = fields.filter((field) => filterOf(field) === filter);
    const page = (field: (typeof fields)[number]) => cache.resolve('Query', field.fieldKey);
    const held = sameList.some((field) => nodesAt(cache, page(field)).includes(key));
    if (held || !leadBelongsIn(lead, JSON.parse(filter) as LeadFilter | null)) continue;
    const first = sameList.find((field) => !field.arguments?.['after']);
    const connection = first && page(first);
    if (connection) cache.link(connection as Entity, 'nodes', [key, ...nodesAt(cache, connection)]);
  }
}

/** The leads of a contact are read again when next shown. */
export function forgetContactLeads(cache: Cache, contactId: string): void {
  const contact = { __typename: 'Contact', id: contactId };
  for (const { fieldName, arguments: given } of cache.inspectFields(contact))
    if (fieldName === 'leads') cache.invalidate(contact, fieldName, given);
}

/** What happened with a lead, who wants to be reminded of it and how it is answered is read again: by open screens at once. */
export function forgetLeadHistory(cache: Cache, id: string): void {
  const lead = { __typename: 'Lead', id };
  for (const { fieldName, arguments: given } of cache.inspectFields(lead))
    if (['activity', 'reminders', 'reply', 'replyTask', 'repliedIn'].includes(fieldName))
      cache.invalidate(lead, fieldName, given);
}

/** Shows a suggested answer at its lead. What became of one that is over may be told after the next was begun: it takes nobody's place. */
export function placeLeadDraft(cache: Cache, { id, leadId, status }: LeadDraft): void {
  if (!leadId || status === 'DISCARDED') return;
  const lead = { __typename: 'Lead', id: leadId };
  if (cache.resolve(lead, 'id')) cache.link(lead, 'reply', { __typename: 'Draft', id });
}
