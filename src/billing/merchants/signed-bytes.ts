import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Seconds that a signature with a time in it holds, before and after: clocks differ. */
const tolerance = 300;

/** Whether one of the signatures is that of these bytes under one of the keys. An empty key signs nothing. */
export function isSignedWith(
  keys: readonly (string | Buffer)[],
  bytes: Buffer,
  signatures: readonly Buffer[],
): boolean {
  let signed = false;
  for (const key of keys.filter(({ length }) => length > 0)) {
    const expected = createHmac('sha256', key).update(bytes).digest();
    for (const given of signatures)
      if (given.length === expected.length && timingSafeEqual(given, expected)) signed = true;
  }
  return signed;
}

/** The header's value; null where it is missing or longer than any merchant writes it. */
export function headerIn(headers: IncomingHttpHeaders, name: string): string | null {
  // Node joins a repeated header with a comma, which no merchant's form lets through.
  const value = headers[name];
  return typeof value === 'string' && value.length <= 2_000 ? value : null;
}

/** Whether a signature's time, in seconds since 1970, is near enough. */
export function isTimely(seconds: string, now: Date): boolean {
  return /^\d{1,12}$/.test(seconds) && Math.abs(now.getTime() / 1_000 - Number(seconds)) <= tolerance;
}
