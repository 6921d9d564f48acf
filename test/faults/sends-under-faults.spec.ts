import { runSends } from './harness/run-sends.js';
import { fromSeed, seeds } from './harness/seed.js';
import { Site } from './harness/site.js';

const preload = new URL('./harness/short-patience.mjs', import.meta.url).pathname;

/** What the pretend platform took, against what members are shown. */
describe('F4: 200 sends to a platform that fails', () => {
  let site: Site;

  beforeAll(async () => {
    site = await Site.start({ preload: { api: preload, worker: preload } });
  }, 60_000);
  afterAll(async () => {
    // It may be missing where the set-up failed.
    await (site as Site | undefined)?.stop();
  });

  it.each(seeds([4]))(
    'nothing is sent twice, called sent in vain, or out of order (seed %d)',
    async (seed) => {
      const report = await fromSeed(seed, 'test/faults/sends-under-faults.spec.ts', (chance) =>
        runSends(site, chance, {
          people: 20,
          perPerson: 10,
          blows: ['kill api', 'kill worker', 'kill worker', 'kill postgres'],
          settleWithin: 90_000,
        }),
      );
      const { sentTwice, saidSentButWasNot, outOfOrder, hidden, notOnce, leftOpen } = report;
      expect({ sentTwice, saidSentButWasNot, outOfOrder, hidden, notOnce, leftOpen }).toEqual({
        sentTwice: [],
        saidSentButWasNot: [],
        outOfOrder: [],
        hidden: [],
        notOnce: [],
        leftOpen: [],
      });
      expect(report.statuses['READ']).toBeGreaterThan(150);
    },
    240_000,
  );
});
