import type { CodegenConfig } from '@graphql-codegen/cli';

/**
 * Typed documents for every operation in `operations/`, made from the committed print of the schema.
 * PARLEY_SCHEMA points it at another print (a server that runs, a schema under discussion).
 */
const config: CodegenConfig = {
  schema: process.env['PARLEY_SCHEMA'] ?? new URL('../../schema.graphql', import.meta.url).pathname,
  documents: [new URL('./operations/*.graphql', import.meta.url).pathname],
  importExtension: '.js',
  generates: {
    [new URL('./generated/', import.meta.url).pathname]: {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        skipTypename: false,
        dedupeFragments: true,
        scalars: { ID: 'string', DateTime: 'string', JSON: 'unknown' },
      },
    },
  },
};

export default config;
