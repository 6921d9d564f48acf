import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type CustomData, customDataNames } from './merchant.js';

/** An id as merchants write them. It becomes part of addresses, so it is nothing else than one word. */
export const wireId = z
  .union([z.string(), z.number().int()])
  .transform(String)
  .pipe(z.string().regex(/^[\w-]{1,100}$/));

/** A moment; merchants write microseconds, of which milliseconds are kept. */
export const wireDate = z
  .string()
  .regex(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)$/)
  .transform((text) => new Date(text))
  .refine((date) => !Number.isNaN(date.getTime()));

/** A moment that may be missing. */
export const wireDateOrNull = wireDate.nullish().transform((date) => date ?? null);

/** The name of an event. */
export const wireKind = z.string().regex(/^[a-z][a-z._-]{0,59}$/);

/** What our checkout gave along. */
export const wireCustomData = z.unknown().transform((given): CustomData => {
  const pairs = new Map(typeof given === 'object' && given !== null ? Object.entries(given) : []);
  return Object.fromEntries(
    customDataNames.flatMap((name) => textOf(pairs.get(name)).map((text) => [name, text] as const)),
  );
});

/** Some merchants give text back as a number. */
function textOf(value: unknown): readonly string[] {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^[!-~]{1,500}$/.test(text) ? [text] : [];
}

/** Reads what a merchant sent. Where it is something else, says which part of it is not as documented, and nothing it holds. */
export function readAs<Shape extends z.ZodType>(shape: Shape, value: unknown, what: string): z.output<Shape> {
  const read = shape.safeParse(value);
  if (read.success) return read.data;
  const path = read.error.issues[0]?.path.filter((part) => typeof part === 'string').join('.') ?? '';
  throw new Error(`${what} is not as documented${path === '' ? '' : `: see ${path}`}.`);
}

/** The JSON in a body. */
export function jsonIn(body: Buffer, what: string): unknown {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    throw new Error(`${what} is no JSON.`);
  }
}

/** What names an event whose merchant gives it no id in its body: each repetition has the same bytes. */
export function digestOf(body: Buffer): string {
  return createHash('sha256').update(body).digest('hex');
}
