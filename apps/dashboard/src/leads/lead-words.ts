import type { TFunction } from 'i18next';
import type { LeadRowFragment } from '../api/documents.js';
import { contactName } from '../inbox/words.js';

type Named = Pick<LeadRowFragment, 'name' | 'email' | 'phone' | 'contact'>;

/** The best name that is known: the contact's, which a member may have put right, else what was given. */
export function leadName({ name, email, phone, contact }: Named, t: TFunction): string {
  return contact.name || name || email || phone || contactName(contact, t);
}

/** What stands below the name: who they are and how to reach them, as they said. */
export function leadHint(lead: LeadRowFragment, t: TFunction): string {
  const name = leadName(lead, t);
  return [lead.company, lead.email, lead.phone].filter((words) => words && words !== name).join(' · ');
}
