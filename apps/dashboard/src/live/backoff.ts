/** How long to wait before the next try: 0.5 s doubling to 15 s, each shortened at random so that many clients spread out. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(15_000, 500 * 2 ** Math.min(attempt, 10));
  return Math.round(full * (0.5 + random() / 2));
}
