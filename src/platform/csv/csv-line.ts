/** What a table program would take for a formula, wide forms and what it skips before one included. */
const formula = /^[\s\uFEFF\u200B-\u200F\u2060]*[=+\-@\t\r\n＝＋－﹣−＠]/u;
/** A number with its country code: a program adds nothing up, and a phone can be called by it. */
const phone = /^\+[0-9]{4,17}$/;

/** One line of a table of values: every text quoted, none that a table program would run. */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map((value) => csvCell(value)).join(',')}\r\n`;
}

/** What would be run as a formula has a sign before it that makes it a text. */
function csvCell(value: unknown): string {
  if (value === null || value === undefined) return '""';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const inert = formula.test(text) && !phone.test(text) ? `'${text}` : text;
  return `"${inert.replaceAll('"', '""')}"`;
}
