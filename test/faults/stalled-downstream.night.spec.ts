import { connect } from 'node:net';
import { MetaSender } from './harness/meta-sender.js';
import { drained } from './harness/deliveries-ledger.js';
import { connectedOwner } from './harness/run-deliveries.js';
import { ownSite } from './harness/own-site.js';
import { envelope, page, textItem } from './harness/traffic.js';

const calls = (name: string) =>
  Array.from({ length: 200 }, (_entry, index) =>
    envelope(page, [textItem(page, index % 10, `m_${name}-${String(index)}`, 'hello', Date.now())]),
  );

/** An acknowledgement waits for the commit in Postgres, and for nothing else. */
describe('W8: what stands still behind the acknowledgement', () => {
  let sender: MetaSender;
  const site = ownSite({}, async (started) => {
    await connectedOwner(started.api.url);
    sender = new MetaSender(() => started.api.url, 8);
  });
  // It may be missing where the set-up failed.
  afterAll(() => (sender as MetaSender | undefined)?.close());

  it('a worker and a Redis that do not answer: every call is acknowledged and applied later', async () => {
    site().worker.signal('SIGSTOP');
    site().toRedis.hold();
    const posted = await Promise.all(calls('stalled').map((body) => sender.post(body)));
    const [held] = await site().ask<{ stored: number }>(`select count(*)::int as stored from messages`);
    site().toRedis.release();
    site().worker.signal('SIGCONT');
    expect(posted.filter(({ status }) => status !== 200)).toEqual([]);
    expect(held?.stored).toBe(0);
    await drained(site(), 60_000);
    const [row] = await site().ask<{ stored: number }>(
      `select count(*)::int as stored from messages where external_id like 'm_stalled-%'`,
    );
    expect(row?.stored).toBe(200);
  }, 180_000);

  it('a Postgres that does not answer: every call is refused with a time to come again, and none was acknowledged in vain', async () => {
    site().toPostgres.hold();
    const posted = await Promise.all(calls('dark').map((body) => sender.post(body)));
    const alive = await fetch(`${site().api.url}/health/live`);
    site().toPostgres.release();
    expect(posted.filter(({ status, retryAfter }) => status !== 503 || retryAfter === null)).toEqual([]);
    expect(alive.status).toBe(200);
    for (const body of calls('dark')) await sender.deliver({ key: body, body });
    await drained(site(), 60_000);
    const rows = await site().ask<{ unread: number; stored: number }>(
      `select sum(c.unread_count)::int as unread, (select count(*)::int from messages) as stored from conversations c`,
    );
    expect(rows).toEqual([{ unread: 400, stored: 400 }]);
  }, 180_000);

  it('a caller that gives a byte a second is cut', async () => {
    const { port } = site().api;
    const ended = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(
          'POST /webhooks/meta HTTP/1.1\r\nHost: parley\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n',
        );
      });
      const drip = setInterval(() => socket.write('x'), 1_000);
      let said = '';
      socket.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
      const end = () => {
        clearInterval(drip);
        resolve(said.split('\r\n', 1)[0] ?? '');
      };
      socket.on('error', end).on('close', end);
      setTimeout(() => socket.destroy(new Error('It was never cut.')), 120_000).unref();
    });
    expect(ended).toContain('408');
  }, 150_000);
});
