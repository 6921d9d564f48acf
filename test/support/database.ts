import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import pg from 'pg';
import { APP_ROLE, OWNER_ROLE, TEMPLATE, withDatabase } from './database-names.js';

export interface TestDatabase {
  /** The owner, who migrates and is bound by row security. */
  readonly ownerUrl: string;
  /** The application's role. */
  readonly appUrl: string;
  /** A numbered Redis database of its own. Redis channels (publish, subscribe) are one for all numbers. */
  readonly redisUrl: string;
  /** Removes both; connections that are still open are cut. */
  drop(): Promise<void>;
}

function variable(name: string): string {
  const value = process.env[`PARLEY_TEST_${name}`];
  if (!value) throw new Error(`PARLEY_TEST_${name} is not set: Jest's global set-up has not run.`);
  return value;
}

/** Does something as the superuser of the tests' server. */
export async function asAdmin<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: variable('ADMIN_URL') });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function withRedis<T>(url: string, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url, { maxRetriesPerRequest: 3 });
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
}

// Number 0 only counts how many were given out.
const REDIS_NUMBERS = 1023;

/** A migrated, empty database and an empty Redis of the caller's own; some 50 ms. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(async (client) => {
    const strategy = variable('COPY');
    await client.query(`create database ${name} template ${TEMPLATE} strategy ${strategy} owner ${OWNER_ROLE}`);
    await client.query(`revoke all on database ${name} from public`);
    await client.query(`grant connect on database ${name} to ${APP_ROLE}`);
  });
  const redis = variable('REDIS_URL');
  const given = await withRedis(redis, (client) => client.incr('given-out'));
  const redisUrl = `${redis}/${((given - 1) % REDIS_NUMBERS) + 1}`;
  await withRedis(redisUrl, (client) => client.flushdb());
  return {
    ownerUrl: withDatabase(variable('OWNER_URL'), name),
    appUrl: withDatabase(variable('APP_URL'), name),
    redisUrl,
    drop: async () => {
      await withRedis(redisUrl, (client) => client.flushdb());
      await asAdmin((client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}
