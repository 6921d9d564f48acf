import { ModelBreaker } from './model-breaker.js';

const server = 'workspace https://model.test/v1 model';

/** A server that has failed five times at time 0. */
function broken(): ModelBreaker {
  const breaker = new ModelBreaker();
  for (let time = 0; time < 5; time += 1) breaker.failed(server, null, 0);
  return breaker;
}

describe('I6: a model server that fails again and again', () => {
  it('is left alone after five failures in a row, and nobody else with it', () => {
    const breaker = new ModelBreaker();
    for (let time = 0; time < 4; time += 1) breaker.failed(server, null, 0);
    expect(breaker.admits(server, 1)).toBe(true);
    breaker.failed(server, null, 0);
    expect(breaker.admits(server, 14_999)).toBe(false);
    expect(breaker.admits('another workspace', 1)).toBe(true);
  });

  it('is tried once after the rest; the others wait for how that ends', () => {
    const breaker = broken();
    expect(breaker.admits(server, 15_000)).toBe(true);
    expect(breaker.admits(server, 15_001)).toBe(false);
    breaker.answered(server);
    expect(breaker.admits(server, 15_002)).toBe(true);
    breaker.failed(server, null, 15_003);
    expect(breaker.admits(server, 15_004)).toBe(true);
  });

  it('rests longer after each trial that fails, and never more than five minutes', () => {
    const breaker = broken();
    let now = 15_000;
    const rests: number[] = [];
    for (let time = 0; time < 7; time += 1) {
      expect(breaker.admits(server, now)).toBe(true);
      breaker.failed(server, null, now);
      let rest = 0;
      while (!breaker.admits(server, now + rest)) rest += 1_000;
      rests.push(rest);
      breaker.unsettled(server, now + rest);
      now += rest;
    }
    expect(rests).toEqual([30_000, 60_000, 120_000, 240_000, 300_000, 300_000, 300_000]);
  });

  it('is left alone at once for as long as it asks for, within five minutes', () => {
    const breaker = new ModelBreaker();
    breaker.failed(server, 60, 0);
    expect(breaker.admits(server, 59_999)).toBe(false);
    expect(breaker.admits(server, 60_000)).toBe(true);
    const other = new ModelBreaker();
    other.failed(server, 86_400, 0);
    expect(other.admits(server, 300_000)).toBe(true);
  });
});
