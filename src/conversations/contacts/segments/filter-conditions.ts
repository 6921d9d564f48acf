import { type Sql, type WorkspaceTransaction, sql } from '../../../platform/database/index.js';
import type { CheckedFilter, FieldCondition } from './check-contact-filter.js';
import { FieldComparison } from './contact-filter.input.js';
import type { ContactRules } from './contact-rules.js';

/** So few people are looked at one by one; of more, whoever was heard of last is found soon enough by walking the list. */
const few = 5_000;

/** Participant. What a filter asks of `contacts k`, and who can meet it at all where the indexes know that those are few. */
export async function filterConditions(
  tx: WorkspaceTransaction,
  rules: ContactRules,
  filter: CheckedFilter,
): Promise<Sql[]> {
  return [
    // Whoever is known by a form that is only answered is in no segment.
    sql`not k.answer_only`,
    ...(await thoseFew(tx, filter)),
    ...simpleConditions(filter, rules),
    ...(await languageConditions(tx, filter)),
    ...(filter.fields ?? []).map(fieldCondition),
  ];
}

function simpleConditions(filter: CheckedFilter, rules: ContactRules): Sql[] {
  const { tags, withoutTags, channelIds, seenWithinDays, notSeenForDays, newWithinDays } = filter;
  const ago = (days: number) => sql`now() - make_interval(days => ${days})`;
  return [
    given(tags) && sql`k.tags @> ${tags}::text[]`,
    given(withoutTags) && sql`not (k.tags && ${withoutTags}::text[])`,
    given(channelIds) &&
      sql`exists (select from contact_identities i where i.workspace_id = k.workspace_id and i.contact_id = k.id
                     and i.channel_id = any (${channelIds}::uuid[]))`,
    given(seenWithinDays) && sql`k.last_seen_at >= ${ago(seenWithinDays)}`,
    given(notSeenForDays) && sql`k.last_seen_at < ${ago(notSeenForDays)}`,
    given(newWithinDays) && sql`k.first_seen_at >= ${ago(newWithinDays)}`,
    given(filter.hasEmail) && sql`(k.emails <> '{}') = ${filter.hasEmail}`,
    given(filter.hasPhone) && sql`(k.phones <> '{}') = ${filter.hasPhone}`,
    given(filter.hasLead) && sql`(${rules.leads}) = ${filter.hasLead}`,
    given(filter.blocked) && sql`k.blocked = ${filter.blocked}`,
  ].filter((condition) => condition !== false);
}

function given<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}

/**
 * Labels and fields cannot be looked up by index under row security, so a function that holds the workspace itself does;
 * where it finds more than a few, nothing is won by naming them.
 */
async function thoseFew(tx: WorkspaceTransaction, { tags = [], fields = [] }: CheckedFilter): Promise<Sql[]> {
  const values = Object.fromEntries(
    fields.filter(({ comparison }) => comparison === FieldComparison.IS).map(({ key, value }) => [key, value]),
  );
  const absent = new Set([FieldComparison.IS, FieldComparison.IS_NOT, FieldComparison.IS_NOT_SET]);
  const keys = fields.filter(({ comparison }) => !absent.has(comparison)).map(({ key }) => key);
  if ((tags ?? []).length === 0 && Object.keys(values).length === 0 && keys.length === 0) return [];
  const rows = await tx.query<{ id: string }>(sql`
    select id from contacts_having(${tags ?? []}::text[], ${JSON.stringify(values)}::jsonb, ${keys}::text[], ${few + 1}) as id`);
  return rows.length > few ? [] : [sql`k.id = any (${rows.map(({ id }) => id)}::uuid[])`];
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
