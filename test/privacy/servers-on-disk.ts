import path from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { migrateDatabase, roleOf } from '../../src/platform/database/index.js';
import {
  type EmbeddedPostgres,
  type EmbeddedRedis,
  startEmbeddedPostgres,
  startEmbeddedRedis,
} from '../../src/platform/embedded/index.js';
import { PROGRAMS, makeDataDirectory } from '../support/server-process.js';
import type { TestDatabase } from '../support/database.js';
import { rawFiles } from './raw-files.js';
import { type Place, residue } from './residue.js';

/** A Postgres and a Redis of their own, as a deployment brings them along, whose files are looked into. */
export class ServersOnDisk {
  private constructor(
    private readonly folder: string,
    private postgres: EmbeddedPostgres,
    private redis: EmbeddedRedis,
  ) {}

  static async start(): Promise<ServersOnDisk> {
    const folder = await makeDataDirectory();
    const [postgres, redis] = [await startPostgres(folder), await startRedis(folder)];
    await migrateDatabase({ ownerUrl: postgres.ownerUrl, appRole: roleOf(postgres.appUrl), log: () => undefined });
    return new ServersOnDisk(folder, postgres, redis);
  }

  get database(): TestDatabase {
    const { ownerUrl, appUrl } = this.postgres;
    return { ownerUrl, appUrl, redisUrl: this.redis.url, drop: () => Promise.resolve() };
  }

  async stop(): Promise<void> {
    await Promise.all([this.postgres.stop(), this.redis.stop()]);
  }

  async startAgain(): Promise<void> {
    this.postgres = await startPostgres(this.folder);
    this.redis = await startRedis(this.folder);
  }

  /** One statement as the superuser. */
  async ask<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const url = new URL(this.postgres.adminUrl);
    url.pathname = new URL(this.postgres.ownerUrl).pathname;
    const client = new pg.Client({ connectionString: url.href });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Row>(text, [...values])).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** Something that came to Redis and went. */
  async passRedis(word: string): Promise<void> {
    const redis = new Redis(this.redis.url, { maxRetriesPerRequest: 3 });
    await redis.set('passing', word);
    await redis.del('passing');
    redis.disconnect();
  }

  /** Where on disk any of the words is. */
  async find(words: readonly string[]): Promise<string[]> {
    return residue(await this.places(), words).map((line) => line.replace(/: .*$/s, ''));
  }

  places(): Promise<Place[]> {
    return rawFiles(path.join(this.folder));
  }
}

function startPostgres(dataDir: string): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDir, log: () => undefined });
}

async function startRedis(dataDir: string): Promise<EmbeddedRedis> {
  const redis = await startEmbeddedRedis({ dataDir, programDir: PROGRAMS, log: () => undefined });
  if (redis === null) throw new Error('The tests need Redis.');
  return redis;
}
