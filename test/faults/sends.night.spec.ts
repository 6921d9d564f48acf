import { runSends } from './harness/run-sends.js';
import { nothingWrong } from './harness/sends-ledger.js';
import type { Blow } from './harness/schedule.js';
import { fromSeed, seeds } from './harness/seed.js';
import { ownSite } from './harness/own-site.js';

const preload = new URL('./harness/short-patience.mjs', import.meta.url).pathname;
const times = (count: number, blow: Blow): Blow[] => Array<Blow>(count).fill(blow);

describe('F4: 10,000 sends, nine of a hundred calls go wrong, ten kills', () => {
  const site = ownSite({ preload: { api: preload, worker: preload } });

  it.each(seeds([44]))(
    'nothing is sent twice, called sent in vain, or out of order (seed %d)',
    async (seed) => {
      const report = await fromSeed(seed, 'test/faults/sends.night.spec.ts', (chance) =>
        runSends(site(), chance, {
          people: 200,
          perPerson: 50,
          blows: [...times(3, 'kill api'), ...times(4, 'kill worker'), ...times(2, 'kill postgres'), 'kill redis'],
          settleWithin: 600_000,
        }),
      );
      process.stdout.write(`${JSON.stringify(report)}\n`);
      expect(report).toMatchObject(nothingWrong);
      expect(report.struck).toHaveLength(10);
      expect(report.unconfirmedPercent).toBeLessThanOrEqual(2.5);
    },
    1_800_000,
  );
});
