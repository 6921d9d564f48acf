import type { TestClient } from '../support/client.js';
import { hashesOfRows } from '../isolation/workspace-rows.js';
import {
  holdReceipts,
  killedAt,
  killedOnceMoreThenDone,
  untilNothingIsDue,
  writtenInbox,
} from './harness/killed-in-the-middle.js';
import { ownSite } from './harness/own-site.js';
import { page, whatsApp } from './harness/traffic.js';

/** More than two steps of it. */
const messages = 12_000;

describe('F1, F2: a process dies in the middle, and Redis forgets', () => {
  let leaving: TestClient;
  let staying: TestClient;
  const site = ownSite({}, async (started) => {
    leaving = await writtenInbox(started, 'Leaving', whatsApp, messages);
    staying = await writtenInbox(started, 'Staying', page, 500);
    await untilNothingIsDue(started);
  });
  const hashes = () => site().withClient((client) => hashesOfRows(client, staying.workspaceId ?? ''));

  const erasure = async () => {
    const [row] = await site().ask<{ messages: number; done: boolean }>(
      `select (erased->>'messages')::int as messages, completed_at is not null as done from erasures
        where workspace_id = $1 and scope = 'CHANNEL'`,
      [leaving.workspaceId],
    );
    return row;
  };

  it('S5: the history of a channel goes on from the rows, each counted once, with one receipt, and nobody else is touched', async () => {
    const before = await hashes();
    const [channel] = await site().ask<{ id: string }>('select id from channels where workspace_id = $1', [
      leaving.workspaceId,
    ]);
    await killedAt(
      site(),
      // Behind the first step, of which the last message is none.
      (holder) =>
        holder.query(
          `select from messages where workspace_id = $1 and id = (
             select id from messages where workspace_id = $1 order by ctid desc limit 1) for update`,
          [leaving.workspaceId],
        ),
      () =>
        leaving.ask('mutation ($id: ID!) { disconnectChannel(id: $id, deleteHistory: true) { status } }', {
          id: channel?.id,
        }),
    );
    await killedOnceMoreThenDone(site(), erasure, messages);
    expect(await site().ask(`select 1 from erasure_receipts where scope = 'CHANNEL'`)).toHaveLength(1);
    for (const table of ['messages', 'conversations', 'contacts', 'contact_identities'])
      expect([
        table,
        await site().ask(`select 1 from ${table} where workspace_id = $1`, [leaving.workspaceId]),
      ]).toEqual([table, []]);
    expect(await hashes()).toEqual(before);
  }, 120_000);

  it('an account that is not gone with its receipt is there, and goes when that is asked again', async () => {
    const deletion = 'mutation { deleteAccount(password: "a long enough password", deleteOwnedWorkspaces: true) }';
    const users = () => site().ask('select 1 from users where name = $1', ['Leaving']);
    let asked: Promise<unknown> = Promise.resolve();
    await killedAt(
      site(),
      holdReceipts,
      () => {
        asked = leaving.post(deletion).catch(() => null);
        return Promise.resolve();
      },
      site().api,
    );
    await asked;
    expect(await users()).toHaveLength(1);
    await site().api.start();
    // Their own workspace, which the client still names, went before the login did.
    expect(leaving.workspaceId).not.toBeNull();
    const again = await leaving.post(deletion);
    expect(again.errors).toBeUndefined();
    expect(again.data).toEqual({ deleteAccount: true });
    expect(await users()).toEqual([]);
    expect(await site().ask(`select 1 from erasure_receipts where scope = 'USER'`)).toHaveLength(1);
  }, 60_000);
});
