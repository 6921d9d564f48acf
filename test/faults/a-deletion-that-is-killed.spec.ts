import { type TestClient, eventually } from '../support/client.js';
import { countsOfRows, hashesOfRows } from '../isolation/workspace-rows.js';
import { untilNothingIsDue, writtenInbox } from './harness/killed-in-the-middle.js';
import { ownSite } from './harness/own-site.js';
import { page, whatsApp } from './harness/traffic.js';

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

describe('F1, F2, P7: the worker dies in the middle of a deletion, and Redis forgets', () => {
  let leaving: TestClient;
  let staying: TestClient;
  const site = ownSite({}, async (started) => {
    leaving = await writtenInbox(started, 'Leaving', whatsApp, messages);
    staying = await writtenInbox(started, 'Staying', page, 500);
    await untilNothingIsDue(started);
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
