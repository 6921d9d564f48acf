import { shuffledStories } from './harness/shuffled-stories.js';
import { fromSeed, seeds } from './harness/seed.js';

describe('W5: what happens to one message, told in any order', () => {
  it.each(seeds([51, 52, 53]))(
    'ends the same 1,000 times for each kind of story (seed %d)',
    async (seed) => {
      const ends = await fromSeed(seed, 'test/faults/any-order.night.spec.ts', (chance) =>
        shuffledStories(chance, 1_000),
      );
      expect(ends.map(({ story, different }) => ({ story, different }))).toEqual(
        ends.map(({ story }) => ({ story, different: [] })),
      );
      expect(ends.map(({ shuffles }) => shuffles)).toEqual(ends.map(() => 1_000));
    },
    600_000,
  );
});
