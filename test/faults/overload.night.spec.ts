import { setTimeout as sleep } from 'node:timers/promises';
import { drained } from './harness/deliveries-ledger.js';
import { MetaSender } from './harness/meta-sender.js';
import { connectedOwner } from './harness/run-deliveries.js';
import { ownSite } from './harness/own-site.js';
import { envelope, page, textItem } from './harness/traffic.js';

const seconds = 75;
const inFlight = 256;
const maxMegabytes = 512;

/** More than the server can take, for longer than any buffer lasts; nobody waits before they come again. */
describe('F12: an outage ends and everything comes at once', () => {
  const site = ownSite({}, (started) => connectedOwner(started.api.url));

  it('what is acknowledged is stored, what is refused is told when to come again, memory stays flat, and the queue empties', async () => {
    const sender = new MetaSender(() => site().api.url, inFlight);
    const acknowledged: string[] = [];
    const end = performance.now() + seconds * 1_000;
    let made = 0;
    let over = false;
    const memory = { api: 0, worker: 0 };
    const health: number[] = [];
    const watching = (async () => {
      while (!over) {
        memory.api = Math.max(memory.api, await site().api.residentMegabytes());
        memory.worker = Math.max(memory.worker, await site().worker.residentMegabytes());
        health.push(await fetch(`${site().api.url}/health/live`).then(({ status }) => status));
        await sleep(1_000);
      }
    })();
    const lane = async () => {
      while (performance.now() < end) {
        made += 1;
        const id = `m_flood-${String(made)}`;
        const { status } = await sender.post(
          envelope(page, [textItem(page, made % 500, id, 'everything at once', Date.now())]),
        );
        if (status === 200) acknowledged.push(id);
      }
    };
    await Promise.all(Array.from({ length: inFlight }, lane));
    sender.close();
    const drainMilliseconds = await drained(site(), 60_000);
    over = true;
    await watching;
    const answers = Object.fromEntries(sender.answers);
    process.stdout.write(
      `${JSON.stringify({ seconds, made, answers, memory, drainSeconds: Math.round(drainMilliseconds / 1_000) })}\n`,
    );
    const stored = new Set(
      (await site().ask<{ id: string }>('select external_id as id from messages')).map(({ id }) => id),
    );
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    expect(Object.keys(answers).filter((status) => !['200', '503'].includes(status))).toEqual([]);
    expect(sender.withoutRetryAfter).toEqual([]);
    expect(health.filter((status) => status !== 200)).toEqual([]);
    expect(memory.api).toBeLessThan(maxMegabytes);
    expect(memory.worker).toBeLessThan(maxMegabytes);
  }, 900_000);
});
