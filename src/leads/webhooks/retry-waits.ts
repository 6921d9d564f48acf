const second = 1;
const minute = 60 * second;
const hour = 60 * minute;

/** Seconds after each attempt until the next: soon at first, for something short, then for a day in all. */
const waits = [
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
  30 * minute,
  hour,
  2 * hour,
  4 * hour,
  7 * hour,
  9 * hour,
];

/** How far a wait is moved by chance, so that what failed together does not come back together. */
const jitter = 0.1;

/** How often a call is tried in all, until it has failed. */
export const mostTries = waits.length + 1;

/** Seconds until a call is tried again that was tried so many times; null where that was the last. `asked`: what the other side asked for. */
export function waitAfter(tries: number, asked: number | null, chance = Math.random()): number | null {
  const wait = waits[tries - 1];
  if (wait === undefined) return null;
  const moved = wait * (1 + jitter * (2 * chance - 1));
  // Longer than the longest of our own it does not get: the day would never end.
  return Math.max(moved, Math.min(asked ?? 0, Math.max(...waits)));
}
