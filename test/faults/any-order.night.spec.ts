import { tryShuffles } from './harness/shuffled-stories.js';

tryShuffles(1_000, [51, 52, 53], 'test/faults/any-order.night.spec.ts');
