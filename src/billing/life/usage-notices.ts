import { UsageMetric } from '../enums.js';

/** How much of something is used. `told`: the share, in percent, that was told of last. */
export interface Used {
  readonly metric: UsageMetric;
  readonly used: number;
  readonly limit: number | null;
  readonly told: number;
}

const shares = [100, 80] as const;
/** Whoever goes so many percent below what was told is told again at the next time. */
const slack = 10;
/** What people add one by one, they see: of so few they are not told. */
const fewest = 5;

/** What share is to be told of next; the same as before where nothing is new, less where it went far below. */
export function shareToTell({ metric, used, limit, told }: Used): number {
  if (limit === null || limit === 0 || isFew(metric, limit)) return 0;
  const share = shareOf(used, limit);
  return share > told || used * 100 < (told - slack) * limit ? share : told;
}

/** Whether so many more reach a share that is told of. */
export function reachesShare(used: number, count: number, limit: number): boolean {
  return shareOf(used + count, limit) > shareOf(used, limit);
}

function shareOf(used: number, limit: number): number {
  return shares.find((share) => used * 100 >= share * limit) ?? 0;
}

function isFew(metric: UsageMetric, limit: number): boolean {
  return (metric === UsageMetric.SEATS || metric === UsageMetric.CHANNELS) && limit < fewest;
}
