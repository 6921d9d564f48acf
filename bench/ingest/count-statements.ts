import pg from 'pg';
import { startTestApp } from '../../test/support/app.js';
import { createTestDatabase } from '../../test/support/database.js';
import { type StatementCount, StatementCounter } from '../../test/support/statement-counter.js';
import { requestOf } from '../load/webhooks.js';
import { encryptionKeys } from '../machine/machine.js';
import { seedWorkspaces } from './seed-workspaces.js';

/** How many messages wait when the count begins. */
export const waiting = 500;

/**
 * Statements that 500 waiting messages take, from the claim to the last row. Nothing works on deliveries while they come
 * in; then one worker is told to.
 */
export async function countStatements(workspaces: number): Promise<StatementCount> {
  const database = await createTestDatabase();
  const counter = await StatementCounter.start(database.appUrl);
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const ends: (() => Promise<unknown>)[] = [() => owner.end(), () => counter.stop(), () => database.drop()];
  try {
    await seedWorkspaces(owner, { workspaces, customers: Math.max(1, 100 / workspaces) });
    const app = await startTestApp({
      database: { ...database, appUrl: counter.url },
      environment: { ROLE: 'api', ENCRYPTION_KEYS: encryptionKeys },
    });
    ends.unshift(() => app.close());
    const storedBefore = await countOf(owner, 'messages');
    await deliver(app.url, workspaces);
    const stored = await countOf(owner, 'deliveries');
    if (stored !== waiting) throw new Error(`${String(stored)} deliveries wait, not ${String(waiting)}.`);
    const counted = await counter.during(() => app.drainDeliveries());
    const applied = (await countOf(owner, 'messages')) - storedBefore;
    if (applied !== waiting) throw new Error(`${String(applied)} messages were stored, not ${String(waiting)}.`);
    return counted;
  } finally {
    for (const end of ends) await end();
  }
}

async function deliver(url: string, workspaces: number): Promise<void> {
  const lanes = Array.from({ length: 20 }, async (_, lane) => {
    for (let number = lane; number < waiting; number += 20) {
      const message = { number, workspace: number % workspaces, customer: Math.floor(number / workspaces) % 100 };
      const request = requestOf(new URL(url).host, 'count', message).toString();
      const [head = '', body = ''] = request.split('\r\n\r\n');
      const response = await fetch(`${url}/webhooks/meta`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-hub-signature-256': /X-Hub-Signature-256: (\S+)/.exec(head)?.[1] ?? '',
        },
        body,
      });
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`A webhook was answered with ${String(response.status)}.`);
    }
  });
  await Promise.all(lanes);
}

async function countOf(client: pg.Client, table: 'messages' | 'deliveries'): Promise<number> {
  const { rows } = await client.query<{ count: string }>(`select count(*) from ${table}`);
  return Number(rows[0]?.count);
}
