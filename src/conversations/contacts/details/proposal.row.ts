import { type Sql, sql } from '../../../platform/database/index.js';

/** What a contact may say of themselves. */
export enum ContactDetailKind {
  EMAIL = 'EMAIL',
  PHONE = 'PHONE',
  NAME = 'NAME',
  COMPANY = 'COMPANY',
}

/** Something that a contact said of themselves, as it is proposed to be kept. */
export interface FoundDetail {
  readonly kind: ContactDetailKind;
  readonly value: string;
}

/** A proposal as its table holds it. */
export interface ProposalRow extends FoundDetail {
  readonly id: string;
  readonly contactId: string;
  readonly conversationId: string;
  readonly messageId: string;
  readonly createdAt: Date;
}

/** What a statement over `contact_proposals p` selects to give ProposalRows. */
export const proposalColumns: Sql = sql`
  p.id, p.contact_id as "contactId", p.conversation_id as "conversationId", p.message_id as "messageId", p.kind, p.value,
  p.created_at as "createdAt"`;
