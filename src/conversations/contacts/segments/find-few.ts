import { type Sql, type WorkspaceTransaction, sql } from '../../../platform/database/index.js';
import type { CheckedFilter } from './check-contact-filter.js';
import { FieldComparison } from './contact-filter.input.js';

/** So few people are looked at one by one; naming more of them wins nothing. */
const few = 5_000;
/** Of these a value is known, of the others that there is one, or nothing. */
const sought = new Set([
  FieldComparison.CONTAINS,
  FieldComparison.AT_LEAST,
  FieldComparison.AT_MOST,
  FieldComparison.IS_SET,
]);

/** What the indexes of labels and fields can be asked: who has all of these. */
export interface Lookup {
  readonly tags: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
  readonly keys: readonly string[];
}

/** What of a filter the indexes of labels and fields know; null where that is nothing. */
export function lookupOf({ tags, fields }: CheckedFilter): Lookup | null {
  const asked = fields ?? [];
  const values = asked.filter(({ comparison }) => comparison === FieldComparison.IS);
  const keys = asked.filter(({ comparison }) => sought.has(comparison)).map(({ key }) => key);
  if ((tags ?? []).length + values.length + keys.length === 0) return null;
  return { tags: tags ?? [], values: Object.fromEntries(values.map(({ key, value }) => [key, value])), keys };
}

/**
 * Participant. That `contacts k` is one of those few; null where they are not few. Labels and fields cannot be looked up by
 * index under row security, so a function that holds the workspace itself does.
 */
export async function findFew(tx: WorkspaceTransaction, { tags, values, keys }: Lookup): Promise<Sql | null> {
  const rows = await tx.query<{ id: string }>(sql`
    select id from contacts_having(${tags}::text[], ${JSON.stringify(values)}::jsonb, ${keys}::text[], ${few + 1}) as id`);
  return rows.length > few ? null : sql`k.id = any (${rows.map(({ id }) => id)}::uuid[])`;
}
