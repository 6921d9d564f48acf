import type { GraphQLRequest, GraphQLResponse } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';

/** What is wrong with the document or its variables, as GraphQL itself defines it. */
const ofTheDocument = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']);

/**
 * The status of an operation that was refused before it ran. As GraphQL over HTTP has it, a client of the older
 * `application/json` finds a refused document in an answer of 200; one that accepts `application/graphql-response+json`
 * is told by the status as well.
 */
export function refusalStatus(
  request: GraphQLRequest,
  { http, body }: GraphQLResponse,
  errors: readonly GraphQLFormattedError[],
): number | undefined {
  const ran = body.kind !== 'single' || body.singleResult.data !== undefined;
  if (ran || errors.length === 0) return http.status;
  const older = request.http?.headers.get('accept')?.includes('application/graphql-response+json') !== true;
  const document = errors.every(({ extensions }) => ofTheDocument.has(String(extensions?.['code'])));
  return older && document ? 200 : http.status;
}
