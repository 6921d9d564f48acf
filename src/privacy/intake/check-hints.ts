import { cleanInput } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import type { SubjectHints } from './request.row.js';

/** What somebody said to be found by, as it came. */
export type GivenHints = {
  readonly [hint in keyof SubjectHints]?: string | Date | null | undefined;
};

const longest = 300;
const mailForm = /^[^\s@<>"(),:;[\]\\]{1,64}@[^\s@<>"(),:;[\]\\]{1,190}$/u;

/** Hints, made one way: addresses in small letters, numbers without blanks, handles without their sign, sites by host. */
export function checkHints(given: GivenHints): SubjectHints {
  const hints: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined) continue;
    const text = value instanceof Date ? dayOf(value, name) : cleanInput(value).replace(/\s+/gu, ' ');
    if (text.length > longest)
      throw badInput(name, `Use at most ${String(longest)} characters.`, 'TOO_LONG', { most: String(longest) });
    if (text !== '') hints[name] = (ways[name] ?? asItIs)(text, name);
  }
  return hints;
}

/** An address as it is compared. */
export function checkMail(text: string, name = 'email'): string {
  const address = cleanInput(text).toLowerCase();
  if (!mailForm.test(address))
    throw badInput(name, 'This is not an e-mail address. It looks like name@example.com.', 'NO_EMAIL');
  return address;
}

const asItIs = (text: string): string => text;

const ways: Readonly<Record<string, (text: string, name: string) => string>> = {
  email: checkMail,
  phone: (text, name) => {
    const number = text.replace(/[^\d+]/g, '');
    if (!/^\+?\d{4,17}$/.test(number))
      throw badInput(
        name,
        'This is not a phone number. Write it with its country code, such as +90 555 123 45 67.',
        'NO_PHONE',
      );
    return number;
  },
  handle: (text) => text.replace(/^@/, ''),
  website: (text) => hostOf(text),
  from: dayOf,
  to: dayOf,
};

/** `https://www.Shop.example/contact` is `shop.example`. */
export function hostOf(text: string): string {
  const [, host = ''] = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^/@]*@)?([^/?#:]+)/i.exec(text.trim()) ?? [];
  return host.toLowerCase().replace(/^www\./, '');
}

function dayOf(day: string | Date, name: string): string {
  const at = new Date(day);
  if (Number.isNaN(at.getTime())) throw badInput(name, 'This is not a date. It looks like 2026-05-31.', 'NO_DATE');
  return at.toISOString();
}
