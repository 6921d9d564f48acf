import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

/** What became of the files of Redis: without what is gone; not ours to write; or not done, in words. */
type RedisFiles = { readonly outcome: 'done' } | { readonly outcome: 'elsewhere' | 'left'; readonly why: string };

const pollMilliseconds = 100;
const patienceSeconds = 300;

/**
 * Has Redis write its files anew from what it holds now: the log of commands names all that ever came, a snapshot all that was
 * there when it was made.
 */
export async function rewriteRedisFiles(url: string): Promise<RedisFiles> {
  const redis = new Redis(url, {
    connectionName: 'parley-maintenance',
    lazyConnect: true,
    connectTimeout: 5_000,
    commandTimeout: 10_000,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.ping();
    if ((await stateOf(redis)).get('aof_enabled') === '1') await rewriteLog(redis);
    if (await keepsSnapshots(redis)) await writeSnapshot(redis);
    return { outcome: 'done' };
  } catch (error) {
    const { message } = error as Error;
    if (/NOPERM|unknown command|not allowed/i.test(message))
      return { outcome: 'elsewhere', why: 'Redis does not let us write its files: whoever runs it has to.' };
    return { outcome: 'left', why: `Redis did not write its files anew (${message}).` };
  } finally {
    redis.disconnect();
  }
}

async function rewriteLog(redis: Redis): Promise<void> {
  await until(redis, (state) => state.get('aof_rewrite_in_progress') === '0' && isIdle(state));
  const before = (await stateOf(redis)).get('aof_rewrites');
  await redis.bgrewriteaof();
  const after = await until(
    redis,
    (state) =>
      state.get('aof_rewrite_in_progress') === '0' &&
      state.get('aof_rewrite_scheduled') === '0' &&
      // Older ones do not count them.
      (before === undefined || state.get('aof_rewrites') !== before),
  );
  if (after.get('aof_last_bgrewrite_status') !== 'ok') throw new Error('the log of commands could not be rewritten');
}

async function writeSnapshot(redis: Redis): Promise<void> {
  await until(redis, isIdle);
  const before = await redis.lastsave();
  // Its time is in whole seconds: one that is made in the same second would look like the one before.
  await sleep(1_100);
  await redis.bgsave();
  const after = await until(redis, (state) => isIdle(state) && state.get('rdb_last_save_time') !== String(before));
  if (after.get('rdb_last_bgsave_status') !== 'ok') throw new Error('the snapshot could not be written');
}

async function keepsSnapshots(redis: Redis): Promise<boolean> {
  const [, times] = (await redis.config('GET', 'save')) as string[];
  return times !== undefined && times !== '';
}

function isIdle(state: ReadonlyMap<string, string>): boolean {
  return state.get('rdb_bgsave_in_progress') === '0';
}

async function until(
  redis: Redis,
  holds: (state: ReadonlyMap<string, string>) => boolean,
): Promise<ReadonlyMap<string, string>> {
  const end = performance.now() + 1_000 * patienceSeconds;
  for (;;) {
    const state = await stateOf(redis);
    if (holds(state)) return state;
    if (performance.now() > end) throw new Error(`not within ${String(patienceSeconds)} s`);
    await sleep(pollMilliseconds);
  }
}

async function stateOf(redis: Redis): Promise<ReadonlyMap<string, string>> {
  const text = await redis.info('persistence');
  return new Map([...text.matchAll(/^([a-z_]+):(.*?)\r?$/gm)].map(([, key = '', value = '']) => [key, value]));
}
