import { cleanInput } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { longestFieldName } from '../capture/clean-details.js';
import { type ColumnTarget, leadParts, proposedTargets, targetOf } from './column-targets.js';

/** Fields of contacts that a column can become. */
export type KnownField = Parameters<typeof proposedTargets>[1][number];

/**
 * What each column becomes, as a member says it: `{"E-mail": "email", "Size": "field"}`, or the other way round
 * (`{"email": "E-mail"}`). Columns that are not named are left out. Without a mapping it is what the columns are called.
 */
export function checkMapping(
  mapping: unknown,
  columns: readonly string[],
  fields: readonly KnownField[],
): readonly ColumnTarget[] {
  const targets = isGiven(mapping) ? mapped(mapping, columns) : proposedTargets(columns, fields);
  const parts = targets.flatMap((one) => (one.kind === 'part' ? [one.part] : []));
  const twice = parts.find((part, index) => parts.indexOf(part) !== index);
  if (twice !== undefined)
    throw badInput('mapping', `Two columns cannot both be ${twice}.`, 'COLUMN_TWICE', { name: twice });
  for (const target of targets) {
    if (target.kind === 'contact' && !fields.some(({ key }) => key === target.key))
      throw badInput('mapping', 'There is no such field of contacts.', 'FIELD_UNKNOWN', { name: target.key });
    if (target.kind === 'answer' && (cleanInput(target.name) === '' || target.name.length > longestFieldName))
      throw badInput('mapping', `A field's name has 1 to ${String(longestFieldName)} characters.`);
  }
  if (!parts.some((part) => ['name', 'firstName', 'lastName', 'email', 'phone'].includes(part)))
    throw badInput('mapping', 'Say which column is the name, the e-mail address or the phone number.', 'NOBODY_NAMED');
  return targets;
}

function mapped(mapping: unknown, columns: readonly string[]): ColumnTarget[] {
  if (typeof mapping !== 'object' || mapping === null || Array.isArray(mapping))
    throw badInput('mapping', 'Send an object that says what each column becomes.');
  const targets = columns.map((): ColumnTarget => ({ kind: 'nothing' }));
  for (const [one, other] of Object.entries(mapping)) {
    const [column, word] = pairOf(one, other, columns);
    const place = columns.indexOf(column);
    const target = targetOf(word, column);
    if (place === -1)
      throw badInput('mapping', 'The file has no such column.', 'COLUMN_UNKNOWN', { name: one.slice(0, 100) });
    if (target === null)
      throw badInput(
        'mapping',
        `A column becomes one of ${leadParts.join(', ')}, or field, field:NAME, contact:KEY, ignore.`,
        'TARGET_UNKNOWN',
        { name: column },
      );
    targets[place] = target;
  }
  return targets;
}

/** Which is the column and which is what it becomes. Where both could be, the column comes first. */
function pairOf(one: string, other: unknown, columns: readonly string[]): [string, unknown] {
  if (columns.includes(one) && (typeof other !== 'string' || targetOf(other, one) !== null)) return [one, other];
  return typeof other === 'string' && columns.includes(other) ? [other, one] : [one, other];
}

function isGiven(mapping: unknown): boolean {
  return mapping !== null && mapping !== undefined;
}
