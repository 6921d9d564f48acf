import { connectedOwner, expectAgreement, runDeliveries } from './harness/run-deliveries.js';
import type { Blow } from './harness/schedule.js';
import { fromSeed, seeds } from './harness/seed.js';
import { Site } from './harness/site.js';

const times = (count: number, blow: Blow): Blow[] => Array<Blow>(count).fill(blow);
const blows = [
  ...times(6, 'kill api'),
  ...times(6, 'kill worker'),
  ...times(5, 'kill postgres'),
  ...times(4, 'kill redis'),
  ...times(2, 'flush redis'),
  ...times(3, 'cut postgres'),
  ...times(2, 'cut redis'),
];

describe('F1, F2, W4, W5, W6, W7: 100,000 deliveries', () => {
  let site: Site | null = null;
  afterEach(async () => {
    await site?.stop();
    site = null;
  });

  it.each(seeds([11, 22, 33]))(
    'nothing acknowledged is lost or has two effects (seed %d)',
    async (seed) => {
      const here = await Site.start();
      site = here;
      await connectedOwner(here.api.url);
      const report = await fromSeed(seed, 'test/faults/deliveries.night.spec.ts', (chance) =>
        runDeliveries(here, chance, { count: 100_000, inFlight: 48, blows, patience: 60_000 }),
      );
      process.stdout.write(`${JSON.stringify(report)}\n`);
      expectAgreement(report, 100_000);
      expect(report.struck).toHaveLength(blows.length);
    },
    1_500_000,
  );
});
