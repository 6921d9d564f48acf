import { eventually } from '../support/client.js';
import { connectedOwner } from './harness/run-deliveries.js';
import { ownSite } from './harness/own-site.js';
import { page, whatsApp } from './harness/traffic.js';

const people = 60;
const arrived = ['SENT', 'DELIVERED', 'READ'];

interface Sent {
  readonly channelId: string;
  readonly status: string;
  readonly count: number;
}

describe('F5: one platform takes connections and never answers', () => {
  const site = ownSite();

  it('the others send meanwhile, and when it answers again what waited is sent', async () => {
    const client = await connectedOwner(site().api.url);
    for (const { channel, id } of [whatsApp, page])
      await site().control('POST', 'burst', {
        channel,
        accounts: [id],
        count: people,
        customers: people,
        concurrency: 4,
      });
    const conversations = await eventually(async () => {
      const rows = await site().ask<{ id: string; kind: string }>(
        `select c.id, h.kind from conversations c join channels h on h.workspace_id = c.workspace_id and h.id = c.channel_id`,
      );
      return rows.length === 2 * people ? rows : null;
    }, 60_000);
    await site().control('POST', 'faults', {
      match: { path: `/${whatsApp.id}/messages$`, method: 'POST' },
      action: { hangBeforeAccept: true },
      times: null,
    });
    const send = ({ id, kind }: { id: string; kind: string }) =>
      client.ask(`mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }`, {
        input: { conversationId: id, text: `to ${kind}`, idempotencyKey: id },
      });
    const down = conversations.filter(({ kind }) => kind === 'WHATSAPP');
    const well = conversations.filter(({ kind }) => kind !== 'WHATSAPP');
    for (const one of down) await send(one);
    for (const one of well) await send(one);
    const status = () =>
      site().ask<Sent & { kind: string }>(
        `select h.kind, m.status, count(*)::int as count from messages m
           join channels h on h.workspace_id = m.workspace_id and h.id = m.channel_id where m.direction = 'OUTBOUND' group by 1, 2`,
      );
    // Counted, not timed: all of the others have left while most of the silent one's still wait.
    const then = await eventually(async () => {
      const rows = await status();
      const left = rows.filter(({ kind, status: said }) => kind === 'MESSENGER' && arrived.includes(said));
      return left.reduce((sum, { count }) => sum + count, 0) === people ? rows : null;
    }, 60_000);
    const waiting = then.filter(
      ({ kind, status: said }) => kind === 'WHATSAPP' && ['QUEUED', 'SENDING'].includes(said),
    );
    expect(waiting.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(people / 2);

    await fetch(`${site().sandbox.url}/_sandbox/faults`, { method: 'DELETE' });
    const end = await eventually(async () => {
      const rows = await status();
      return rows.every(({ status: said }) => !['QUEUED', 'SENDING'].includes(said)) ? rows : null;
    }, 180_000);
    const reached = end.filter(({ kind, status: said }) => kind === 'WHATSAPP' && arrived.includes(said));
    expect(reached.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(people / 2);
    process.stdout.write(`${JSON.stringify({ then, end })}\n`);
  }, 400_000);
});
