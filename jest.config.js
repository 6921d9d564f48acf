import { swcOptions } from './tools/swc-options.mjs';

const withJsx = {
  ...swcOptions,
  jsc: { ...swcOptions.jsc, parser: { ...swcOptions.jsc.parser, tsx: true } },
};

/** @type {import('jest').Config} */
export default {
  testEnvironment: '<rootDir>/tools/jest-environment.mjs',
  roots: ['<rootDir>'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'cjs', 'json', 'node'],
  transform: {
    '\\.ts$': ['@swc/jest', swcOptions],
    '\\.tsx$': ['@swc/jest', withJsx],
  },
  resolver: '<rootDir>/tools/jest-resolver.cjs',
  testMatch: [
    '<rootDir>/{src,test,apps,libs,migrations,bench,tools}/**/*.spec.{ts,tsx}',
    // What a whole run made of them: tools/joined-specs.mjs.
    ...(process.env.PARLEY_JOINED ? [`${process.env.PARLEY_JOINED}/*.spec.mjs`] : []),
  ],
  ...(process.env.PARLEY_JOINED ? { testSequencer: '<rootDir>/tools/jest-sequencer.cjs' } : {}),
  // The night's suites take minutes; `npm run test:night` runs them.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/', '\\.night\\.spec\\.tsx?$'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.parley/'],
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  reporters: ['default', '<rootDir>/tools/jest-reporter.mjs'],
  testTimeout: 30_000,
  // One more than the smallest machine has cores: half of the time a test waits for a server's answer.
  maxWorkers: 3,
};
