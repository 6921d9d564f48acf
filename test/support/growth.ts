/** Milliseconds of processor time: what else the machine does counts little. */
function cost(work: () => void): number {
  const since = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
}

/**
 * How many times the processor time grows where the input is four times as long: about 4 for work that goes through its
 * input, about 16 for work that goes through it for each of its parts. Best of three each, measured in one run.
 */
export function growth(work: (scale: 1 | 4) => void): number {
  const best = (scale: 1 | 4) => Math.min(...[1, 2, 3].map(() => cost(() => work(scale))));
  // Less than a few milliseconds is not to be told from nothing.
  return best(4) / Math.max(best(1), 4);
}

/** What `growth` must stay under to be far from the square of the input. */
export const steep = 10;
