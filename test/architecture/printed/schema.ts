import { GraphQLSchemaHost } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema as print } from 'graphql';
import type { Source } from './documents.js';

/** The public schema as the running server has it, sorted. */
export function printSchema({ app }: Pick<Source, 'app'>): string {
  const { schema } = app.get(GraphQLSchemaHost, { strict: false });
  return `# Printed by \`npm run print\` from the server's classes.\n\n${print(lexicographicSortSchema(schema))}\n`;
}
