import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { makeDataDirectory, PROGRAMS, startServerProcess } from '../../../test/support/server-process.js';
import { startEmbeddedRedis, type EmbeddedRedis } from './index.js';

const log = (): void => undefined;

async function start(dataDir: string): Promise<EmbeddedRedis> {
  const redis = await startEmbeddedRedis({ dataDir, programDir: PROGRAMS, log });
  if (redis === null) throw new Error('No Redis here, and none could be fetched.');
  return redis;
}

async function withClient<T>(url: string, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url, { maxRetriesPerRequest: 1 });
  client.on('error', () => undefined);
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
}

async function serverPid(url: string): Promise<number> {
  const info = await withClient(url, (client) => client.info('server'));
  return Number(/process_id:(\d+)/.exec(info)?.[1]);
}

describe('startEmbeddedRedis', () => {
  let dataDir: string;
  let redis: EmbeddedRedis;

  beforeAll(async () => {
    dataDir = await makeDataDirectory();
    redis = await start(dataDir);
  });

  afterAll(() => redis.stop());

  it('appends to disk, evicts nothing, and is closed to others', async () => {
    const settings = await withClient(redis.url, (client) =>
      client.config('GET', 'appendonly', 'maxmemory-policy', 'bind'),
    );
    expect(settings).toEqual(
      expect.arrayContaining(['appendonly', 'yes', 'maxmemory-policy', 'noeviction', '127.0.0.1']),
    );
    const stranger = redis.url.replace(/:[^:@/]+@/, '');
    await expect(withClient(stranger, (client) => client.get('key'))).rejects.toThrow('NOAUTH');
    expect((await stat(join(dataDir, 'redis/data/redis.conf'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(dataDir, 'redis/access.json'))).mode & 0o777).toBe(0o600);
  });

  it('comes back on the same port, with its data, when its process is killed', async () => {
    await withClient(redis.url, (client) => client.set('kept', 'value'));
    await sleep(1_100); // everysec
    process.kill(await serverPid(redis.url), 'SIGKILL');
    const value = await withClient(redis.url, async (client) => {
      for (let attempt = 0; attempt < 100; attempt += 1) {
        const found = await client.get('kept').catch(() => null);
        if (found !== null) return found;
        await sleep(100);
      }
      return null;
    });
    expect(value).toBe('value');
  });

  it('keeps data, password and port over a restart', async () => {
    await withClient(redis.url, (client) => client.set('kept', 'longer'));
    const { url } = redis;
    await redis.stop();
    redis = await start(dataDir);
    expect(redis).toMatchObject({ url, adopted: false });
    expect(await withClient(url, (client) => client.get('kept'))).toBe('longer');
  });

  it('goes on with a server whose parent was killed', async () => {
    const other = await makeDataDirectory();
    const parent = await startServerProcess(other, 'redis');
    await parent.kill();
    const url = String(parent.report['url']);
    const pid = await serverPid(url);
    const adopted = await start(other);
    expect(adopted).toMatchObject({ url, adopted: true });
    expect(await serverPid(url)).toBe(pid);
    await adopted.stop();
    await expect(withClient(url, (client) => client.ping())).rejects.toThrow();
  });

  it('says how to add one, in a command for each system, when there is none', async () => {
    const lines: string[] = [];
    const none = await startEmbeddedRedis({ dataDir: await makeDataDirectory(), log: (line) => lines.push(line) }, () =>
      Promise.resolve(null),
    );
    expect(none).toBeNull();
    expect(lines).toEqual([expect.stringMatching(/sudo apt-get install redis-server[^]*brew install redis/)]);
  });
});
