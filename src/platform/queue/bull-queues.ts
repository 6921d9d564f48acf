import Bull from 'bull';
import type { Hint } from './fair-waiting.js';
import type { RedisConnections } from './redis.js';

/** A queue to add to, whose calls fail fast; or one to take from, whose calls wait until Redis is there again. */
export function openQueue(redis: RedisConnections, kind: string, takes: boolean): Bull.Queue<Hint> {
  const queue = new Bull<Hint>(kind, {
    prefix: 'parley',
    createClient: (type) => redis.connect(`bull-${type}`, { blocking: takes || type !== 'client' }),
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true, attempts: 1 },
  });
  queue.on('error', () => undefined);
  return queue;
}

/** Waits for all of it, but not longer than that: Redis may be away. */
export async function within(milliseconds: number, work: readonly Promise<unknown>[]): Promise<void> {
  const late = new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
  await Promise.race([Promise.allSettled(work), late]);
}
