import { fillOf } from './fill-of.js';

describe('fillOf', () => {
  it.each([
    [0, 10, 'room'],
    [7, 10, 'room'],
    [8, 10, 'near'],
    [9, 10, 'near'],
    [10, 10, 'full'],
    [11, 10, 'over'],
    // A plan without any: none is used, and none can be.
    [0, 0, 'full'],
  ])('%d of %d: %s', (used, limit, fill) => expect(fillOf(used, limit)).toBe(fill));
});
