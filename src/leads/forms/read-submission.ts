import { trapField } from '../../accounts/index.js';
import { cleanInput } from '../../platform/database/index.js';
import { emailOf } from '../capture/clean-details.js';

/** What somebody sends in. */
export interface Submission {
  readonly name: string | null;
  readonly email: string;
  readonly company: string | null;
  readonly message: string;
  /** What Turnstile gave the page. */
  readonly turnstileToken: string | null;
  /** The field that people do not see was filled in, or it was sent sooner than anybody types. */
  readonly trapped: boolean;
}

/** What cannot be taken as it is, field by field; the code is for pages, which say it in their reader's language. */
export interface Problem {
  readonly field: string;
  readonly code: 'MISSING' | 'TOO_LONG' | 'NO_EMAIL' | 'NO_TEXT' | 'UNKNOWN';
  readonly message: string;
}

const longest = { name: 200, email: 254, company: 200, message: 10_000 } as const;
const aside = new Set(['turnstileToken', 'cf-turnstile-response', trapField, 'elapsed']);
/** Milliseconds in which nobody has read a form and filled it in. */
const soonest = 1_500;

/** Reads what came: four fields and what shows that a person sent it. Anything else is refused, not kept in silence. */
export function readSubmission(
  given: Readonly<Record<string, unknown>>,
): { readonly submission: Submission } | { readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  for (const name of Object.keys(given))
    if (!(name in longest) && !aside.has(name))
      problems.push({
        field: name.slice(0, 100).toWellFormed(),
        code: 'UNKNOWN',
        message: 'This field is not taken: a contact form has name, email, company and message.',
      });
  const line = (name: keyof typeof longest) => textOf(given, name, problems)?.replace(/\s+/gu, ' ') ?? null;
  const name = line('name');
  const company = line('company');
  const address = line('email');
  const message = textOf(given, 'message', problems);
  const faulty = new Set(problems.map(({ field }) => field));
  for (const [field, value] of Object.entries({ email: address, message }))
    if (value === null && !faulty.has(field)) problems.push({ field, code: 'MISSING', message: 'Fill this in.' });
  const email = emailOf(address);
  if (address !== null && email === null)
    problems.push({ field: 'email', code: 'NO_EMAIL', message: 'This is not an e-mail address: name@example.com.' });
  if (problems.length > 0 || email === null || message === null) return { problems };
  const token = given['turnstileToken'] ?? given['cf-turnstile-response'];
  return {
    submission: {
      name,
      email,
      company,
      message,
      turnstileToken: typeof token === 'string' ? token : null,
      trapped: isFilledIn(given[trapField]) || isTooSoon(given['elapsed']),
    },
  };
}

function textOf(
  given: Readonly<Record<string, unknown>>,
  field: keyof typeof longest,
  problems: Problem[],
): string | null {
  const value = given[field];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') {
    problems.push({ field, code: 'NO_TEXT', message: 'Send it as text.' });
    return null;
  }
  const text = cleanInput(value);
  if (text.length > longest[field]) {
    const most = String(longest[field]);
    problems.push({ field, code: 'TOO_LONG', message: `Use at most ${most} characters.` });
    return null;
  }
  return text === '' ? null : text;
}

function isFilledIn(given: unknown): boolean {
  return given !== undefined && given !== null && given !== '';
}

/** What a page without a script does not say counts for nothing. */
function isTooSoon(given: unknown): boolean {
  if (!isFilledIn(given)) return false;
  const elapsed = Number(given);
  return !(elapsed >= soonest);
}
