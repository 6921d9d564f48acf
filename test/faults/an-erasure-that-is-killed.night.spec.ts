import type { TestClient } from '../support/client.js';
import { hashesOfRows } from '../isolation/workspace-rows.js';
import { killedAt, killedOnceMoreThenDone, untilNothingIsDue, writtenInbox } from './harness/killed-in-the-middle.js';
import { ownSite } from './harness/own-site.js';
import { page, whatsApp } from './harness/traffic.js';

/** More than go with the commit that decides it, and more than two batches beyond. */
const messages = 32_000;
const atOnce = 20_000;
const word = 'zvkqhwlxpbtr';

describe('F1, F2: the worker dies in the middle of an erasure, and Redis forgets', () => {
  let leaving: TestClient;
  let staying: TestClient;
  const site = ownSite({}, async (started) => {
    leaving = await writtenInbox(started, 'Leaving', whatsApp, messages, word);
    staying = await writtenInbox(started, 'Staying', page, 500);
    await untilNothingIsDue(started);
  });

  const erasure = async () => {
    const [row] = await site().ask<{ messages: number; done: boolean }>(
      `select (erased->>'messages')::int as messages, completed_at is not null as done from erasures where workspace_id = $1`,
      [leaving.workspaceId],
    );
    return row;
  };

  it('what is left is erased once it is back, each row counted once, with one receipt, and nobody else is touched', async () => {
    const hashes = () => site().withClient((client) => hashesOfRows(client, staying.workspaceId ?? ''));
    const before = await hashes();
    const [contact] = await site().ask<{ id: string }>('select id from contacts where workspace_id = $1', [
      leaving.workspaceId,
    ]);
    // Before the last batch is committed: what was told of the conversation is held.
    await killedAt(
      site(),
      (holder) =>
        holder.query('select from workspace_events where workspace_id = $1 for update', [leaving.workspaceId]),
      async () => {
        await leaving.ask('mutation ($id: ID!) { eraseContact(contactId: $id) { id } }', { id: contact?.id });
        expect((await erasure())?.messages).toBeGreaterThanOrEqual(atOnce);
      },
    );
    await killedOnceMoreThenDone(site(), erasure, messages);
    expect(await site().ask('select 1 from erasure_receipts')).toHaveLength(1);
    expect(await site().ask('select 1 from messages where workspace_id = $1', [leaving.workspaceId])).toEqual([]);
    expect(await hashes()).toEqual(before);
  }, 120_000);
});
