import type { OpeningHoursInput } from '../api/documents.js';
import { regionOf } from '../ui/time.js';

/**
 * The week as the form says it. The form has one stretch a day; a day that has more, set by a program, keeps the others as
 * long as it stays open.
 */
export function weekOf(
  open: ReadonlySet<number>,
  word: (name: string) => string,
  kept: readonly OpeningHoursInput[],
): OpeningHoursInput[] {
  return [1, 2, 3, 4, 5, 6, 7]
    .filter((weekday) => open.has(weekday))
    .flatMap((weekday) => {
      const others = kept.filter((day) => day.weekday === weekday).slice(1);
      const first = { weekday, opens: word(`opens-${String(weekday)}`), closes: word(`closes-${String(weekday)}`) };
      return [first, ...others.map(({ opens, closes }) => ({ weekday, opens, closes }))];
    });
}

/** Days as people put them one after the other. */
export function datesOf(text: string): string[] {
  return text.split(/[\s,;]+/u).filter((word) => word !== '');
}

/** What a time field can show: midnight at the end of a day is the midnight after it. */
export function fieldTime(time: string | undefined): string | undefined {
  return time === '24:00' ? '00:00' : time;
}

/** 1 is Monday. */
export function weekdayName(weekday: number, language: string): string {
  return new Intl.DateTimeFormat(regionOf(language), { weekday: 'long', timeZone: 'UTC' }).format(
    Date.UTC(2024, 0, weekday),
  );
}
