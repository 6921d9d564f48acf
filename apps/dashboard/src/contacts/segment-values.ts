import type { ContactFieldKind, FieldComparison, FieldConditionInput } from '../api/documents.js';

/** A condition as it stands in the form: its value is what was typed. */
export interface TypedCondition {
  readonly key: string;
  readonly comparison: FieldComparison;
  readonly typed: string;
}

/** What was written with commas between. */
export function listOf(typed: string): string[] {
  return typed
    .split(/[,،]/u)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** A whole number, or nothing. */
export function numberOf(typed: string): number | null {
  const number = Number(typed);
  return typed.trim() !== '' && Number.isInteger(number) ? number : null;
}

/** How a field of a kind can be compared. */
export function comparisonsOf(kind: ContactFieldKind | undefined): readonly FieldComparison[] {
  const always: readonly FieldComparison[] = ['IS', 'IS_NOT', 'IS_SET', 'IS_NOT_SET'];
  if (kind === 'NUMBER' || kind === 'DATE') return [...always, 'AT_LEAST', 'AT_MOST'];
  return kind === 'YES_NO' || kind === 'CHOICE' ? always : [...always, 'CONTAINS'];
}

/** A condition as the server takes it. */
export function conditionOf(
  { key, comparison, typed }: TypedCondition,
  kind: ContactFieldKind | undefined,
): FieldConditionInput {
  if (comparison === 'IS_SET' || comparison === 'IS_NOT_SET') return { key, comparison };
  const number = Number(typed);
  if (kind === 'NUMBER')
    return { key, comparison, value: typed.trim() === '' || Number.isNaN(number) ? typed : number };
  return { key, comparison, value: kind === 'YES_NO' && typed !== '' ? typed === 'yes' : typed };
}

/** A condition as it stands in the form. */
export function typedCondition({ key, comparison, value }: FieldConditionInput): TypedCondition {
  const held: unknown = value;
  const typed = typeof held === 'boolean' ? (held ? 'yes' : 'no') : typeof held === 'number' ? String(held) : held;
  return { key, comparison, typed: typeof typed === 'string' ? typed : '' };
}
