import { connectedOwner, expectAgreement, runDeliveries } from './harness/run-deliveries.js';
import { fromSeed, seeds } from './harness/seed.js';
import { ownSite } from './harness/own-site.js';

/** Three ledgers: what was acknowledged to the platform, what Postgres holds, what open screens were told. */
describe('F1, F2: 2,000 deliveries', () => {
  const site = ownSite();

  it.each(seeds([1]))(
    'nothing acknowledged is lost or has two effects (seed %d)',
    async (seed) => {
      await connectedOwner(site().api.url);
      const report = await fromSeed(seed, 'test/faults/deliveries-under-faults.spec.ts', (chance) =>
        runDeliveries(site(), chance, {
          count: 2_000,
          inFlight: 32,
          blows: ['kill api', 'kill worker', 'kill postgres', 'kill redis', 'flush redis', 'cut postgres'],
          patience: 30_000,
        }),
      );
      expectAgreement(report, 2_000);
    },
    180_000,
  );
});
