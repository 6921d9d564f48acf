import { type Sql, sql } from '../platform/database/index.js';
import type { LeadSource, LeadStatus } from './enums.js';

/** What somebody agreed to on a form, in the words of the form. */
export interface LeadConsent {
  readonly text: string;
  readonly given: boolean;
}

/** A lead as its table holds it. */
export interface LeadRow {
  readonly id: string;
  readonly contactId: string;
  readonly source: LeadSource;
  readonly status: LeadStatus;
  readonly ownerId: string | null;
  readonly channelId: string | null;
  readonly conversationId: string | null;
  readonly formId: string | null;
  readonly adId: string | null;
  readonly campaignId: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly company: string | null;
  readonly message: string | null;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly consents: readonly LeadConsent[];
  readonly tags: readonly string[];
  readonly answerOnly: boolean;
  readonly test: boolean;
  readonly createdAt: Date;
  /** When somebody or something of ours first answered. */
  readonly firstRepliedAt: Date | null;
  /** The conversation in which it was answered. */
  readonly replyConversationId: string | null;
  /** Why a machine left it to a person, by its name; null where none did, or somebody answered since. */
  readonly replyTask: string | null;
}

/** What a statement over `leads l` selects to give LeadRows. */
export const leadColumns: Sql = sql`
  l.id, l.contact_id as "contactId", l.source, l.status, l.owner_id as "ownerId", l.channel_id as "channelId",
  l.conversation_id as "conversationId", l.form_id as "formId", l.ad_id as "adId", l.campaign_id as "campaignId",
  l.name, l.email, l.phone, l.company, l.message, l.fields, l.consents, l.tags, l.answer_only as "answerOnly", l.test,
  l.created_at as "createdAt", l.first_replied_at as "firstRepliedAt", l.reply_conversation_id as "replyConversationId", l.reply_task as "replyTask"`;
