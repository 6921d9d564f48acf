import { shuffledStories } from './harness/shuffled-stories.js';
import { fromSeed, seeds } from './harness/seed.js';

describe('W5: what happens to one message, told in any order', () => {
  it.each(seeds([5]))(
    'ends the same 60 times for each kind of story (seed %d)',
    async (seed) => {
      const ends = await fromSeed(seed, 'test/faults/any-order.spec.ts', (chance) => shuffledStories(chance, 60));
      expect(ends.map(({ story, different }) => ({ story, different }))).toEqual(
        ends.map(({ story }) => ({ story, different: [] })),
      );
      expect(ends.map(({ shuffles }) => shuffles)).toEqual(ends.map(() => 60));
    },
    180_000,
  );
});
