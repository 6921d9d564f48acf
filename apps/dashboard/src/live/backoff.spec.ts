import { backoff } from './backoff.js';

describe('backoff', () => {
  it('grows to 15 s and no further', () => {
    const waits = [0, 1, 2, 5, 6, 50].map((attempt) => backoff(attempt, () => 1));
    expect(waits).toEqual([500, 1000, 2000, 15_000, 15_000, 15_000]);
  });

  it('never waits less than half', () => {
    expect(backoff(1, () => 0)).toBe(500);
  });
});
