import { tryShuffles } from './harness/shuffled-stories.js';

tryShuffles(60, [5], 'test/faults/any-order.spec.ts');
