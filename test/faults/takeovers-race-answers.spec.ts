import { noneAfter, raceTakeovers } from './harness/race-takeovers.js';
import { fromSeed, seeds } from './harness/seed.js';

describe('I5: 60 takeovers while a reply is written', () => {
  it.each(seeds([5]))(
    'nothing of the machine leaves after a takeover, and without one it answers once (seed %d) [promise 38]',
    async (seed) => {
      const report = await fromSeed(seed, 'test/faults/takeovers-race-answers.spec.ts', (chance) =>
        raceTakeovers(chance, 60),
      );
      expect(report).toMatchObject(noneAfter);
      expect(report.personFirst).toBeGreaterThan(0);
      expect(report.machineFirst).toBeGreaterThan(0);
    },
    120_000,
  );
});
