import { runLiveCuts } from './harness/run-live-cuts.js';
import { fromSeed, seeds } from './harness/seed.js';
import { ownSite } from './harness/own-site.js';

describe('Q7: a screen whose socket is cut 200 times', () => {
  const site = ownSite();

  it.each(seeds([7]))(
    'is told every change once and in order (seed %d)',
    async (seed) => {
      const report = await fromSeed(seed, 'test/faults/live-cuts.night.spec.ts', (chance) =>
        runLiveCuts(site(), chance, {
          cuts: 200,
          calls: 20_000,
          blows: ['kill api', 'kill api', 'kill api', 'kill worker', 'kill redis', 'flush redis', 'kill postgres'],
        }),
      );
      process.stdout.write(`${JSON.stringify(report)}\n`);
      expect(report).toEqual({ ...report, missed: [], repeated: [], disordered: [] });
      expect(report.cuts).toBeGreaterThanOrEqual(200);
    },
    900_000,
  );
});
