import { cleanInput, cleanJson } from '../platform/database/index.js';
import { badInput } from '../platform/errors/index.js';
import {
  emailOf,
  type GivenDetails,
  longestFieldName,
  longestFieldText,
  longestMessage,
  longestName,
  mostFields,
  phoneOf,
} from './capture/clean-details.js';
import type { CreateLeadInput } from './create-lead.input.js';

/** What a member wrote of a lead, if it can be kept as it stands: members are told what is wrong, and nothing is cut. */
export function checkDetails({ name, email, phone, company, fields }: CreateLeadInput): GivenDetails {
  // Not quoted: what goes wrong is written down by clients, and an address is somebody's.
  if (isGiven(email) && emailOf(email) === null)
    throw badInput('email', 'This is no e-mail address. It looks like name@example.com.');
  if (isGiven(phone) && phoneOf(phone) === null)
    throw badInput('phone', 'This is no phone number. Write it with its country code, such as +90 555 123 45 67.');
  checkLine('name', name);
  checkLine('company', company);
  return {
    name: name ?? null,
    email: isGiven(email) ? email : null,
    phone: isGiven(phone) ? phone : null,
    company: company ?? null,
    fields: fields === null || fields === undefined ? {} : checkFields(fields),
  };
}

/** Answers as they are kept. Throws for what cannot be. */
export function checkFields(given: unknown): Record<string, unknown> {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw badInput('fields', 'Send an object with a value for each name.');
  const fields = Object.entries(cleanJson(given) as Record<string, unknown>);
  if (fields.length > mostFields)
    throw badInput('fields', `A lead has at most ${String(mostFields)} fields.`, 'TOO_MANY', {
      most: String(mostFields),
    });
  return Object.fromEntries(
    fields.map(([key, value]) => [checkKey(key), checkValue(value)] as const).filter(([, value]) => value !== null),
  );
}

/** A note as it is kept; null for none. */
export function checkNote(field: string, given: string | null | undefined): string | null {
  const text = cleanInput(given ?? '');
  if (text.length > longestMessage)
    throw badInput(field, `A note has at most ${String(longestMessage)} characters.`, 'TOO_LONG', {
      most: String(longestMessage),
    });
  return text === '' ? null : text;
}

function checkKey(given: string): string {
  const key = cleanInput(given);
  if (key === '') throw badInput('fields', 'Each field needs a name.');
  if (key.length > longestFieldName)
    throw badInput('fields', `A field's name has at most ${String(longestFieldName)} characters.`);
  return key;
}

function checkValue(value: unknown): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  const texts: unknown[] = Array.isArray(value) ? value : [value];
  if (!texts.every((text) => typeof text === 'string'))
    throw badInput('fields', 'A field holds a text or several, a number, or yes or no.');
  if (texts.some((text) => text.length > longestFieldText) || texts.length > 20)
    throw badInput('fields', `A field's text has at most ${String(longestFieldText)} characters.`);
  return value;
}

function checkLine(field: string, given: string | null | undefined): void {
  if ((given ?? '').trim().length > longestName)
    throw badInput(field, `At most ${String(longestName)} characters, please.`, 'TOO_LONG', {
      most: String(longestName),
    });
}

function isGiven(text: string | null | undefined): text is string {
  return cleanInput(text ?? '') !== '';
}
