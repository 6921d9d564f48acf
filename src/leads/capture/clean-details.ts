import { cleanInput, cleanText } from '../../platform/database/index.js';

/** Who somebody says they are. */
export interface LeadDetails {
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly company: string | null;
  readonly message: string | null;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The same as it comes in: anything may be missing, and anything may be wrong. */
export type GivenDetails = Partial<LeadDetails>;

export const longestName = 200;
export const longestMessage = 10_000;
export const mostFields = 100;
export const longestFieldName = 200;
export const longestFieldText = 2_000;
const mostValues = 20;

const emailText = /^[^\s@<>"(),:;[\]\\]{1,64}@[^\s@<>"(),:;[\]\\]{1,190}$/u;
const phoneText = /^\+?\d{4,17}$/;

/** An address as leads are found by it; null for what is none. */
export function emailOf(given: string | null | undefined): string | null {
  const email = cleanInput(given ?? '').toLowerCase();
  return emailText.test(email) ? email : null;
}

/** A number as leads are found by it; null for what is none. */
export function phoneOf(given: string | null | undefined): string | null {
  const phone = cleanInput(given ?? '').replace(/[\s()./-]/g, '');
  return phoneText.test(phone) ? phone : null;
}

/** Words on one line, cut to what is kept; null where there are none. */
export function lineOf(given: string | null | undefined): string | null {
  const line = cut(cleanInput(given ?? '').replace(/\s+/gu, ' '), longestName);
  return line === '' ? null : line;
}

/**
 * What came from outside, as it can be kept. Nothing of it is refused, because nobody is there to be told: what is too long
 * is cut, and an address or a number that is none is kept beside, among the answers.
 */
export function cleanDetails(given: GivenDetails): LeadDetails {
  const { email = null, phone = null } = given;
  const message = cut(cleanInput(given.message ?? ''), longestMessage);
  const odd = {
    ...(email !== null && emailOf(email) === null && { email: cut(cleanInput(email), longestFieldText) }),
    ...(phone !== null && phoneOf(phone) === null && { phone: cut(cleanInput(phone), longestFieldText) }),
  };
  return {
    name: lineOf(given.name),
    email: emailOf(email),
    phone: phoneOf(phone),
    company: lineOf(given.company),
    message: message === '' ? null : message,
    fields: {
      ...cleanFields(given.fields ?? {}),
      ...Object.fromEntries(Object.entries(odd).filter(([, text]) => text !== '')),
    },
  };
}

function cleanFields(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fields = Object.entries(given)
    .slice(0, mostFields)
    .map(([key, value]) => [cut(cleanInput(key), longestFieldName), cleanValue(value)] as const);
  return Object.fromEntries(fields.filter(([key, value]) => key !== '' && value !== null));
}

/** A text, a number, yes or no, or several texts; null for anything else. */
function cleanValue(value: unknown): unknown {
  if (typeof value === 'string') return cut(cleanText(value, longestFieldText), longestFieldText);
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value;
  if (!Array.isArray(value)) return null;
  const texts = value.filter((item) => typeof item === 'string' || typeof item === 'number').slice(0, mostValues);
  return texts.map((text) => cut(cleanText(String(text), longestFieldText), longestFieldText));
}

function cut(text: string, most: number): string {
  return cleanText(text, most).trim();
}
