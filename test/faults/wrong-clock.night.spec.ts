import { TestClient, eventually } from '../support/client.js';
import { MetaSender } from './harness/meta-sender.js';
import { connectedOwner } from './harness/run-deliveries.js';
import { openConversations } from './harness/run-sends.js';
import { ownSite } from './harness/own-site.js';
import { envelope, page, textItem } from './harness/traffic.js';

const hour = 3_600_000;
const preload = new URL('./harness/shift-clock.mjs', import.meta.url).pathname;

/** Leases, waits, limits and expiry go by the database's clock. */
describe.each([
  ['an hour ahead', hour],
  ['an hour behind', -hour],
])('F10: processes whose clock is %s', (_, shift) => {
  let owner: TestClient;
  let conversationId: string;

  const site = ownSite(
    {
      preload: { api: preload, worker: preload },
      environment: { CLOCK_SHIFT_MS: String(shift) },
    },
    async (started) => {
      owner = await connectedOwner(started.api.url);
      [conversationId = ''] = await openConversations(started, owner, 1);
    },
  );

  it('receive and answer at once, wait as long as a platform asks, and give leases back', async () => {
    await site().control('POST', 'faults', {
      match: { path: '/messages$', method: 'POST' },
      action: { status: 429, retryAfter: 6, error: { code: 130429 } },
      times: 1,
    });
    const asked = Date.now();
    const { sendMessage } = await owner.ask<{ sendMessage: { id: string } }>(
      `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }`,
      { input: { conversationId, text: 'on time', idempotencyKey: 'clock' } },
    );
    const sent = await eventually(async () => {
      const { entries } = await site().control<{ entries: { callbackData: string }[] }>('GET', 'ledger?kind=sends');
      return entries.some(({ callbackData }) => callbackData === sendMessage.id) ? Date.now() - asked : null;
    }, 60_000);
    expect(sent).toBeGreaterThanOrEqual(5_500);

    // A worker that dies leaves its lease, which ends by the database's clock.
    const sender = new MetaSender(() => site().api.url, 4);
    const calls = Array.from({ length: 200 }, (_entry, index) => ({
      key: `clock ${String(index)}`,
      body: envelope(page, [textItem(page, index % 5, `m_clock-${String(index)}`, 'hello', Date.now())]),
    }));
    await sender.deliverAll(calls.slice(0, 100), 4);
    await site().worker.kill();
    await sender.deliverAll(calls.slice(100), 4);
    await site().worker.start();
    sender.close();
    await eventually(async () => {
      const [row] = await site().ask<{ stored: number }>(
        `select count(*)::int as stored from messages where external_id like 'm_clock-%'`,
      );
      return row?.stored === 200 ? true : null;
    }, 60_000);
  }, 240_000);

  it('end sessions, and let replies leave, by the database', async () => {
    const client = await TestClient.signedUp(site().api.url);
    const apart = async (minutes: number) => {
      await site().ask(`update sessions set expires_at = now() + make_interval(mins => $1)`, [minutes]);
      return client.post('{ conversations(first: 1) { nodes { id } } }');
    };
    expect((await apart(30)).errors).toBeUndefined();
    expect((await apart(-30)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    await apart(30);

    const replied = async (minutes: number) => {
      await site().ask(`update conversations set last_inbound_at = now() - make_interval(mins => $1)`, [minutes]);
      const { errors } = await owner.post(
        `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }`,
        { input: { conversationId, text: 'in time', idempotencyKey: `window ${String(minutes)}` } },
      );
      // What agents are shown is what holds.
      const { conversation } = await owner.ask<{ conversation: { messagingWindow: { open: boolean } } }>(
        'query ($id: ID!) { conversation(id: $id) { messagingWindow { open } } }',
        { id: conversationId },
      );
      return [conversation.messagingWindow.open, errors?.[0]?.extensions.code ?? 'queued'];
    };
    expect(await replied(23 * 60 + 30)).toEqual([true, 'queued']);
    expect(await replied(24 * 60 + 30)).toEqual([false, 'MESSAGING_WINDOW_CLOSED']);
  });

  it('know how long ago a password was given', async () => {
    const client = await TestClient.signedUp(site().api.url);
    const given = async (minutes: number) => {
      await site().ask(`update sessions set authenticated_at = now() - make_interval(mins => $1)`, [minutes]);
      const { errors } = await client.post(
        'mutation ($name: String!) { createApiToken(name: $name, role: VIEWER) { secret } }',
        { name: `after ${String(minutes)} minutes` },
      );
      return errors?.[0]?.extensions.code ?? 'made';
    };
    expect([await given(10), await given(20)]).toEqual(['made', 'REAUTHENTICATION_REQUIRED']);
  });
});
