import { z } from 'zod';
import { cleanInput } from '../platform/database/index.js';
import { badInput } from '../platform/errors/index.js';

/** Reads input by its schema; what does not fit is refused by its first problem, with the field at fault. */
export function checkInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [problem] = parsed.error.issues;
  const { reason, values } = problem === undefined ? {} : said(problem);
  throw badInput(problem?.path.join('.') ?? '', problem?.message ?? 'This cannot be read.', reason, values);
}

/** What a problem of a schema is called, for clients that say it in their reader's language. */
function said(problem: z.core.$ZodIssue): { reason?: string; values?: Record<string, string> } {
  if (problem.code === 'invalid_format') return problem.format === 'email' ? { reason: 'NO_EMAIL' } : {};
  if (problem.code === 'too_big')
    return { reason: problem.origin === 'string' ? 'TOO_LONG' : 'AT_MOST', values: { most: String(problem.maximum) } };
  if (problem.code !== 'too_small') return {};
  return problem.origin === 'string'
    ? { reason: 'FILL_IN' }
    : { reason: 'AT_LEAST', values: { least: String(problem.minimum) } };
}

/** A name as people write it: trimmed, of one line, not empty. */
export function nameOf(what: string, max = 100) {
  return z
    .string()
    .transform((text) => cleanInput(text).replace(/\s+/gu, ' '))
    .pipe(
      z
        .string()
        .min(1, `Give ${what}.`)
        .max(max, `Use at most ${String(max)} characters.`)
        .regex(/^\P{Cc}*$/u, 'Leave out control characters.'),
    );
}

/** An e-mail address; kept as written, compared without regard to case. */
export const emailAddress = z
  .string()
  .trim()
  .max(254, 'An e-mail address has at most 254 characters.')
  .pipe(z.email('This is not an e-mail address. It looks like name@example.com.'));
