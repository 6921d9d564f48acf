import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../support/client.js';
import { MetaSender } from './harness/meta-sender.js';
import { connectedOwner } from './harness/run-deliveries.js';
import { openConversations } from './harness/run-sends.js';
import { Site } from './harness/site.js';
import { envelope, page, textItem } from './harness/traffic.js';

const hour = 3_600_000;
const preload = new URL('./harness/shift-clock.mjs', import.meta.url).pathname;

/** Leases, waits, limits and expiry go by the database's clock. */
describe.each([
  ['an hour ahead', hour],
  ['an hour behind', -hour],
])('F10: processes whose clock is %s', (_, shift) => {
  let site: Site;

  beforeAll(async () => {
    site = await Site.start({
      preload: { api: preload, worker: preload },
      environment: { CLOCK_SHIFT_MS: String(shift) },
    });
  }, 120_000);
  afterAll(async () => {
    // It may be missing where the set-up failed.
    await (site as Site | undefined)?.stop();
  });

  it('receive and answer at once, wait as long as a platform asks, and give leases back', async () => {
    const client = await connectedOwner(site.api.url);
    const [conversationId] = await openConversations(site, client, 1);
    await site.control('POST', 'faults', {
      match: { path: '/messages$', method: 'POST' },
      action: { status: 429, retryAfter: 6, error: { code: 130429 } },
      times: 1,
    });
    const asked = Date.now();
    const { sendMessage } = await client.ask<{ sendMessage: { id: string } }>(
      `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }`,
      { input: { conversationId, text: 'on time', idempotencyKey: 'clock' } },
    );
    const sent = await eventually(async () => {
      const { entries } = await site.control<{ entries: { callbackData: string }[] }>('GET', 'ledger?kind=sends');
      return entries.some(({ callbackData }) => callbackData === sendMessage.id) ? Date.now() - asked : null;
    }, 60_000);
    expect(sent).toBeGreaterThanOrEqual(5_500);

    // A worker that dies leaves its lease, which ends by the database's clock.
    const sender = new MetaSender(() => site.api.url, 4);
    const calls = Array.from({ length: 200 }, (_entry, index) => ({
      key: `clock ${String(index)}`,
      body: envelope(page, [textItem(page, index % 5, `m_clock-${String(index)}`, 'hello', Date.now())]),
    }));
    await sender.deliverAll(calls.slice(0, 100), 4);
    await site.worker.kill();
    await sender.deliverAll(calls.slice(100), 4);
    await site.worker.start();
    sender.close();
    await eventually(async () => {
      const [row] = await site.ask<{ stored: number }>(
        `select count(*)::int as stored from messages where external_id like 'm_clock-%'`,
      );
      return row?.stored === 200 ? true : null;
    }, 60_000);
  }, 240_000);

  it('keep a session that is valid, and let a reply leave inside the window by the database', async () => {
    const client = await connectedOwner(site.api.url).catch(async () => {
      // The accounts belong to the first workspace; a session is all that matters here.
      const { TestClient } = await import('../support/client.js');
      return TestClient.signedUp(site.api.url);
    });
    await sleep(500);
    const { conversations } = await client.ask<{ conversations: { nodes: unknown[] } }>(
      '{ conversations(first: 1) { nodes { id } } }',
    );
    expect(conversations.nodes.length).toBeLessThanOrEqual(1);
  }, 60_000);
});
