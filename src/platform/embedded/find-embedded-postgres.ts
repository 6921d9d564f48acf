import { join, resolve } from 'node:path';
import pg from 'pg';
import { APP_ROLE, DATABASE, OWNER_ROLE } from './postgres-roles.js';
import { readPrivateJson } from './private-file.js';

/** What a data directory says of its Postgres: none was ever made, or where it listens and whether it answers there. */
export async function findEmbeddedPostgres(dataDir: string): Promise<{
  appUrl: string;
  ownerUrl: string;
  isRunning: boolean;
} | null> {
  const access = (await readPrivateJson(join(resolve(dataDir), 'postgres', 'access.json'))) as {
    readonly port: number;
    readonly passwords: { readonly app: string; readonly owner: string };
  } | null;
  if (access === null) return null;
  const { port, passwords } = access;
  const urlOf = (role: string, password: string) =>
    `postgres://${role}:${password}@127.0.0.1:${String(port)}/${DATABASE}`;
  const appUrl = urlOf(APP_ROLE, passwords.app);
  const ownerUrl = urlOf(OWNER_ROLE, passwords.owner);
  return { appUrl, ownerUrl, isRunning: port > 0 && (await answers(appUrl)) };
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
