import type { Channels } from '../../../channels/index.js';
import { type WorkspaceTransaction, cleanInput } from '../../../platform/database/index.js';
import { badInput, notFound } from '../../../platform/errors/index.js';
import { cleanTags } from '../../tags.js';
import { type FieldValue, checkFieldValue } from '../fields/check-field-value.js';
import { ContactFieldKind, type ContactFieldRow, readFields } from '../fields/contact-field.row.js';
import { type ContactFilter, FieldComparison, type FieldConditionInput } from './contact-filter.input.js';

/** A filter as it is kept and asked: what it says and no more. */
export interface CheckedFilter extends Omit<ContactFilter, 'fields'> {
  readonly fields?: readonly FieldCondition[];
}

/** A condition on a field as it is kept and asked. */
export interface FieldCondition {
  readonly key: string;
  readonly comparison: FieldComparison;
  readonly value?: FieldValue;
}

const maxDays = 3_650;
const maxList = 20;
const maxText = 200;
const without = new Set([FieldComparison.IS_SET, FieldComparison.IS_NOT_SET]);
const ordered = new Set([FieldComparison.AT_LEAST, FieldComparison.AT_MOST]);

/** Participant. A filter about channels and fields that are there; throws for one that cannot be asked. */
export async function checkContactFilter(
  tx: WorkspaceTransaction,
  channels: Channels,
  filter: ContactFilter,
): Promise<CheckedFilter> {
  const { tags, withoutTags, channelIds, languages, fields, ...rest } = filter;
  const { seenWithinDays, notSeenForDays, newWithinDays } = rest;
  for (const [name, days] of Object.entries({ seenWithinDays, notSeenForDays, newWithinDays }))
    if (given(days) && (days < 1 || days > maxDays))
      throw badInput(name, `Write a number of days from 1 to ${String(maxDays)}.`, 'DAYS_RANGE', {
        most: String(maxDays),
      });
  const simple = Object.entries(rest).filter(([, value]) => given(value));
  return {
    ...(given(tags) && tags.length > 0 && { tags: cleanTags(tags) }),
    ...(given(withoutTags) && withoutTags.length > 0 && { withoutTags: cleanTags(withoutTags, 'withoutTags') }),
    ...(given(channelIds) && { channelIds: await channelsOf(tx, channels, channelIds) }),
    ...(given(languages) && { languages: atMost('languages', languages.map(checkLanguage)) }),
    ...Object.fromEntries(simple),
    ...(given(fields) && fields.length > 0 && { fields: await checkConditions(tx, fields) }),
  };
}

function given<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}

function atMost<Item>(name: string, list: readonly Item[]): Item[] {
  if (list.length > maxList)
    throw badInput(name, `At most ${String(maxList)}, please.`, 'TOO_MANY', { most: String(maxList) });
  return [...new Set(list)];
}

function checkLanguage(typed: string): string {
  const language = typed.trim().replaceAll('_', '-');
  if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/.test(language))
    throw badInput('languages', 'Write the language as a code, such as en or pt-BR.', 'LANGUAGE_CODE');
  return language;
}

async function channelsOf(tx: WorkspaceTransaction, channels: Channels, ids: readonly string[]): Promise<string[]> {
  const unique = atMost(
    'channelIds',
    ids.map((id) => id.toLowerCase()),
  );
  const found = await channels.byIds(tx, unique);
  if (found.size < unique.length) throw notFound('A channel that the filter names');
  return unique;
}

async function checkConditions(
  tx: WorkspaceTransaction,
  conditions: readonly FieldConditionInput[],
): Promise<FieldCondition[]> {
  const defined = new Map((await readFields(tx)).map((field) => [field.key, field]));
  return atMost('fields', conditions).map((condition) =>
    checkCondition(condition, defined.get(cleanInput(condition.key))),
  );
}

function checkCondition(
  { key: typed, comparison, value }: FieldConditionInput,
  field: ContactFieldRow | undefined,
): FieldCondition {
  const key = cleanInput(typed);
  if (key === '') throw badInput('fields', 'Each field needs a name.', 'FIELD_NAME_MISSING');
  if (field !== undefined && field.removedAt !== null) throw notFound('A field that the filter names');
  if (without.has(comparison)) return { key, comparison };
  const wanted = checkValue(value);
  if (comparison === FieldComparison.CONTAINS && typeof wanted !== 'string')
    throw badInput('fields', 'Write a text to look for.', 'FIELD_WORDS');
  if (ordered.has(comparison) && !isOrdered(wanted, field?.kind))
    throw badInput('fields', 'Compare with a number, or with a day such as 2026-05-31.', 'FIELD_ORDER');
  // What is contained may be a part; whatever else is compared is a value that the field could hold.
  const isWhole =
    comparison !== FieldComparison.CONTAINS && field !== undefined && field.kind !== ContactFieldKind.CHOICE;
  return { key, comparison, value: isWhole ? checkFieldValue(field, wanted, 'fields') : wanted };
}

function checkValue(value: unknown): FieldValue {
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value;
  if (typeof value !== 'string' || cleanInput(value) === '')
    throw badInput('fields', 'Say with what the field is compared.', 'FIELD_VALUE_MISSING');
  if (value.length > maxText)
    throw badInput('fields', `Look for at most ${String(maxText)} characters.`, 'TOO_LONG', { most: String(maxText) });
  return cleanInput(value);
}

function isOrdered(value: FieldValue, kind: ContactFieldKind | undefined): boolean {
  if (typeof value === 'number') return kind === undefined || kind === ContactFieldKind.NUMBER;
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(value) && kind !== ContactFieldKind.NUMBER;
}
