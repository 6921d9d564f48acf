import { type Sql, sql } from '../platform/database/index.js';

/** A contact as its table holds it. */
export interface ContactRow {
  readonly id: string;
  readonly name: string | null;
  readonly avatarUrl: string | null;
  readonly language: string | null;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly customFields: Readonly<Record<string, unknown>>;
  readonly tags: readonly string[];
  readonly blocked: boolean;
  readonly automationObjected: boolean;
  readonly processingRestricted: boolean;
  /** The contact that this one turned out to be; null for contacts that stand for themselves. */
  readonly mergedInto: string | null;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
}

/** What a statement over `contacts k` selects to give ContactRows. */
export const contactColumns: Sql = sql`
  k.id, k.name, k.avatar_url as "avatarUrl", k.language, k.emails, k.phones, k.custom_fields as "customFields", k.tags, k.blocked,
  k.automation_objected as "automationObjected", k.processing_restricted as "processingRestricted",
  k.merged_into as "mergedInto", k.first_seen_at as "firstSeenAt", k.last_seen_at as "lastSeenAt"`;

/** An address of a contact, with the kind of channel that it is on. */
export interface ContactIdentityRow {
  readonly contactId: string;
  readonly channelId: string;
  readonly kind: string;
  readonly externalId: string;
  readonly handle: string | null;
}

/** That another contact was found to be this one, as long as it can be taken back. */
export interface ContactMergeRow {
  readonly keptId: string;
  readonly mergedId: string;
  readonly name: string | null;
  readonly mergedAt: Date;
  readonly until: Date;
}

/** What members wrote down about a contact. */
export interface ContactNoteRow {
  readonly id: string;
  readonly contactId: string;
  readonly memberId: string | null;
  readonly text: string;
  readonly createdAt: Date;
}
