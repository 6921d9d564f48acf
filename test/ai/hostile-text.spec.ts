import { hostileSuite } from './hostile-run.js';
import { payloads } from './payloads.js';
import { allScenarios, carriers, sampled } from './scenarios.js';

const sample = sampled(120);

/** Attacks I1 to I4: a model that does whatever any text tells it. All scenarios are tried at night. */
describe('an obedient model', () => {
  it('is tried with five hundred scenarios and more, no two alike, and here with some of every kind', () => {
    const all = allScenarios();
    expect(all.length).toBeGreaterThanOrEqual(500);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    expect(new Set(all.map(({ product }) => product)).size).toBe(all.length);
    expect(new Set(sample.map(({ carrier }) => carrier)).size).toBe(Object.keys(carriers).length);
    expect(new Set(sample.map(({ payload }) => payload)).size).toBe(payloads.length);
    expect(sample.length).toBeGreaterThanOrEqual(100);
  });

  hostileSuite(sample);
});
