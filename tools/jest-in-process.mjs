import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import '../test/support/typescript-loader.mjs';

const require = createRequire(import.meta.url);
const { default: runTests } = require('jest-circus/runner');

// What one file changes of the language the next one of the same process would find changed, what measures must not find
// what others left in memory, and Jest's own object (`jest`) is there in a realm alone.
const needsARealm = /@jest\/globals|\.prototype\.\w+ = |performance\.now|memoryUsage|cpuUsage|crowding/;

/** What Jest's framework asks of a realm, given by the process itself. */
const thisProcess = {
  /** The framework keeps what a file declares in itself, so each file is given one of its own. */
  requireInternalModule(path) {
    delete require.cache[path];
    const left = (key) => /^(EVENT_HANDLERS|JEST_STATE_SYMBOL)$/.test(key.description ?? '');
    for (const key of Object.getOwnPropertySymbols(globalThis).filter(left)) delete globalThis[key];
    return require(path);
  },
  requireModule: require,
  unstable_shouldLoadAsEsm: () => true,
  unstable_importModule: (path) => import(pathToFileURL(path).href),
  setGlobalsForRuntime: () => undefined,
  enterTestCode: () => undefined,
  leaveTestCode: () => undefined,
};

/**
 * Runs one file's tests in the worker's own process. A realm of its own, which Jest builds for each file, loads and compiles
 * Nest, GraphQL and the rest anew, which takes longer than most tests; and a server whose code is warm starts sooner.
 */
export default async function runInProcess(globalConfig, config, environment, realm, path, send) {
  if (needsARealm.test(readFileSync(path, 'utf8'))) {
    return runTests(globalConfig, config, environment, realm, path, send);
  }
  const before = { console: globalThis.console, prepare: Error.prepareStackTrace, limit: Error.stackTraceLimit };
  const variables = { ...process.env };
  globalThis.console = environment.global.console;
  // Node itself knows where a line of a source went; Jest would look for it in its own cache.
  process.setSourceMapsEnabled(true);
  Error.prepareStackTrace = undefined;
  Error.stackTraceLimit = 20;
  try {
    const here = Object.create(environment, { global: { value: globalThis } });
    return await runTests(globalConfig, config, here, thisProcess, path, send);
  } finally {
    globalThis.console = before.console;
    Error.prepareStackTrace = before.prepare;
    Error.stackTraceLimit = before.limit;
    for (const name of Object.keys(process.env)) if (!(name in variables)) delete process.env[name];
    Object.assign(process.env, variables);
  }
}
