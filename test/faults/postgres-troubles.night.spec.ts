import { setTimeout as sleep } from 'node:timers/promises';
import { none } from './harness/deliveries-ledger.js';
import { compare, drained } from './harness/deliveries-ledger.js';
import { MetaSender } from './harness/meta-sender.js';
import { connectedOwner } from './harness/run-deliveries.js';
import { Chance, fromSeed, seeds } from './harness/seed.js';
import { ownSite } from './harness/own-site.js';
import { Traffic } from './harness/traffic.js';
import type { TestClient } from '../support/client.js';

const spec = 'test/faults/postgres-troubles.night.spec.ts';

describe('F7: Postgres in trouble', () => {
  let client: TestClient;

  const site = ownSite({}, async (started) => {
    client = await connectedOwner(started.api.url);
  });

  it.each(seeds([70]))(
    'restarted ten times it loses nothing, and everything goes on by itself (seed %d)',
    async (seed) => {
      const restarts = 10;
      const traffic = await fromSeed(seed, spec, async (chance) => {
        const said = new Traffic(chance, `restart${String(seed)}`, 30);
        const sender = new MetaSender(() => site().api.url, 16);
        let over = false;
        const striking = (async () => {
          for (let number = 0; number < restarts; number += 1) {
            await sleep(500 + chance.below(1_500));
            // As an operator restarts it: clients are thrown out at once.
            process.kill(await site().postgresPid(), 'SIGINT');
            await sleep(100);
            await site().ask('select 1');
          }
          over = true;
        })();
        const calls = said.calls(20_000);
        while (!over) await sender.deliverAll(take(calls, 50), 16);
        await striking;
        await sender.deliverAll(take(calls, 50), 16);
        for (const rest of said.ended()) await sender.deliver(rest);
        sender.close();
        expect(sender.withoutRetryAfter).toEqual([]);
        // Only "stored", "not now", and connections that broke.
        expect([...sender.answers.keys()].filter((status) => ![0, 200, 503].includes(status))).toEqual([]);
        return said;
      });
      await drained(site(), 60_000);
      await sleep(15_000);
      expect({ ...(await compare(site(), traffic)), leftOver: [] }).toEqual(none);
      expect(await client.ask('{ conversations(first: 1) { nodes { id } } }')).toBeTruthy();
    },
    300_000,
  );

  it('behind a held lock requests are refused with a time to come again, do not pile up, and go on after it', async () => {
    const traffic = new Traffic(new Chance(71), 'held', 10);
    const sender = new MetaSender(() => site().api.url, 32);
    await site().withClient(async (holder) => {
      await holder.query('begin');
      await holder.query('lock table conversations, deliveries, members in access exclusive mode');
      const asked = Array.from({ length: 100 }, () =>
        client.post('{ conversations(first: 5) { nodes { id } } }').then(
          ({ errors }) => errors?.[0]?.extensions ?? { code: 'answered' },
          () => ({ code: 'broken' }),
        ),
      );
      const posts = await Promise.all([...take(traffic.calls(60), 60)].map(({ body }) => sender.post(body)));
      expect(posts.filter(({ status, retryAfter }) => status !== 503 || retryAfter === null)).toEqual([]);
      const live = await fetch(`${site().api.url}/health/live`);
      expect(live.status).toBe(200);
      const answers = await Promise.all(asked);
      expect(answers.filter(({ code }) => code === 'broken' || code === 'answered')).toEqual([]);
      expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(['UNAVAILABLE']));
      for (const answer of answers) expect((answer as { retryAfter?: number }).retryAfter).toBeGreaterThan(0);
      await holder.query('rollback');
    });
    expect(await client.ask('{ conversations(first: 5) { nodes { id } } }')).toBeTruthy();
    expect(sender.answers.get(200)).toBeUndefined();
    sender.close();
  }, 120_000);
});

function* take<Item>(items: Iterator<Item>, count: number): Generator<Item> {
  for (let taken = 0; taken < count; taken += 1) {
    const next = items.next();
    if (next.done === true) return;
    yield next.value;
  }
}
