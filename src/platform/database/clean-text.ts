/**
 * Text from outside as Postgres can hold it: no NUL (refused by text columns), no lone surrogate (refused by jsonb and
 * silently replaced elsewhere), cut at `max` UTF-16 units without splitting a pair.
 */
export function cleanText(text: string, max = 100_000): string {
  const cut = text.length > max ? text.slice(0, max) : text;
  return cut.replaceAll('\u0000', '').toWellFormed();
}

/**
 * What a client wrote: clean and trimmed, but never cut. Whoever refuses what is too long has to see the whole of it, or
 * what stands behind many spaces would be lost in silence.
 */
export function cleanInput(text: string): string {
  return cleanText(text, text.length).trim();
}

/** `cleanText` for every string inside a JSON value; numbers that are not finite become null. */
export function cleanJson(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (value === null || typeof value !== 'object') return value;
  if (depth > 32) return null;
  if (Array.isArray(value)) return value.map((item) => cleanJson(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [cleanText(key, 256), cleanJson(item, depth + 1)]),
  );
}
