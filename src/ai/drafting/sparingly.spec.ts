import { sparingly } from './sparingly.js';

describe('what is done sparingly', () => {
  it('is done each time while it costs nothing, and takes a fifth of the time where it costs much', () => {
    let clock = 0;
    const done: number[] = [];
    const run = (cost: number) => {
      done.length = 0;
      const look = sparingly<number>(
        (value) => {
          done.push(value);
          clock += cost;
        },
        () => clock,
      );
      const begun = clock;
      for (let value = 0; clock - begun < 1_000; value += 1) {
        clock += 1;
        look(value);
      }
      return done.length;
    };
    expect(run(0)).toBe(1_000);
    // Twenty of ten each in a thousand.
    expect(run(10)).toBeGreaterThanOrEqual(19);
    expect(run(10)).toBeLessThanOrEqual(21);
    // What came last is what is looked at.
    expect(done.at(-1)).toBeGreaterThan(done.length);
  });
});
