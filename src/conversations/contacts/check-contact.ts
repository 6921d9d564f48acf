import { cleanInput, cleanText } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import type { ContactRow } from '../contact.row.js';
import { cleanTags } from '../tags.js';
import { type FieldValue, checkFieldValue } from './fields/check-field-value.js';
import type { ContactFieldRow } from './fields/contact-field.row.js';
import type { UpdateContactInput } from './update-contact.input.js';

/** What a member may say of a contact. */
export type ContactDetails = Pick<
  ContactRow,
  'name' | 'emails' | 'phones' | 'tags' | 'customFields' | 'language' | 'blocked'
>;

const maxAddresses = 20;
const maxFields = 50;
const maxFieldName = 60;
const maxFieldText = 2_000;
const maxName = 200;
const emailText = /^[^\s@<>"(),:;[\]\\]{1,64}@[^\s@<>"(),:;[\]\\]{1,190}$/u;
const phoneText = /^\+?\d{4,17}$/;

/** What stands of a contact after an update; throws for what cannot be kept. `defined` are the workspace's own fields. */
export function checkContact(
  before: ContactRow,
  input: UpdateContactInput,
  defined: readonly ContactFieldRow[],
): ContactDetails {
  const { name, emails, phones, tags, customFields, language, blocked } = input;
  return {
    name: given(name) ? checkName(name) : before.name,
    emails: given(emails) ? checkEmails(emails) : before.emails,
    phones: given(phones) ? checkPhones(phones) : before.phones,
    tags: given(tags) ? cleanTags(tags) : before.tags,
    customFields: given(customFields)
      ? ofTheirKind(checkFields(customFields), before.customFields, defined)
      : before.customFields,
    language: given(language) ? checkLanguage(language) : before.language,
    blocked: blocked ?? before.blocked,
  };
}

function given<Value>(value: Value): value is NonNullable<Value> {
  return value !== null && value !== undefined;
}

function checkName(given: string): string | null {
  const name = cleanInput(given).replace(/\s+/gu, ' ');
  if (name.length > maxName)
    throw badInput('name', `A name has at most ${String(maxName)} characters.`, 'TOO_LONG', { most: String(maxName) });
  return name === '' ? null : name;
}

function checkEmails(given: readonly string[]): string[] {
  const emails = unique(given.map((email) => cleanInput(email).toLowerCase()));
  // Not quoted: what goes wrong is written down by clients, and an address is somebody's.
  const wrong = emails.findIndex((email) => !emailText.test(email)) + 1;
  if (wrong > 0)
    throw badInput(
      'emails',
      `E-mail address ${String(wrong)} is none. It looks like name@example.com.`,
      'NO_EMAIL_AT',
      {
        place: String(wrong),
      },
    );
  return atMost('emails', emails);
}

function checkPhones(given: readonly string[]): string[] {
  const phones = unique(given.map((phone) => cleanInput(phone).replace(/[\s()./-]/g, '')));
  const wrong = phones.findIndex((phone) => !phoneText.test(phone)) + 1;
  if (wrong > 0)
    throw badInput(
      'phones',
      `Phone number ${String(wrong)} is none. Write it with its country code, such as +90 555 123 45 67.`,
      'NO_PHONE_AT',
      { place: String(wrong) },
    );
  return atMost('phones', phones);
}

function checkFields(given: unknown): Record<string, FieldValue> {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw badInput('customFields', 'Send an object with a value for each name.');
  const fields = Object.entries(given).map(([key, value]): [string, FieldValue | null] => [
    cleanInput(key),
    checkValue(value),
  ]);
  if (fields.length > maxFields)
    throw badInput('customFields', `A contact has at most ${String(maxFields)} fields.`, 'TOO_MANY', {
      most: String(maxFields),
    });
  if (fields.some(([key]) => key === ''))
    throw badInput('customFields', 'Each field needs a name.', 'FIELD_NAME_MISSING');
  if (fields.some(([key]) => key.length > maxFieldName))
    throw badInput(
      'customFields',
      `A field's name has at most ${String(maxFieldName)} characters.`,
      'FIELD_NAME_LONG',
      {
        most: String(maxFieldName),
      },
    );
  return Object.fromEntries(fields.filter((field): field is [string, FieldValue] => field[1] !== null));
}

/**
 * Values of the workspace's own fields are of their kind; what was there before stays, so that a choice that is gone, or what
 * stood there before the field was made, keeps nobody from changing the rest. A field that is being removed takes no value.
 */
function ofTheirKind(
  fields: Readonly<Record<string, FieldValue>>,
  before: ContactRow['customFields'],
  defined: readonly ContactFieldRow[],
): Record<string, FieldValue> {
  const known = new Map(defined.map((field) => [field.key, field]));
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([key]) => known.get(key)?.removedAt === null || !known.has(key))
      .map(([key, value]) => {
        const field = known.get(key);
        return [key, field === undefined || before[key] === value ? value : checkFieldValue(field, value)];
      }),
  );
}

function checkValue(value: unknown): FieldValue | null {
  if (typeof value === 'string') {
    if (value.length > maxFieldText)
      throw badInput(
        'customFields',
        `A field's text has at most ${String(maxFieldText)} characters.`,
        'FIELD_TEXT_LONG',
        {
          most: String(maxFieldText),
        },
      );
    return cleanText(value);
  }
  if (typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw badInput('customFields', 'A field holds a text, a number, or yes or no.', 'FIELD_HOLDS');
}

function checkLanguage(given: string): string | null {
  const language = given.trim();
  if (language === '') return null;
  if (!/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}$/.test(language))
    throw badInput('language', 'Write the language as a code, such as en or pt-BR.', 'LANGUAGE_CODE');
  return language.replaceAll('_', '-');
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => text !== '');
}

function atMost(field: 'emails' | 'phones', list: string[]): string[] {
  if (list.length > maxAddresses)
    throw badInput(field, `At most ${String(maxAddresses)}, please.`, 'TOO_MANY', { most: String(maxAddresses) });
  return list;
}
