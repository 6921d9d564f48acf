import { type WorkspaceTransaction, sql } from '../../../platform/database/index.js';
import type { ContactRow } from '../../contact.row.js';
import { ContactDetailKind, type FoundDetail } from './proposal.row.js';

/** The name of the field in which a contact's company stands, where the workspace made none for it. */
export const companyField = 'Company';

/** Participant. Whether a contact is known by this already: also by an address on a channel. */
export async function isKnown(
  tx: WorkspaceTransaction,
  contact: ContactRow,
  { kind, value }: FoundDetail,
): Promise<boolean> {
  switch (kind) {
    case ContactDetailKind.NAME:
      return contact.name?.toLowerCase() === value.toLowerCase();
    case ContactDetailKind.COMPANY:
      return Object.values(contact.customFields).some((held) => String(held).toLowerCase() === value.toLowerCase());
    case ContactDetailKind.EMAIL:
      return contact.emails.includes(value) || (await isAddressOf(tx, contact.id, value));
    case ContactDetailKind.PHONE: {
      const digits = value.replace(/\D/gu, '');
      return (
        contact.phones.some((phone) => phone.replace(/\D/gu, '') === digits) ||
        (await isAddressOf(tx, contact.id, digits))
      );
    }
  }
}

async function isAddressOf(tx: WorkspaceTransaction, contactId: string, address: string): Promise<boolean> {
  const row = await tx.first(sql`
    select from contact_identities i
     where i.workspace_id = ${tx.workspaceId} and i.contact_id = ${contactId}
       and (lower(i.external_id) = ${address} or lower(i.handle) = ${address}
            or regexp_replace(coalesce(i.handle, i.external_id), '[^0-9]', '', 'g') = ${address}) limit 1`);
  return row !== null;
}

/** Participant. Whether it is an address of the business itself, which customers write down too. */
export async function isOurs(tx: WorkspaceTransaction, { kind, value }: FoundDetail): Promise<boolean> {
  if (kind !== ContactDetailKind.EMAIL && kind !== ContactDetailKind.PHONE) return false;
  const digits = value.replace(/\D/gu, '');
  const row = await tx.first(sql`
    select from channels c
     where c.workspace_id = ${tx.workspaceId}
       and (lower(c.external_id) = ${value} or lower(c.name) = ${value}
            or (${kind} = 'PHONE' and regexp_replace(c.name, '[^0-9]', '', 'g') = ${digits})) limit 1`);
  return row !== null;
}
