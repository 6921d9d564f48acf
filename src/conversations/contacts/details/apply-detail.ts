import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../../platform/access/index.js';
import { type WorkspaceTransaction, Workspaces, isUuid, sql } from '../../../platform/database/index.js';
import { notFound } from '../../../platform/errors/index.js';
import { LiveFeed } from '../../../platform/live/index.js';
import type { ContactRow } from '../../contact.row.js';
import { readFields } from '../fields/contact-field.row.js';
import { lockContact } from '../lock-contacts.js';
import type { UpdateContactInput } from '../update-contact.input.js';
import { UpdateContact } from '../update-contact.js';
import { companyField } from './known-details.js';
import { ContactDetailKind, type FoundDetail, type ProposalRow, proposalColumns } from './proposal.row.js';

/** How a workspace may call the field in which the company stands. */
const companyNames =
  /^(?:company|company name|firma|firma ad[ıi]|[şs]irket|[şs]irket ad[ıi]|شركة|الشركة|اسم الشركة)$/iu;

/** Keeps of contacts what they wrote of themselves, or puts it away. */
@Injectable()
export class ApplyDetail {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly update: UpdateContact,
    private readonly feed: LiveFeed,
  ) {}

  /** Keeps what is proposed: an address beside those that are known, a name in place of the one that was. */
  async apply(actor: MemberActor, origin: RequestOrigin, id: string): Promise<ContactRow> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const { contact, proposal } = await open(tx, id);
      const after = await this.update.apply(tx, actor, origin, await changeOf(tx, contact, proposal));
      await this.settle(tx, contact.id, proposal.id, 'APPLIED');
      return after;
    });
  }

  /** Puts it away: the same is not proposed again. */
  async dismiss(actor: MemberActor, id: string): Promise<ContactRow> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const { contact, proposal } = await open(tx, id);
      await this.settle(tx, contact.id, proposal.id, 'DISMISSED');
      return contact;
    });
  }

  /** Participant. Keeps it as the workspace's rule says: only where nothing of the kind is known. */
  async applyWhereMissing(
    tx: WorkspaceTransaction,
    contactId: string,
    proposal: FoundDetail & { readonly id: string },
  ): Promise<void> {
    // Read again: another of the same message may just have been kept.
    const now = await lockContact(tx, contactId);
    if (!(await isMissing(tx, now, proposal.kind))) return;
    await this.update.apply(tx, 'system', { ip: null }, await changeOf(tx, now, proposal));
    await this.settle(tx, contactId, proposal.id, 'APPLIED');
  }

  private async settle(
    tx: WorkspaceTransaction,
    contactId: string,
    id: string,
    status: 'APPLIED' | 'DISMISSED',
  ): Promise<void> {
    await tx.execute(sql`
      update contact_proposals set status = ${status} where workspace_id = ${tx.workspaceId} and id = ${id}`);
    this.feed.append(tx, { kind: 'ContactChanged', ids: [contactId] });
  }
}

/** A proposal that waits, with its contact held; one that was settled answers as one that never was. */
async function open(tx: WorkspaceTransaction, id: string): Promise<{ contact: ContactRow; proposal: ProposalRow }> {
  const proposal = isUuid(id)
    ? await tx.first<ProposalRow>(sql`
        select ${proposalColumns} from contact_proposals p
         where p.workspace_id = ${tx.workspaceId} and p.id = ${id} and p.status = 'PROPOSED' for update`)
    : null;
  if (proposal === null) throw notFound('Proposal');
  return { proposal, contact: await lockContact(tx, proposal.contactId) };
}

/** What is to be known of a contact from now on. */
async function changeOf(
  tx: WorkspaceTransaction,
  contact: ContactRow,
  { kind, value }: FoundDetail,
): Promise<UpdateContactInput> {
  const { id, emails, phones, customFields } = contact;
  switch (kind) {
    case ContactDetailKind.EMAIL:
      return { id, emails: [...emails, value] };
    case ContactDetailKind.PHONE:
      return { id, phones: [...phones, value] };
    case ContactDetailKind.NAME:
      return { id, name: value };
    case ContactDetailKind.COMPANY:
      return { id, customFields: { ...customFields, [await companyKey(tx)]: value } };
  }
}

async function isMissing(tx: WorkspaceTransaction, contact: ContactRow, kind: ContactDetailKind): Promise<boolean> {
  switch (kind) {
    case ContactDetailKind.EMAIL:
      return contact.emails.length === 0;
    case ContactDetailKind.PHONE:
      return contact.phones.length === 0;
    case ContactDetailKind.NAME:
      return contact.name === null;
    case ContactDetailKind.COMPANY:
      return contact.customFields[await companyKey(tx)] === undefined;
  }
}

/** The workspace's own field for companies, where it has one. */
async function companyKey(tx: WorkspaceTransaction): Promise<string> {
  const fields = (await readFields(tx)).filter(({ removedAt }) => removedAt === null);
  return fields.find(({ name }) => companyNames.test(name))?.key ?? companyField;
}
