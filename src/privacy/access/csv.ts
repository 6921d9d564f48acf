/** What a table program would take for a formula; the sign before it makes it a text. */
const formula = /^[\s]*[=+\-@\t\r]/;

/** One line of a table of values: every cell quoted, none that a program would run. */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map((value) => cellOf(value)).join(',')}\r\n`;
}

function cellOf(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = wordsOf(value);
  const inert = formula.test(text) ? `'${text}` : text;
  return `"${inert.replaceAll('"', '""')}"`;
}

/** A value in words: times and lists as people read them, what is deeper as JSON. */
export function wordsOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value) && value.every((item: unknown) => typeof item === 'string')) return value.join('; ');
  if (Array.isArray(value) && value.length === 0) return '';
  if (typeof value === 'object') return JSON.stringify(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
