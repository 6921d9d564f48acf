import { swcOptions } from './tools/swc-options.mjs';

const withJsx = {
  ...swcOptions,
  jsc: { ...swcOptions.jsc, parser: { ...swcOptions.jsc.parser, tsx: true } },
};

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'cjs', 'json', 'node'],
  transform: {
    '\\.ts$': ['@swc/jest', swcOptions],
    '\\.tsx$': ['@swc/jest', withJsx],
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
  maxWorkers: 2,
};
