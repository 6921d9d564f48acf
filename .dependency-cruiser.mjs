/** The modules of the server, each importing only those to its left. This array is the import rule. */
export const MODULES = [
  'platform',
  'billing',
  'accounts',
  'channels',
  'conversations',
  'leads',
  'ai',
  'privacy',
  'cli',
  'app.module',
  'run',
  'main',
];

/** A module is a folder of its name, or, for the last three, a file. */
const anyOf = (names) => `^src/(${names.map((name) => name.replace('.', '\\.')).join('|')})(/|\\.ts$)`;

const order = MODULES.slice(0, -1).map((name, place) => ({
  name: `${name.replace('.', '-')}-imports-nothing-to-its-right`,
  comment: `The order is ${MODULES.join(' < ')}. What must travel right is an event that the right-hand module hears.`,
  severity: 'error',
  from: { path: anyOf([name]) },
  to: { path: anyOf(MODULES.slice(place + 1)) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...order,
    {
      name: 'modules-are-known',
      comment: 'A new folder or file at the top of src takes its place in the array of modules first.',
      severity: 'error',
      from: { path: '^src/', pathNot: anyOf(MODULES) },
      to: {},
    },
    {
      name: 'another-module-by-its-index-only',
      comment: 'What other modules may use is exported by index.ts; all else may change without asking them.',
      severity: 'error',
      from: { path: '^src/([^/]+)' },
      to: { path: '^src/(?!platform/)[^/]+/(?!index\\.ts$)', pathNot: '^src/$1/' },
    },
    {
      name: 'platform-rooms-by-their-index-only',
      comment: 'Each room of platform has a face of its own: src/platform/<room>/index.ts.',
      severity: 'error',
      from: { path: '^src/(platform/[^/]+|[^/]+)' },
      to: { path: '^src/platform/[^/]+/(?!index\\.ts$)', pathNot: '^src/$1/' },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other at run time are one file, or three.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'server-imports-no-app',
      comment: 'The sandbox and the web apps are never loaded by the server.',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^apps/' },
    },
    {
      name: 'server-imports-no-test-code',
      comment: 'What runs in production needs nothing of the tests.',
      severity: 'error',
      from: { path: '^(src|apps|libs|migrations)/', pathNot: '\\.(spec|testing)\\.tsx?$' },
      to: { path: '^(test|bench)/|\\.spec\\.tsx?$' },
    },
    {
      name: 'apps-import-nothing-of-the-server',
      comment: 'The apps know the server by its contract; the sandbox must not repeat its mistakes.',
      severity: 'error',
      from: { path: '^apps/' },
      to: { path: '^src/' },
    },
    {
      name: 'libs-stand-alone',
      comment: 'A library is used by apps and server alike, so it needs neither.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(src|apps)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|dist\\.new|node_modules|\\.parley)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
