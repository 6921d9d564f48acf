import { type Sql, type WorkspaceTransaction, sql } from '../../../platform/database/index.js';
import type { CheckedFilter, FieldCondition } from './check-contact-filter.js';
import { FieldComparison } from './contact-filter.input.js';
import type { ContactRules } from './contact-rules.js';

/** What a filter asks of `contacts k`. */
export interface AskedConditions {
  /** When they were last heard of: in that order lists are walked. */
  readonly seen: readonly Sql[];
  readonly others: readonly Sql[];
}

/** Participant. What a filter asks of `contacts k`. */
export async function filterConditions(
  tx: WorkspaceTransaction,
  rules: ContactRules,
  filter: CheckedFilter,
): Promise<AskedConditions> {
  const { seenWithinDays, notSeenForDays } = filter;
  const seen = [
    given(seenWithinDays) && sql`k.last_seen_at >= ${ago(seenWithinDays)}`,
    given(notSeenForDays) && sql`k.last_seen_at < ${ago(notSeenForDays)}`,
  ];
  const others = [
    // Whoever is known by a form that is only answered is in no segment.
    sql`not k.answer_only`,
    ...simpleConditions(filter, rules),
    ...(await languageConditions(tx, filter)),
    ...(filter.fields ?? []).map(fieldCondition),
  ];
  return { seen: seen.filter((condition) => condition !== false), others };
}

function ago(days: number): Sql {
  return sql`now() - make_interval(days => ${days})`;
}

function simpleConditions(filter: CheckedFilter, rules: ContactRules): Sql[] {
  const { tags, withoutTags, channelIds, newWithinDays } = filter;
  return [
    given(tags) && sql`k.tags @> ${tags}::text[]`,
    given(withoutTags) && sql`not (k.tags && ${withoutTags}::text[])`,
    given(channelIds) &&
      sql`exists (select from contact_identities i where i.workspace_id = k.workspace_id and i.contact_id = k.id
                     and i.channel_id = any (${channelIds}::uuid[]))`,
    given(newWithinDays) && sql`k.first_seen_at >= ${ago(newWithinDays)}`,
    given(filter.hasEmail) && either(filter.hasEmail, sql`k.emails <> '{}'`),
    given(filter.hasPhone) && either(filter.hasPhone, sql`k.phones <> '{}'`),
    given(filter.hasLead) && either(filter.hasLead, rules.leads),
    given(filter.blocked) && either(filter.blocked, sql`k.blocked`),
  ].filter((condition) => condition !== false);
}

function given<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}

/** Written out, because an index is only thought of for what stands there by itself, not for what is compared with yes. */
function either(wanted: boolean, condition: Sql): Sql {
  return wanted ? condition : sql`not (${condition})`;
}

/** A language stands for its kinds too: en for en-GB. Which there are is read by hopping from one to the next. */
async function languageConditions(tx: WorkspaceTransaction, { languages }: CheckedFilter): Promise<Sql[]> {
  if (!given(languages)) return [];
  const rows = await tx.query<{ language: string }>(sql`
    with recursive known as (
      (select k.language from contacts k
        where k.workspace_id = ${tx.workspaceId} and k.language is not null and k.merged_into is null
        order by k.language limit 1)
      union all
      select (select k.language from contacts k
               where k.workspace_id = ${tx.workspaceId} and k.language > known.language and k.merged_into is null
               order by k.language limit 1)
        from known where known.language is not null
    ) select language from known where language is not null limit 500`);
  const wanted = languages.map((language) => language.toLowerCase());
  const meant = rows
    .map(({ language }) => language)
    .filter((one) => wanted.some((want) => `${one.toLowerCase()}-`.startsWith(`${want}-`)));
  return [sql`k.language = any (${meant}::text[])`];
}

function fieldCondition({ key, comparison, value }: FieldCondition): Sql {
  const held = sql`k.custom_fields -> ${key}::text`;
  const text = sql`k.custom_fields ->> ${key}::text`;
  switch (comparison) {
    case FieldComparison.IS:
      return sql`k.custom_fields @> ${JSON.stringify({ [key]: value })}::jsonb`;
    case FieldComparison.IS_NOT:
      return sql`not (k.custom_fields @> ${JSON.stringify({ [key]: value })}::jsonb)`;
    case FieldComparison.IS_SET:
      return sql`jsonb_exists(k.custom_fields, ${key})`;
    case FieldComparison.IS_NOT_SET:
      return sql`not jsonb_exists(k.custom_fields, ${key})`;
    case FieldComparison.CONTAINS:
      return sql`coalesce(strpos(folded(lower(${text})), folded(lower(${String(value)}))) > 0, false)`;
    case FieldComparison.AT_LEAST:
    case FieldComparison.AT_MOST: {
      const isNumber = typeof value === 'number';
      const side = isNumber ? sql`(${text})::numeric` : sql`(${text}) collate "C"`;
      const bound = isNumber ? sql`${value}::numeric` : sql`${value}::text`;
      const holds = comparison === FieldComparison.AT_LEAST ? sql`${side} >= ${bound}` : sql`${side} <= ${bound}`;
      // Only what is of that kind is read as such: a text among numbers is no fault.
      return sql`case when jsonb_typeof(${held}) = ${isNumber ? 'number' : 'string'} then ${holds} else false end`;
    }
  }
}
