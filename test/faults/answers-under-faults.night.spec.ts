import { ownSite } from './harness/own-site.js';
import { nobodyForgotten, runAnswers } from './harness/run-answers.js';
import { fromSeed, seeds } from './harness/seed.js';

const preload = new URL('./harness/short-patience.mjs', import.meta.url).pathname;

/** What the platform took, what members are shown, and who still waits. */
describe('F1, I6: a bot answers 100 customers while processes are killed and sends fail', () => {
  const site = ownSite({
    preload: { api: preload, worker: preload },
    environment: { AI_ALLOWED_HOSTS: '127.0.0.1' },
  });

  it.each(seeds([8]))(
    'nobody is answered twice, and nobody is left without an answer or a person (seed %d) [promise 38]',
    async (seed) => {
      const report = await fromSeed(seed, 'test/faults/answers-under-faults.night.spec.ts', (chance) =>
        runAnswers(site(), chance, {
          people: 100,
          blows: ['kill worker', 'kill worker', 'kill worker', 'kill worker', 'kill api', 'kill postgres'],
          settleWithin: 240_000,
        }),
      );
      process.stdout.write(`${JSON.stringify(report)}\n`);
      expect(report).toMatchObject(nobodyForgotten);
      expect(report.struck).toHaveLength(6);
      expect(report.answered).toBeGreaterThan(70);
      expect(report.handedOver).toBeGreaterThan(0);
    },
    480_000,
  );
});
