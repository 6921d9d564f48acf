/** When a business answers, in its own time zone. */
export interface BusinessHours {
  /** Open at any time: then the rest says nothing. */
  readonly always: boolean;
  readonly week: readonly OpeningHours[];
  /** Days on which nothing opens, as YYYY-MM-DD. */
  readonly holidays: readonly string[];
  readonly awayMessage: string | null;
}

/** One stretch of opening; one that closes at or before it opens runs past midnight. */
export interface OpeningHours {
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number;
  /** HH:MM, to 23:59. */
  readonly opens: string;
  /** HH:MM, to 24:00. */
  readonly closes: string;
}

/** What a workspace starts with. */
export const alwaysOpen: BusinessHours = { always: true, week: [], holidays: [], awayMessage: null };

/**
 * Whether a business is open at a moment. Its clocks decide: what opens at 02:30 opens at 03:00 on the night on which
 * there is no 02:30, and stays open through both hours of the night that has one twice. What began before midnight
 * belongs to the day on which it began, also for holidays.
 */
export function isOpen(hours: BusinessHours, timezone: string, at: Date): boolean {
  if (hours.always) return true;
  const here = wallClock(timezone, at);
  const opensOn = (day: string, weekday: number) =>
    hours.holidays.includes(day) ? [] : hours.week.filter((one) => one.weekday === weekday);
  const dayBefore = previousDay(here.day);
  return (
    opensOn(here.day, here.weekday).some((one) => {
      const [opens, closes] = [minutesOf(one.opens), minutesOf(one.closes)];
      return here.minutes >= opens && (closes <= opens || here.minutes < closes);
    }) ||
    opensOn(dayBefore, here.weekday === 1 ? 7 : here.weekday - 1).some((one) => {
      const [opens, closes] = [minutesOf(one.opens), minutesOf(one.closes)];
      return closes <= opens && here.minutes < closes;
    })
  );
}

/** Whether a business was open at any moment between two. */
export function wasOpenBetween(hours: BusinessHours, timezone: string, from: Date, to: Date): boolean {
  if (hours.always || isOpen(hours, timezone, to)) return true;
  const first = previousDay(wallClock(timezone, from).day);
  const last = wallClock(timezone, to).day;
  let day = first;
  for (let days = 0; day <= last && days < longestLook; days += 1, day = nextDay(day)) {
    if (hours.holidays.includes(day)) continue;
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
    for (const one of hours.week.filter((stretch) => stretch.weekday === weekday)) {
      const [opens, closes] = [minutesOf(one.opens), minutesOf(one.closes)];
      const opened = instantOf(timezone, day, opens);
      const closed = instantOf(timezone, day, closes <= opens ? closes + 1_440 : closes);
      if (closed > from.getTime() && opened < to.getTime()) return true;
    }
  }
  return false;
}

/** When it opens, or closes, next; null where that is never, or further away than anybody would wait for. */
export function nextChange(hours: BusinessHours, timezone: string, at: Date): Date | null {
  if (hours.always) return null;
  const now = isOpen(hours, timezone, at);
  let day = previousDay(wallClock(timezone, at).day);
  for (let days = 0; days < longestWait; days += 1, day = nextDay(day)) {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
    const moments = hours.week
      .filter((stretch) => stretch.weekday === weekday)
      .flatMap(({ opens: from, closes: to }) => {
        const [opens, closes] = [minutesOf(from), minutesOf(to)];
        return [opens, closes <= opens ? closes + 1_440 : closes].map((minutes) => instantOf(timezone, day, minutes));
      })
      .sort((one, other) => one - other);
    const change = moments.find((moment) => moment > at.getTime() && isOpen(hours, timezone, new Date(moment)) !== now);
    if (change !== undefined) return new Date(change);
  }
  return null;
}

/** Days that are looked through; a closure that is longer counts as one that has ended. */
const longestLook = 1_100;
const longestWait = 60;

interface WallClock {
  /** YYYY-MM-DD. */
  readonly day: string;
  readonly weekday: number;
  readonly minutes: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function wallClock(timezone: string, at: Date): WallClock {
  let format = formats.get(timezone);
  if (format === undefined) {
    const digits = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
    format = new Intl.DateTimeFormat('en-US', { timeZone: timezone, hourCycle: 'h23', calendar: 'iso8601', ...digits });
    formats.set(timezone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const day = `${parts['year'] ?? ''}-${parts['month'] ?? ''}-${parts['day'] ?? ''}`;
  const minutes = Number(parts['hour']) * 60 + Number(parts['minute']);
  return { day, weekday: new Date(`${day}T00:00:00Z`).getUTCDay() || 7, minutes };
}

/** The moment at which the clocks show so many minutes of a day. */
function instantOf(timezone: string, day: string, minutes: number): number {
  const wanted = Date.parse(`${day}T00:00:00Z`) + minutes * 60_000;
  let instant = wanted;
  // The second look is for the nights on which the clocks are changed.
  for (let look = 0; look < 2; look += 1) {
    const shown = wallClock(timezone, new Date(instant));
    instant += wanted - (Date.parse(`${shown.day}T00:00:00Z`) + shown.minutes * 60_000);
  }
  return instant;
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

function previousDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
