import { newId } from '../../src/platform/database/index.js';
import type { IdKind } from './argument-classes.js';
import { GraphQLProbes, strangeIds } from './graphql-probes.js';
import { TwoInboxes } from './two-inboxes.js';

const pairs = 25;
const mostMilliseconds = 5;

describe("another workspace's ids, at length", () => {
  let both: TwoInboxes;
  let probes: GraphQLProbes;

  beforeAll(async () => {
    both = await TwoInboxes.start();
    probes = new GraphQLProbes(both);
  }, 60_000);
  afterAll(() => both.stop());

  const places = () =>
    both.operations
      .filter(({ root }) => root !== 'subscription')
      .flatMap((operation) =>
        operation.places
          .filter(({ kind }) => kind?.startsWith('id of ') === true)
          .map((place) => ({ operation, place, kind: (place.kind ?? '').slice('id of '.length) as IdKind })),
      );

  it('T8 G3: every form of a foreign id is answered as one that never was [promise 23]', async () => {
    const before = await both.hashes(both.b);
    const telling: string[] = [];
    for (const { operation, place, kind } of places()) {
      const never = newId();
      const unknown = probes.bare(await probes.ask(both.a, operation, { place, value: never }), operation, never);
      for (const [what, value] of strangeIds(both.b, kind, Infinity)) {
        const answer = await probes.ask(both.a, operation, { place, value });
        if (probes.bare(answer, operation, value) !== unknown || both.traces(answer.body, both.b, value).length > 0)
          telling.push(`${operation.name} ${place.path.join('.')} with ${what}: ${answer.body}`);
      }
    }
    expect(telling).toEqual([]);
    expect(await both.hashes(both.b)).toEqual(before);
  }, 600_000);

  it('T8 G3: takes as long for a foreign id as for one that never was', async () => {
    const gaps: { where: string; gap: number }[] = [];
    for (const { operation, place, kind } of places()) {
      const times: Record<'foreign' | 'unknown', number[]> = { foreign: [], unknown: [] };
      for (let pair = 0; pair < pairs; pair += 1) {
        // In turn, so that what else the machine does falls on both alike.
        const order = pair % 2 === 0 ? (['foreign', 'unknown'] as const) : (['unknown', 'foreign'] as const);
        for (const which of order) {
          const value = which === 'foreign' ? both.b.ids[kind] : newId();
          const since = performance.now();
          await probes.ask(both.a, operation, { place, value });
          times[which].push(performance.now() - since);
        }
      }
      gaps.push({
        where: `${operation.name} ${place.path.join('.')}`,
        gap: Math.abs(median(times.foreign) - median(times.unknown)),
      });
    }
    const sorted = gaps.map(({ gap }) => gap);
    const widest = gaps.reduce((one, other) => (other.gap > one.gap ? other : one));
    console.log(
      `${String(gaps.length)} places, ${String(pairs)} pairs each: median gap ${median(sorted).toFixed(2)} ms, ` +
        `widest ${widest.gap.toFixed(2)} ms (${widest.where})`,
    );
    expect(gaps.length).toBeGreaterThan(40);
    expect(median(sorted)).toBeLessThan(mostMilliseconds);
  }, 900_000);
});

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
