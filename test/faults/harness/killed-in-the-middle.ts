import type pg from 'pg';
import { TestClient, eventually } from '../../support/client.js';
import { drained } from './deliveries-ledger.js';
import { MetaSender } from './meta-sender.js';
import type { Site } from './site.js';
import { type Account, envelope, page, textItem, whatsApp } from './traffic.js';

const connections = {
  whatsapp: `mutation { connectWhatsApp(input: { wabaId: "${whatsApp.parentId ?? ''}", phoneNumberId: "${whatsApp.id}",
    accessToken: "EAASANDBOXSYSTEM770000000000001TOKEN" }) { id } }`,
  messenger: `mutation { connectMessenger(input: { pageId: "${page.id}", pageAccessToken: "EAASANDBOXPAGE900000000000001TOKEN" }) { id } }`,
};

/** Somebody whose account was written to, and whose one message became many; `word` is in each of them. */
export async function writtenInbox(
  site: Site,
  name: string,
  account: Account,
  count: number,
  word = 'message',
): Promise<TestClient> {
  const client = await TestClient.signedUp(site.api.url, name);
  await client.ask(connections[account.channel]);
  const sender = new MetaSender(() => site.api.url, 1);
  await sender.deliver({
    key: name,
    body: envelope(account, [textItem(account, 1, `${name}-0`, `hello ${word}`, Date.now())]),
  });
  sender.close();
  await drained(site, 20_000);
  await site.ask(
    `insert into messages (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, text, external_id, sent_at)
     select workspace_id, gen_random_uuid(), conversation_id, channel_id, direction, author, kind, status, $4 || ' ' || n, $2 || n, sent_at
       from messages, generate_series(1, $3) n where workspace_id = $1`,
    [client.workspaceId, `${name}-`, count - 1, word],
  );
  return client;
}

/** Waits until what follows from the first messages is over: whatever changes from then on is a fault. */
export async function untilNothingIsDue(site: Site): Promise<void> {
  await eventually(
    async () => ((await site.ask('select 1 from due where due_at <= now()')).length === 0 ? true : null),
    20_000,
  );
}

/** Does something while a lock is held, and kills a process once one of its transactions waits for that lock. */
export async function killedAt(
  site: Site,
  lock: (holder: pg.Client) => Promise<unknown>,
  work: () => Promise<unknown>,
  victim: Pick<Site['worker'], 'kill'> = site.worker,
): Promise<void> {
  await site.withClient(async (holder) => {
    await holder.query('begin');
    await lock(holder);
    await work();
    await eventually(async () => {
      const { rows } = await holder.query(
        'select 1 from pg_stat_activity where pg_backend_pid() = any (pg_blocking_pids(pid))',
      );
      return rows.length > 0 ? true : null;
    }, 30_000);
    await victim.kill();
    await holder.query('rollback');
  });
  await site.flushRedis();
  // Its claim ends by itself after 15 s at most; this does not wait for that.
  await site.ask(`update due set leased_until = now() - interval '1 second' where kind = 'deletion'`);
}

/** Holds what every receipt waits for. */
export function holdReceipts(holder: pg.Client): Promise<unknown> {
  return holder.query(`select pg_advisory_xact_lock(hashtextextended('erasure_receipts', 0))`);
}

/** How far an erasure has come. */
interface Erased {
  readonly messages: number;
  readonly done: boolean;
}

/**
 * The end of an erasure that was killed among its rows: it is killed once more before its receipt, then goes on, and has
 * counted each message once.
 */
export async function killedOnceMoreThenDone(
  site: Site,
  erasure: () => Promise<Erased | undefined>,
  messages: number,
): Promise<void> {
  expect(await erasure()).toMatchObject({ done: false });
  expect((await erasure())?.messages).toBeLessThan(messages);
  await killedAt(site, holdReceipts, () => site.worker.start());
  expect(await erasure()).toEqual({ messages, done: false });
  await site.worker.start();
  await eventually(async () => ((await erasure())?.done === true ? true : null), 30_000);
  expect(await erasure()).toEqual({ messages, done: true });
}
