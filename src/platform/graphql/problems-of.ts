import { type DocumentNode, GraphQLError, type GraphQLSchema, validate } from 'graphql';
import { checkShape } from './limits.js';

const known = new WeakMap<
  DocumentNode,
  { readonly schema: GraphQLSchema; readonly problems: readonly GraphQLError[] }
>();

/**
 * Why a document may not run: its size, looked at first because it is cheap, then what validation finds. Worked out once
 * for each document object; whoever keeps documents keeps this.
 */
export function problemsOf(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] {
  const found = known.get(document);
  if (found?.schema === schema) return found.problems;
  const problems = findProblems(schema, document);
  known.set(document, { schema, problems });
  return problems;
}

function findProblems(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] {
  try {
    checkShape(document);
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
  return validate(schema, document, undefined, { maxErrors: 20, hideSuggestions: true }).map(
    ({ message, nodes, source, positions }) =>
      new GraphQLError(message, {
        nodes: nodes ?? null,
        source: source ?? null,
        positions: positions ?? null,
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } },
      }),
  );
}
