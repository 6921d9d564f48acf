import { join, resolve } from 'node:path';
import { readPrivateJson } from './private-file.js';

/** Where a data directory says that its Redis listens, whether or not it runs; null where none was ever started. */
export async function findEmbeddedRedis(dataDir: string): Promise<string | null> {
  const access = (await readPrivateJson(join(resolve(dataDir), 'redis', 'access.json'))) as {
    readonly port: number;
    readonly password: string;
  } | null;
  if (access === null || access.port === 0) return null;
  return `redis://:${access.password}@127.0.0.1:${String(access.port)}`;
}
