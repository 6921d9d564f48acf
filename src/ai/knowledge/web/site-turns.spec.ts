import { type TestDatabase, createTestDatabase } from '../../../../test/support/database.js';
import { Config, loadEnvironment } from '../../../platform/config/index.js';
import { RedisConnections } from '../../../platform/queue/index.js';
import { SharedTurns } from './shared-turns.js';
import { SiteTurns } from './site-turns.js';

let database: TestDatabase;
const opened: RedisConnections[] = [];
beforeAll(async () => void (database = await createTestDatabase()));
afterAll(async () => {
  for (const redis of opened) redis.onApplicationShutdown();
  await database.drop();
});

/** A process of its own, as far as turns know. */
function connections(redisUrl: string | null = database.redisUrl): RedisConnections {
  const { environment, secrets } = loadEnvironment({ NODE_ENV: 'test' });
  const redis = new RedisConnections(new Config(environment, secrets, database.appUrl, redisUrl));
  opened.push(redis);
  return redis;
}
const oneProcess = (redisUrl?: string | null) => new SiteTurns(new SharedTurns(connections(redisUrl)));
const forever = new AbortController().signal;
const moment = () => new Promise((resolve) => setTimeout(resolve, 30));

describe('turns of a site', () => {
  it('two processes ask a host one request at a time, with a pause between; another host is asked meanwhile', async () => {
    const [one, other] = [oneProcess(), oneProcess()];
    const log: { at: number; what: string }[] = [];
    let [inside, most, elsewhere] = [0, 0, 0];
    const work = async () => {
      most = Math.max(most, (inside += 1));
      log.push({ at: performance.now(), what: 'begins' });
      if (elsewhere === 0) await other.take('other.example', 0, forever, () => Promise.resolve((elsewhere = inside)));
      await moment();
      log.push({ at: performance.now(), what: 'ends' });
      inside -= 1;
    };
    await Promise.all([one, other, one, other].map((process) => process.take('shop.example', 0, forever, work)));
    expect({ most, elsewhere }).toEqual({ most: 1, elsewhere: 1 });
    expect(log.map(({ what }) => what)).toEqual(Array.from({ length: 4 }, () => ['begins', 'ends']).flat());
    const pauses = log.flatMap(({ at, what }, index) =>
      what === 'begins' && index > 0 ? [at - (log[index - 1]?.at ?? 0)] : [],
    );
    // What a pause is at the least: that is no matter of how fast a machine is.
    for (const pause of pauses) expect(pause).toBeGreaterThanOrEqual(140);
  });

  it('the turn of a process that died is over by itself', async () => {
    const redis = connections();
    const dead = await new SharedTurns(redis).take('dead.example', forever);
    expect(dead).not.toBeNull();
    const client = redis.connect('look', { blocking: true });
    const [key = ''] = await client
      .keys('parley:site:*')
      .then((keys) => keys.filter((one) => /^parley:site:[0-9a-f]{64}$/.test(one)));
    const left = await client.pttl(key);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(20_000);
    await client.pexpire(key, 1);
    expect(await oneProcess().take('dead.example', 0, forever, () => Promise.resolve('read'))).toBe('read');
    // It comes back, and has no say any more.
    const mine = await new SharedTurns(connections()).take('dead.example', forever);
    await dead?.end(60_000);
    expect(await client.pttl(key)).toBeLessThanOrEqual(20_000);
    await mine?.end(1);
  });

  it('whoever waits and is stopped waits no more, and holds up nobody', async () => {
    const process = oneProcess();
    const held = await new SharedTurns(connections()).take('busy.example', forever);
    const stop = new AbortController();
    const waiting = process.take('busy.example', 0, stop.signal, () => Promise.resolve('never'));
    const refused = expect(waiting).rejects.toThrow();
    await moment();
    stop.abort();
    await refused;
    await held?.end(1);
    expect(await process.take('busy.example', 0, forever, () => Promise.resolve('read'))).toBe('read');
  });

  it.each([null, 'redis://127.0.0.1:1'])('without Redis (%s) each process goes by its own', async (redisUrl) => {
    const process = oneProcess(redisUrl);
    let [inside, most] = [0, 0];
    const work = async () => {
      most = Math.max(most, (inside += 1));
      await moment();
      inside -= 1;
    };
    await Promise.all([1, 2, 3].map(() => process.take('shop.example', 0, forever, work)));
    expect(most).toBe(1);
  });

  it('a reading that fails leaves its turn to the next', async () => {
    const process = oneProcess();
    await expect(process.take('bad.example', 0, forever, () => Promise.reject(new Error('cut')))).rejects.toThrow(
      'cut',
    );
    expect(await process.take('bad.example', 0, forever, () => Promise.resolve('read'))).toBe('read');
  });
});
