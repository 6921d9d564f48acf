import { type Sql, sql } from '../platform/database/index.js';

const pattern = /^\d{4,5}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{6}$/;

/** A time as text for a cursor: in UTC and to the microsecond, which a Date would lose. */
export function timeText(column: Sql): Sql {
  return sql`to_char(${column} at time zone 'utc', 'YYYY-MM-DD HH24:MI:SS.US')`;
}

/** Whether a cursor's value is such a text, and a time at all. */
export function isTimeText(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    pattern.test(value) &&
    isDay(value.slice(0, value.indexOf(' '))) &&
    !Number.isNaN(Date.parse(`${value}Z`))
  );
}

// Date.parse takes the 31st of April for the 1st of May; Postgres refuses it.
function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
