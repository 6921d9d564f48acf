import { noneAfter, raceTakeovers } from './harness/race-takeovers.js';
import { fromSeed, seeds } from './harness/seed.js';

describe('I5: 1,000 takeovers while a reply is written', () => {
  it.each(seeds([55]))(
    'nothing of the machine leaves after a takeover, and without one it answers once (seed %d) [promise 38]',
    async (seed) => {
      const report = await fromSeed(seed, 'test/faults/takeovers-race-answers.night.spec.ts', (chance) =>
        raceTakeovers(chance, 1_000),
      );
      process.stdout.write(`${JSON.stringify(report)}\n`);
      expect(report).toMatchObject(noneAfter);
      expect(report.personFirst).toBeGreaterThan(100);
      expect(report.machineFirst).toBeGreaterThan(50);
    },
    1_800_000,
  );
});
