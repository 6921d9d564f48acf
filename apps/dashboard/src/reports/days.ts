/** The moment at which a day (2026-11-22) begins in a time zone. */
export function dayStart(day: string, timezone: string): Date {
  const wall = Date.parse(`${day}T00:00:00Z`);
  // Twice: the first guess may stand on the other side of a change of clocks.
  const once = wall - offsetAt(wall, timezone);
  return new Date(wall - offsetAt(once, timezone));
}

/** The day that it is at a moment in a time zone. */
export function dayOf(moment: Date, timezone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: timezone, dateStyle: 'short' }).format(moment);
}

/** A day so many days later, or earlier. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Whether a word is a day that there is. */
export function isDay(word: string | null): word is string {
  return word !== null && /^\d{4}-\d{2}-\d{2}$/u.test(word) && !Number.isNaN(Date.parse(`${word}T00:00:00Z`));
}

function offsetAt(time: number, timezone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(time);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wall - Math.floor(time / 1000) * 1000;
}
