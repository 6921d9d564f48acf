import { badInput } from '../../platform/errors/index.js';

const dayMilliseconds = 86_400_000;

/** A day of a time zone. */
export interface Day {
  /** `2026-11-22`. */
  readonly key: string;
  readonly start: Date;
}

/** The days of a time zone that have a part between two moments, in their order. */
export function daysBetween(from: Date, to: Date, timezone: string): Day[] {
  const wall = wallClockOf(timezone);
  const startOf = (day: number) => {
    // Twice, for the offset may change between the guess and the day's true beginning.
    const guess = day - (wall(day) - day);
    return day - (wall(guess) - guess);
  };
  const days: Day[] = [];
  const first = Math.floor(wall(from.getTime()) / dayMilliseconds) * dayMilliseconds;
  for (let day = first; startOf(day) < to.getTime(); day += dayMilliseconds)
    days.push({ key: new Date(day).toISOString().slice(0, 10), start: new Date(startOf(day)) });
  return days;
}

/** Gives what a clock on the wall shows at a moment, as if it were UTC. */
function wallClockOf(timezone: string): (at: number) => number {
  const format = formatOf(timezone);
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  try {
    const digits = '2-digit' as const;
    return new Intl.DateTimeFormat('en', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: digits,
      day: digits,
      hour: digits,
      minute: digits,
      second: digits,
    });
  } catch (cause) {
    if (cause instanceof RangeError)
      throw badInput('timezone', 'Choose a time zone by its name, such as Europe/Berlin.', 'TIME_ZONE');
    throw cause;
  }
}
