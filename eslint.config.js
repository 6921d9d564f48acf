import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const forwardRef = {
  name: '@nestjs/common',
  importNames: ['forwardRef'],
  message: 'Modules import to the left only, so no cycle needs it.',
};
const databaseAccess = [
  {
    name: 'typeorm',
    importNames: ['DataSource', 'EntityManager', 'Repository', 'createConnection', 'getConnection', 'getRepository'],
    message: 'Open a transaction with workspaces.run: only src/platform/database talks to the database itself.',
  },
  {
    name: '@nestjs/typeorm',
    importNames: ['InjectRepository', 'InjectDataSource', 'InjectEntityManager'],
    message: 'Take a WorkspaceTransaction instead: a repository knows no workspace.',
  },
  { name: 'pg', message: 'Only src/platform/database talks to the database itself.', allowTypeImports: true },
];
const graphqlInEntity = {
  name: '@nestjs/graphql',
  message: 'A row is not what a client may see: put this in the type, and bridge with its `from`.',
};

const processEnv = [
  {
    selector:
      "MemberExpression[object.name='process']:matches([property.name='env'], [property.value='env']), " +
      "VariableDeclarator[init.name='process'] > ObjectPattern > Property[key.name='env']",
    message: 'Only src/platform/config reads the environment. Inject Config.',
  },
  {
    selector: "ImportDeclaration[source.value=/^(node:)?process$/] ImportSpecifier[imported.name='env']",
    message: 'Only src/platform/config reads the environment. Inject Config.',
  },
];
const sqlByHand = 'Write it with the sql tag: text that is put together becomes SQL, a value of the tag never does.';
const stringBuiltSql = [
  {
    selector:
      'CallExpression[callee.property.name=/^(query|first|execute|where|andWhere|orWhere|orderBy|addOrderBy)$/] > ' +
      ':matches(TemplateLiteral[expressions.length>0], BinaryExpression[operator="+"]).arguments',
    message: sqlByHand,
  },
  { selector: "NewExpression[callee.name='Sql']", message: sqlByHand },
  { selector: "CallExpression[callee.name='sql']", message: sqlByHand },
  { selector: "CallExpression[callee.property.name='createQueryBuilder']", message: sqlByHand },
  { selector: "CallExpression[callee.name='Raw']", message: sqlByHand },
  { selector: "ImportDeclaration[source.value='typeorm'] ImportSpecifier[imported.name='Raw']", message: sqlByHand },
];
const testsThatDoNotRun = [
  {
    selector:
      'CallExpression > MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(skip|only|todo|failing)$/], ' +
      'CallExpression[callee.name=/^(xit|xtest|xdescribe|fit|fdescribe)$/]',
    message: 'Every test runs, every time.',
  },
];

const restrictImports = (...paths) => ({ '@typescript-eslint/no-restricted-imports': ['error', { paths }] });
const restrictSyntax = (...rules) => ({ 'no-restricted-syntax': ['error', ...rules] });

const correctness = Object.fromEntries(
  [
    'for-direction',
    'no-async-promise-executor',
    'no-caller',
    'no-compare-neg-zero',
    'no-cond-assign',
    'no-constant-binary-expression',
    'no-debugger',
    'no-dupe-else-if',
    'no-duplicate-case',
    'no-empty',
    'no-empty-pattern',
    'no-eval',
    'no-ex-assign',
    'no-extra-boolean-cast',
    'no-global-assign',
    'no-invalid-regexp',
    'no-irregular-whitespace',
    'no-loss-of-precision',
    'no-misleading-character-class',
    'no-new-func',
    'no-prototype-builtins',
    'no-self-assign',
    'no-self-compare',
    'no-sparse-arrays',
    'no-template-curly-in-string',
    'no-unreachable',
    'no-unsafe-finally',
    'no-unsafe-negation',
    'no-unused-labels',
    'no-useless-catch',
    'no-useless-escape',
    'no-var',
    'object-shorthand',
    'prefer-const',
    'use-isnan',
    'valid-typeof',
  ].map((rule) => [rule, 'error']),
);

export default defineConfig(
  globalIgnores([
    'node_modules/',
    'dist/',
    'dist.new/',
    'coverage/',
    '.parley/',
    'libs/api-client/generated/',
    'test/contract/',
    '**/public/',
  ]),
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: { ...correctness, eqeqeq: ['error', 'always', { null: 'ignore' }] },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      // In files with decorators the rule holds back by itself: their types are values at run time.
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/no-deprecated': 'error',
      // An `async` method without `await` keeps its promise: what it throws is a rejection.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    // The apps' tsconfigs take their libraries in; there are none nearer to them.
    files: ['libs/**/*.{ts,tsx}'],
    languageOptions: {
      parserOptions: {
        projectService: false,
        project: ['apps/dashboard/tsconfig.json', 'apps/widget/tsconfig.json', 'libs/web-chat/tsconfig.json'],
      },
    },
  },
  {
    files: ['src/**/*.ts', 'migrations/**/*.ts'],
    rules: {
      ...restrictImports(forwardRef, ...databaseAccess),
      ...restrictSyntax(...processEnv),
      'no-console': 'error',
    },
  },
  // Below the tag itself, and in what an operator runs, statements have no values from outside.
  {
    files: ['src/**/*.ts'],
    ignores: ['src/platform/database/**', 'src/platform/embedded/**'],
    rules: restrictSyntax(...processEnv, ...stringBuiltSql),
  },
  {
    files: ['src/**/*.entity.ts'],
    rules: restrictImports(forwardRef, ...databaseAccess, graphqlInEntity),
  },
  {
    files: [
      'src/platform/database/**',
      'src/platform/embedded/**',
      'migrations/**',
      'ormconfig.ts',
      'src/**/*.spec.ts',
    ],
    rules: restrictImports(forwardRef),
  },
  { files: ['src/platform/config/**'], rules: restrictSyntax(...stringBuiltSql) },
  { files: ['src/**/*.ts'], ignores: ['**/*.spec.ts'], rules: { 'max-lines': ['error', 300] } },
  {
    files: ['**/*.spec.{ts,tsx}', 'test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      ...restrictSyntax(...testsThatDoNotRun),
      // Bodies of answers are `any` there; what they hold is what the test asserts.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { 'no-unused-vars': 'error' },
  },
);
