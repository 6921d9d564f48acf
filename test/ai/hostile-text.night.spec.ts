import { hostileSuite } from './hostile-run.js';
import { allScenarios } from './scenarios.js';

/** Attacks I1 to I4, every carrier with every payload. */
describe('an obedient model, all night', () => {
  hostileSuite(allScenarios());
});
