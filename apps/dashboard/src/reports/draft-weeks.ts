import { dayAfter, dayOf } from './days.js';

/** What members did with what was proposed to them. */
export interface Outcomes {
  readonly accepted: number;
  readonly edited: number;
  readonly discarded: number;
}

interface Row extends Outcomes {
  readonly week: string;
}

/** A week by its Monday, with what was done in it. */
export interface DraftWeek extends Outcomes {
  readonly monday: string;
}

/** Several together. */
export function together(rows: readonly Outcomes[]): Outcomes {
  const sum = (of: keyof Outcomes) => rows.reduce((all, row) => all + row[of], 0);
  return { accepted: sum('accepted'), edited: sum('edited'), discarded: sum('discarded') };
}

/** How many of a hundred that somebody decided about went this way; null where nobody decided about any. */
export function shareOf(outcomes: Outcomes, which: keyof Outcomes): number | null {
  const decided = outcomes.accepted + outcomes.edited + outcomes.discarded;
  return decided === 0 ? null : (100 * outcomes[which]) / decided;
}

/** Every week from the first to the last, those in which nothing was proposed too. */
export function weeksOf(rows: readonly Row[], timezone: string): readonly DraftWeek[] {
  const dated = rows.map((row) => ({ row, monday: dayOf(new Date(row.week), timezone) }));
  const mondays = dated.map(({ monday }) => monday).sort();
  const [first] = mondays;
  const last = mondays.at(-1);
  if (first === undefined || last === undefined) return [];
  const weeks: DraftWeek[] = [];
  for (let week = first; week <= last; week = dayAfter(week, 7)) {
    const its = dated.filter(({ monday }) => monday === week).map(({ row }) => row);
    weeks.push({ monday: week, ...together(its) });
  }
  return weeks;
}
