import { cleanInput } from '../../../platform/database/index.js';
import { badInput } from '../../../platform/errors/index.js';
import { ContactFieldKind, type ContactFieldRow } from './contact-field.row.js';

/** What a contact's field can hold. */
export type FieldValue = string | number | boolean;

/** A value of a field of the workspace, as it is kept; throws for one that is not of its kind. */
export function checkFieldValue(field: ContactFieldRow, value: FieldValue, argument = 'customFields'): FieldValue {
  const refuse = (wanted: string, reason: string) =>
    badInput(argument, `“${field.name}” holds ${wanted}.`, reason, { name: field.name });
  switch (field.kind) {
    case ContactFieldKind.TEXT:
      if (typeof value !== 'string') throw refuse('a text', 'FIELD_TEXT');
      return value;
    case ContactFieldKind.NUMBER:
      if (typeof value !== 'number') throw refuse('a number', 'FIELD_NUMBER');
      return value;
    case ContactFieldKind.DATE:
      if (typeof value !== 'string' || !isDay(value.trim())) throw refuse('a day, such as 2026-05-31', 'FIELD_DATE');
      return value.trim();
    case ContactFieldKind.YES_NO:
      if (typeof value !== 'boolean') throw refuse('yes or no', 'FIELD_YES_NO');
      return value;
    case ContactFieldKind.CHOICE: {
      const chosen = typeof value === 'string' ? cleanInput(value) : null;
      if (chosen === null || !field.choices.includes(chosen)) throw refuse('one of its choices', 'FIELD_CHOICE');
      return chosen;
    }
  }
}

/** Whether a text is a day that there is. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
