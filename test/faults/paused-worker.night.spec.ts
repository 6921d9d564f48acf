import { setTimeout as sleep } from 'node:timers/promises';
import { none, compare, drained } from './harness/deliveries-ledger.js';
import { MetaSender } from './harness/meta-sender.js';
import { connectedOwner } from './harness/run-deliveries.js';
import { runSends } from './harness/run-sends.js';
import { nothingWrong } from './harness/sends-ledger.js';
import { fromSeed, seeds } from './harness/seed.js';
import { Site, type SiteProcess } from './harness/site.js';
import { Traffic } from './harness/traffic.js';

const preload = new URL('./harness/short-patience.mjs', import.meta.url).pathname;
const spec = 'test/faults/paused-worker.night.spec.ts';

/** Stops one worker after the other for longer than any lease, in whatever it is doing. */
async function pauseInTurn(workers: readonly SiteProcess[], rounds: number, over: () => boolean): Promise<number> {
  let paused = 0;
  for (; paused < rounds && !over(); paused += 1) {
    const one = workers[paused % workers.length];
    one?.signal('SIGSTOP');
    await sleep(18_000);
    one?.signal('SIGCONT');
    await sleep(1_500);
  }
  return paused;
}

describe('F3: a worker that stands still beyond its lease and then goes on', () => {
  let site: Site | null = null;
  afterEach(async () => {
    for (const one of site?.workers ?? []) if (one.pid !== 0) one.signal('SIGCONT');
    await site?.stop();
    site = null;
  });

  it.each(seeds([3]))(
    'finishes nothing twice of what came in, beside a second sweeper (seed %d)',
    async (seed) => {
      const here = await Site.start({ workers: 2 });
      site = here;
      await connectedOwner(here.api.url);
      const traffic = await fromSeed(seed, spec, async (chance) => {
        const said = new Traffic(chance, `paused${String(seed)}`, 40);
        const sender = new MetaSender(() => here.api.url, 8);
        let over = false;
        const pausing = pauseInTurn(here.workers, 4, () => over);
        await sender.deliverAll(said.calls(8_000), 8);
        over = true;
        expect(await pausing).toBeGreaterThan(0);
        sender.close();
        return said;
      });
      await drained(here, 60_000);
      await sleep(20_000);
      expect(await compare(here, traffic)).toEqual(none);
    },
    300_000,
  );

  it.each(seeds([31]))(
    'sends nothing twice (seed %d)',
    async (seed) => {
      const here = await Site.start({ workers: 2, preload: { worker: preload } });
      site = here;
      let over = false;
      const pausing = sleep(8_000).then(() => pauseInTurn(here.workers, 4, () => over));
      const report = await fromSeed(seed, spec, (chance) =>
        runSends(here, chance, { people: 40, perPerson: 15, blows: [], settleWithin: 240_000 }),
      );
      over = true;
      expect(await pausing).toBeGreaterThan(0);
      process.stdout.write(`${JSON.stringify(report)}\n`);
      // What it still waits for when it stops looking is not meant.
      expect(report).toMatchObject({ ...nothingWrong, leftOpen: report.leftOpen });
    },
    600_000,
  );
});
