import { TestEnvironment } from 'jest-environment-node';

/** How many times longer than a quiet machine needs: a time limit ends what hangs, and judges nobody's speed. */
const patience = 3;

/** Where specs run: every limit of a test or a hook, given or not, holds on a loaded machine too. */
export default class Environment extends TestEnvironment {
  async handleTestEvent({ name, test, hook }, { testTimeout }) {
    if (name === 'test_start') test.timeout = (test.timeout ?? testTimeout) * patience;
    // A hook runs before many tests, and is met here each time.
    if (name === 'hook_start' && hook.patient !== true) {
      hook.timeout = (hook.timeout ?? testTimeout) * patience;
      hook.patient = true;
    }
  }
}
