import { swcOptions, swcOptionsWithJsx } from './tools/swc-options.mjs';

/** @type {import('jest').Config} */
export default {
  testEnvironment: '<rootDir>/tools/jest-environment.mjs',
  testRunner: '<rootDir>/tools/jest-in-process.mjs',
  testSequencer: '<rootDir>/tools/jest-sequencer.cjs',
  roots: ['<rootDir>'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'cjs', 'json', 'node'],
  transform: {
    '\\.ts$': ['@swc/jest', swcOptions],
    '\\.tsx$': ['@swc/jest', swcOptionsWithJsx],
  },
  resolver: '<rootDir>/tools/jest-resolver.cjs',
  testMatch: ['<rootDir>/{src,test,apps,libs,migrations,bench,tools}/**/*.spec.{ts,tsx}'],
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
