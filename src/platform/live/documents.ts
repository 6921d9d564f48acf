import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  visit,
} from 'graphql';
import { limits, problemsOf } from '../graphql/index.js';

interface Known {
  readonly document: DocumentNode;
  readonly errors: readonly GraphQLError[];
}

const capacity = 1_000;
const known = new WeakMap<GraphQLSchema, Map<string, Known>>();

/** Parses and validates a document once for each schema. Throws GraphQLError on a syntax error. */
export function knownDocument(schema: GraphQLSchema, source: string): Known {
  const documents = known.get(schema) ?? new Map<string, Known>();
  known.set(schema, documents);
  const found = documents.get(source);
  if (found !== undefined) return found;
  const document = parsed(source);
  const entry = { document, errors: problemsOf(schema, document) };
  if (documents.size >= capacity) documents.delete(documents.keys().next().value ?? '');
  documents.set(source, entry);
  return entry;
}

function parsed(source: string): DocumentNode {
  try {
    return parse(source, { maxLexicalTokens: limits.tokens });
  } catch (error) {
    // What is nested thousands of levels deep ends the parser's stack: the document's fault, not ours.
    throw withCode(
      error instanceof GraphQLError ? error : new GraphQLError('Nested too deeply.'),
      'GRAPHQL_PARSE_FAILED',
    );
  }
}

/** The same error under the code that it has over HTTP. */
function withCode({ message, nodes, source, positions }: GraphQLError, code: string): GraphQLError {
  const place = { nodes: nodes ?? null, source: source ?? null, positions: positions ?? null };
  return new GraphQLError(message, { ...place, extensions: { code } });
}

/** The operation that a request means; null where the name fits none, or none is named and there are several. */
export function operationOf(document: DocumentNode, name: string | null | undefined): OperationDefinitionNode | null {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (name === null || name === undefined) return operations.length === 1 ? (operations[0] ?? null) : null;
  return operations.find((operation) => operation.name?.value === name) ?? null;
}

/**
 * What decides the payload of a subscription's events besides who may see them: the document and its variables. The
 * variable of `after` says only where a watcher begins, so watchers that differ in it alone still share.
 */
export function groupKeyOf(
  source: string,
  document: DocumentNode,
  name: string | null | undefined,
  variables: Readonly<Record<string, unknown>>,
): string {
  const uses = new Map<string, { total: number; after: number }>();
  visit(document, {
    OperationDefinition: (node) =>
      name === null || name === undefined || node.name?.value === name ? undefined : false,
    Argument(node) {
      if (node.name.value === 'after' && node.value.kind === Kind.VARIABLE)
        count(uses, node.value.name.value).after += 1;
    },
    Variable(node, _key, parent) {
      const isDefinition =
        parent !== undefined && !Array.isArray(parent) && 'kind' in parent && parent.kind === Kind.VARIABLE_DEFINITION;
      if (!isDefinition) count(uses, node.name.value).total += 1;
    },
  });
  const deciding = Object.entries(variables).filter(([variable]) => {
    const use = uses.get(variable);
    return use !== undefined && use.total > use.after;
  });
  return JSON.stringify([source, name ?? null, deciding.sort(([a], [b]) => (a < b ? -1 : 1))]);
}

/** Whether a document asks for any of these fields. */
export function mentions(document: DocumentNode, fields: ReadonlySet<string>): boolean {
  let found = false;
  visit(document, {
    Field(node) {
      if (fields.has(node.name.value)) found = true;
    },
  });
  return found;
}

function count(uses: Map<string, { total: number; after: number }>, name: string): { total: number; after: number } {
  const use = uses.get(name) ?? { total: 0, after: 0 };
  uses.set(name, use);
  return use;
}
