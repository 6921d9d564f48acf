import { runSends } from './harness/run-sends.js';
import { nothingWrong } from './harness/sends-ledger.js';
import { fromSeed, seeds } from './harness/seed.js';
import { ownSite } from './harness/own-site.js';

const preload = new URL('./harness/short-patience.mjs', import.meta.url).pathname;

/** What the pretend platform took, against what members are shown. */
describe('F4: 100 sends to a platform that fails', () => {
  const site = ownSite({ preload: { api: preload, worker: preload } });

  it.each(seeds([4]))(
    'nothing is sent twice, called sent in vain, or out of order (seed %d)',
    async (seed) => {
      const report = await fromSeed(seed, 'test/faults/sends-under-faults.spec.ts', (chance) =>
        runSends(site(), chance, {
          people: 10,
          perPerson: 10,
          blows: ['kill api', 'kill worker', 'kill worker', 'kill postgres'],
          settleWithin: 90_000,
        }),
      );
      expect(report).toMatchObject(nothingWrong);
      expect(report.statuses['READ']).toBeGreaterThan(75);
    },
    240_000,
  );
});
