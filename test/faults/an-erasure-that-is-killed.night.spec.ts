import type pg from 'pg';
import { TestClient, eventually } from '../support/client.js';
import { hashesOfRows } from '../isolation/workspace-rows.js';
import { drained } from './harness/deliveries-ledger.js';
import { MetaSender } from './harness/meta-sender.js';
import { ownSite } from './harness/own-site.js';
import type { Site } from './harness/site.js';
import { type Account, envelope, page, textItem, whatsApp } from './harness/traffic.js';

const connections = {
  whatsapp: `mutation { connectWhatsApp(input: { wabaId: "${whatsApp.parentId ?? ''}", phoneNumberId: "${whatsApp.id}",
    accessToken: "EAASANDBOXSYSTEM770000000000001TOKEN" }) { id } }`,
  messenger: `mutation { connectMessenger(input: { pageId: "${page.id}", pageAccessToken: "EAASANDBOXPAGE900000000000001TOKEN" }) { id } }`,
};

/** More than go with the commit that decides it, and more than two batches beyond. */
const messages = 32_000;
const atOnce = 20_000;
const word = 'zvkqhwlxpbtr';

/** Somebody whose account was written to, and whose one message became many. */
async function inbox(site: Site, name: string, account: Account, count: number): Promise<TestClient> {
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
     select workspace_id, gen_random_uuid(), conversation_id, channel_id, direction, author, kind, status, 'message ${word} ' || n, $2 || n, sent_at
       from messages, generate_series(1, $3) n where workspace_id = $1`,
    [client.workspaceId, `${name}-`, count - 1],
  );
  return client;
}

describe('F1, F2: the worker dies in the middle of an erasure, and Redis forgets', () => {
  let leaving: TestClient;
  let staying: TestClient;
  const site = ownSite({}, async (started) => {
    leaving = await inbox(started, 'Leaving', whatsApp, messages);
    staying = await inbox(started, 'Staying', page, 500);
    await eventually(
      async () => ((await started.ask('select 1 from due where due_at <= now()')).length === 0 ? true : null),
      20_000,
    );
  });

  const erasure = async () => {
    const [row] = await site().ask<{ messages: number; done: boolean }>(
      `select (erased->>'messages')::int as messages, completed_at is not null as done from erasures where workspace_id = $1`,
      [leaving.workspaceId],
    );
    return row;
  };

  /** Does something while a lock is held, and kills the worker once it waits for it. */
  async function killedAt(lock: (holder: pg.Client) => Promise<unknown>, work: () => Promise<unknown>): Promise<void> {
    await site().withClient(async (holder) => {
      await holder.query('begin');
      await lock(holder);
      await work();
      await eventually(async () => {
        const { rows } = await holder.query(
          'select 1 from pg_stat_activity where pg_backend_pid() = any (pg_blocking_pids(pid))',
        );
        return rows.length > 0 ? true : null;
      }, 30_000);
      await site().worker.kill();
      await holder.query('rollback');
    });
    await site().flushRedis();
    // Its claim ends by itself after 15 s at most; this does not wait for that.
    await site().ask(`update due set leased_until = now() - interval '1 second' where kind = 'deletion'`);
  }

  it('what is left is erased once it is back, each row counted once, with one receipt, and nobody else is touched', async () => {
    const hashes = () => site().withClient((client) => hashesOfRows(client, staying.workspaceId ?? ''));
    const before = await hashes();
    const [contact] = await site().ask<{ id: string }>('select id from contacts where workspace_id = $1', [
      leaving.workspaceId,
    ]);
    // Before the last batch is committed: what was told of the conversation is held.
    await killedAt(
      (holder) =>
        holder.query('select from workspace_events where workspace_id = $1 for update', [leaving.workspaceId]),
      async () => {
        await leaving.ask('mutation ($id: ID!) { eraseContact(contactId: $id) { id } }', { id: contact?.id });
        expect((await erasure())?.messages).toBeGreaterThanOrEqual(atOnce);
      },
    );
    expect(await erasure()).toMatchObject({ done: false });
    expect((await erasure())?.messages).toBeLessThan(messages);
    // And once more where all is gone but the receipt was not given.
    await killedAt(
      (holder) => holder.query(`select pg_advisory_xact_lock(hashtextextended('erasure_receipts', 0))`),
      () => site().worker.start(),
    );
    expect(await erasure()).toEqual({ messages, done: false });
    await site().worker.start();
    await eventually(async () => ((await erasure())?.done === true ? true : null), 30_000);
    expect(await erasure()).toEqual({ messages, done: true });
    expect(await site().ask('select 1 from erasure_receipts')).toHaveLength(1);
    expect(await site().ask('select 1 from messages where workspace_id = $1', [leaving.workspaceId])).toEqual([]);
    expect(await hashes()).toEqual(before);
  }, 120_000);
});
