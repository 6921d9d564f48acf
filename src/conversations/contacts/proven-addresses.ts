import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../../platform/access/index.js';
import { Workspaces, sql } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { ContactIdentitiesLoader, ContactLoader } from '../contact.loader.js';
import type { ContactIdentityRow } from '../contact.row.js';
import { AddressProof } from './suggestions/address-proof.js';

/** Addresses that are known to be a person's, as other services write them: phones with their plus. */
export interface ProvenAddresses {
  readonly emails: readonly string[];
  readonly phones: readonly string[];
}

/**
 * By which addresses a contact may be looked for elsewhere: those that a platform, a site or a mail's signature vouches for.
 * What somebody says of themselves may be anybody's, and would show members what a stranger has.
 */
@Injectable()
export class ContactAddresses {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly contacts: ContactLoader,
    private readonly identities: ContactIdentitiesLoader,
    private readonly proof: AddressProof,
  ) {}

  /** Throws NOT_FOUND where the contact is not here. */
  async proven(workspaceId: string, contactId: string, context: RequestContext): Promise<ProvenAddresses> {
    const contact = await this.contacts.load(context, contactId);
    if (contact === null) throw notFound('The contact');
    const known = (await this.identities.load(context, contact.id)) ?? [];
    const emails = await this.signedBySites(workspaceId, contact.id);
    const phones: string[] = [];
    for (const identity of known) {
      const phone = phoneOf(identity);
      if (phone === null && !isMail(identity)) continue;
      if (!(await this.proof.isTheirs(identity, context))) continue;
      if (phone === null) emails.push(identity.externalId.toLowerCase());
      else phones.push(phone);
    }
    return { emails: [...new Set(emails)], phones: [...new Set(phones)] };
  }

  private async signedBySites(workspaceId: string, contactId: string): Promise<string[]> {
    const rows = await this.workspaces.read(workspaceId, (tx) =>
      tx.query<{ email: string }>(sql`
        select distinct lower(v.email) as email from contact_identities i
          join visitors v on v.workspace_id = i.workspace_id and v.channel_id = i.channel_id and v.address = i.external_id
         where i.workspace_id = ${tx.workspaceId} and i.contact_id = ${contactId} and v.details_proven and v.email is not null
         order by 1 limit 20`),
    );
    return rows.map(({ email }) => email);
  }
}

/** The number of an address that its platform knows people by. */
function phoneOf({ externalId, handle }: ContactIdentityRow): string | null {
  return /^\d{7,15}$/.test(externalId) && handle === `+${externalId}` ? handle : null;
}

function isMail({ externalId }: ContactIdentityRow): boolean {
  return /^[^\s@:]+@[^\s@:]+$/.test(externalId);
}
