import { TestClient, eventually } from '../support/client.js';
import { countsOfRows, hashesOfRows } from '../isolation/workspace-rows.js';
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

/** More than two batches of them, so that the second is neither the first nor the last. */
const messages = 12_000;
const held = 7_000;

interface Asked {
  readonly deleteWorkspace: { readonly id: string; readonly statusUrl: string };
}
interface Progress {
  readonly messages: number | null;
  readonly done: boolean;
}

/** Somebody whose account was written to, and whose one message became many. */
async function inbox(site: Site, name: string, account: Account, count: number): Promise<TestClient> {
  const client = await TestClient.signedUp(site.api.url, name);
  await client.ask(connections[account.channel]);
  const sender = new MetaSender(() => site.api.url, 1);
  await sender.deliver({
    key: name,
    body: envelope(account, [textItem(account, 1, `${name}-0`, 'hello', Date.now())]),
  });
  sender.close();
  await drained(site, 20_000);
  await site.ask(
    `insert into messages (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, text, external_id, sent_at)
     select workspace_id, gen_random_uuid(), conversation_id, channel_id, direction, author, kind, status, 'message ' || n, $2 || n, sent_at
       from messages, generate_series(1, $3) n where workspace_id = $1`,
    [client.workspaceId, `${name}-`, count - 1],
  );
  return client;
}

describe('F1, F2, P7: the worker dies in the middle of a deletion, and Redis forgets', () => {
  let leaving: TestClient;
  let staying: TestClient;
  const site = ownSite({}, async (started) => {
    leaving = await inbox(started, 'Leaving', whatsApp, messages);
    staying = await inbox(started, 'Staying', page, 500);
    // What follows from the first messages (profiles) is over: whatever changes from now on is a fault.
    await eventually(
      async () => ((await started.ask('select 1 from due where due_at <= now()')).length === 0 ? true : null),
      20_000,
    );
  });

  const progress = async (id: string): Promise<Progress> => {
    const [row] = await site().ask<Progress>(
      `select (erased->>'messages')::int as messages, completed_at is not null as done from workspace_deletions where id = $1`,
      [id],
    );
    if (row === undefined) throw new Error('The record of the deletion is gone.');
    return row;
  };
  const status = async ({ statusUrl }: Asked['deleteWorkspace']) => {
    const { pathname } = new URL(statusUrl);
    const response = await fetch(`${site().api.url}${pathname}`, { headers: { accept: 'application/json' } });
    return ((await response.json()) as { status: string }).status;
  };

  /** Deletes the workspace, and kills the worker while it waits for a row of the second batch. */
  async function deleteAndKill(): Promise<Asked['deleteWorkspace']> {
    return site().withClient(async (holder) => {
      await holder.query('begin');
      await holder.query(
        `select from messages where workspace_id = $1 and id = (
           select id from messages where workspace_id = $1 order by id offset $2 limit 1) for update`,
        [leaving.workspaceId, held],
      );
      const { deleteWorkspace } = await leaving.ask<Asked>(
        `mutation { deleteWorkspace(confirmName: "Leaving's shop") { id statusUrl } }`,
      );
      await eventually(async () => {
        const { rows } = await holder.query(
          'select 1 from pg_stat_activity where pg_backend_pid() = any (pg_blocking_pids(pid))',
        );
        return rows.length > 0 ? true : null;
      }, 15_000);
      // What was done is kept before the end, and what is not done is not said.
      expect(await progress(deleteWorkspace.id)).toEqual({ messages: 5_000, done: false });
      await site().worker.kill();
      await holder.query('rollback');
      return deleteWorkspace;
    });
  }

  it('what is left is erased once it is back, each row counted once, and nobody else is touched', async () => {
    const { workspaceId } = leaving;
    const rows = (of: TestClient) => site().withClient((client) => countsOfRows(client, of.workspaceId ?? ''));
    const hashes = () => site().withClient((client) => hashesOfRows(client, staying.workspaceId ?? ''));
    expect(await rows(leaving)).toMatchObject({ messages, channels: 1, conversations: 1 });
    expect(await rows(staying)).toMatchObject({ messages: 500, channels: 1, conversations: 1 });
    const before = await hashes();

    const deletion = await deleteAndKill();
    expect((await rows(leaving))['messages']).toBe(messages - 5_000);
    expect(await progress(deletion.id)).toEqual({ messages: 5_000, done: false });
    expect(await status(deletion)).toBe('IN_PROGRESS');
    expect(await leaving.refusal('{ conversations { nodes { id } } }')).toBe('NOT_FOUND');
    await site().flushRedis();

    // Its claim ends by itself after 15 s at most; this does not wait for that.
    const jobs = await site().ask<{ seconds: number }>(
      `update due d set leased_until = now() - interval '1 second' from due o
        where d.kind = 'delete-workspace' and d.workspace_id = $1 and d.set_aside_at is null
          and (o.kind, o.workspace_id, o.row_id) = (d.kind, d.workspace_id, d.row_id)
        returning extract(epoch from o.leased_until - now())::float8 as seconds`,
      [workspaceId],
    );
    expect(jobs).toHaveLength(1);
    expect(jobs[0]?.seconds).toBeLessThanOrEqual(15);
    await site().worker.start();

    await eventually(async () => ((await progress(deletion.id)).done ? true : null), 20_000);
    expect(await rows(leaving)).toEqual({});
    expect(await progress(deletion.id)).toEqual({ messages, done: true });
    expect(await status(deletion)).toBe('COMPLETED');
    expect(await hashes()).toEqual(before);
    // The job's own row went with it: nothing begins again.
    expect(await site().ask(`select 1 from due where kind = 'delete-workspace'`)).toEqual([]);
  }, 60_000);
});
