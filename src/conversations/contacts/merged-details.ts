import { isDeepStrictEqual } from 'node:util';
import { type Sql, sql } from '../../platform/database/index.js';
import { timeText } from '../time-text.js';

/** What of a contact a merge changes; times as text, so that taking it back restores them to the microsecond. */
export interface MergedDetails {
  readonly name: string | null;
  readonly avatarUrl: string | null;
  readonly language: string | null;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly tags: readonly string[];
  readonly customFields: Readonly<Record<string, unknown>>;
  readonly blocked: boolean;
  readonly automationObjected: boolean;
  readonly processingRestricted: boolean;
  /** Not in what was written down before there were contacts of this kind. */
  readonly answerOnly?: boolean;
  readonly firstSeen: string;
  readonly lastSeen: string;
}

/** What a statement over `contacts k` selects to give MergedDetails. */
export const detailColumns: Sql = sql`
  k.name, k.avatar_url as "avatarUrl", k.language, k.emails, k.phones, k.tags, k.custom_fields as "customFields", k.blocked,
  k.automation_objected as "automationObjected", k.processing_restricted as "processingRestricted", k.answer_only as "answerOnly",
  ${timeText(sql`k.first_seen_at`)} as "firstSeen", ${timeText(sql`k.last_seen_at`)} as "lastSeen"`;

/** What an update of `contacts` sets to write MergedDetails. */
export function detailAssignments(details: MergedDetails): Sql {
  return sql`
    name = ${details.name}, avatar_url = ${details.avatarUrl}, language = ${details.language}, emails = ${details.emails}::text[],
    phones = ${details.phones}::text[], tags = ${details.tags}::text[], custom_fields = ${JSON.stringify(details.customFields)}::jsonb,
    blocked = ${details.blocked}, automation_objected = ${details.automationObjected},
    processing_restricted = ${details.processingRestricted}, answer_only = ${details.answerOnly ?? false}, first_seen_at = ${details.firstSeen}::timestamp at time zone 'utc',
    last_seen_at = ${details.lastSeen}::timestamp at time zone 'utc'`;
}

/** The contact that is kept, once the other is part of it: its own words win, and of flags the stricter. */
export function mergeDetails(kept: MergedDetails, other: MergedDetails): MergedDetails {
  return {
    name: kept.name ?? other.name,
    avatarUrl: kept.avatarUrl ?? other.avatarUrl,
    language: kept.language ?? other.language,
    emails: union(kept.emails, other.emails),
    phones: union(kept.phones, other.phones),
    tags: union(kept.tags, other.tags),
    customFields: { ...other.customFields, ...kept.customFields },
    blocked: kept.blocked || other.blocked,
    automationObjected: kept.automationObjected || other.automationObjected,
    processingRestricted: kept.processingRestricted || other.processingRestricted,
    answerOnly: kept.answerOnly === true || other.answerOnly === true,
    firstSeen: kept.firstSeen < other.firstSeen ? kept.firstSeen : other.firstSeen,
    lastSeen: kept.lastSeen > other.lastSeen ? kept.lastSeen : other.lastSeen,
  };
}

/** Takes out of a contact what a merge put in, and leaves what was changed since. */
export function unmergeDetails(now: MergedDetails, before: MergedDetails, after: MergedDetails): MergedDetails {
  const one = <Name extends keyof MergedDetails>(name: Name) => (now[name] === after[name] ? before[name] : now[name]);
  const list = (name: 'emails' | 'phones' | 'tags') =>
    now[name].filter((item) => before[name].includes(item) || !after[name].includes(item));
  return {
    name: one('name'),
    avatarUrl: one('avatarUrl'),
    language: one('language'),
    emails: list('emails'),
    phones: list('phones'),
    tags: list('tags'),
    customFields: Object.fromEntries(
      Object.entries(now.customFields).filter(
        ([key, value]) => Object.hasOwn(before.customFields, key) || !isDeepStrictEqual(value, after.customFields[key]),
      ),
    ),
    blocked: one('blocked'),
    automationObjected: one('automationObjected'),
    processingRestricted: one('processingRestricted'),
    answerOnly: one('answerOnly') ?? false,
    firstSeen: one('firstSeen'),
    lastSeen: one('lastSeen'),
  };
}

function union(one: readonly string[], other: readonly string[]): string[] {
  return [...new Set([...one, ...other])];
}
