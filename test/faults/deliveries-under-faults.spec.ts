import { none } from './harness/deliveries-ledger.js';
import { runDeliveries, connectedOwner } from './harness/run-deliveries.js';
import { fromSeed, seeds } from './harness/seed.js';
import { Site } from './harness/site.js';

/** Three ledgers: what was acknowledged to the platform, what Postgres holds, what open screens were told. */
describe('F1, F2: 5,000 deliveries', () => {
  let site: Site;

  beforeAll(async () => {
    site = await Site.start();
  }, 60_000);
  afterAll(async () => {
    // It may be missing where the set-up failed.
    await (site as Site | undefined)?.stop();
  });

  it.each(seeds([1]))(
    'nothing acknowledged is lost or has two effects (seed %d)',
    async (seed) => {
      await connectedOwner(site.api.url);
      const report = await fromSeed(seed, 'test/faults/deliveries-under-faults.spec.ts', (chance) =>
        runDeliveries(site, chance, {
          count: 5_000,
          inFlight: 32,
          blows: ['kill api', 'kill worker', 'kill postgres', 'kill redis', 'flush redis', 'cut postgres'],
          patience: 30_000,
        }),
      );
      expect({ ...report, differences: none }).toEqual(report);
      expect(report.acknowledged).toBeGreaterThanOrEqual(5_000);
      expect(report.setAside).toBeGreaterThanOrEqual(report.broken);
      expect(report.unrouted).toBeGreaterThanOrEqual(report.strangers);
    },
    180_000,
  );
});
