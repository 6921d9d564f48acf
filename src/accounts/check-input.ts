import { z } from 'zod';
import { cleanInput } from '../platform/database/index.js';
import { badInput } from '../platform/errors/index.js';

/** Reads input by its schema; what does not fit is refused by its first problem, with the field at fault. */
export function checkInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [problem] = parsed.error.issues;
  throw badInput(problem?.path.join('.') ?? '', problem?.message ?? 'This cannot be read.');
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
