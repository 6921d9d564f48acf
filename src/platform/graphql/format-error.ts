import { Logger } from '@nestjs/common';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { DomainError, ErrorCode } from '../errors/index.js';

const logger = new Logger('GraphQL');
// Codes of the GraphQL server itself: the document or its variables cannot be understood.
const protocolCodes = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'TOO_COMPLEX',
  'FORBIDDEN',
  'UNAUTHENTICATED',
]);

/** The one place where an error becomes what a client sees: refusals in their own words, everything else masked. */
export function formatError(error: unknown, requestId: string): GraphQLFormattedError {
  const graphql =
    error instanceof GraphQLError
      ? error
      : new GraphQLError('', { originalError: error instanceof Error ? error : null });
  const original = graphql.originalError ?? graphql;
  const place = {
    ...(graphql.locations && { locations: graphql.locations }),
    ...(graphql.path && { path: graphql.path }),
  };
  if (original instanceof DomainError) {
    const extensions = {
      code: original.code,
      ...(original.field !== undefined && { field: original.field }),
      ...(original.retryAfter !== undefined && { retryAfter: original.retryAfter }),
      requestId,
    };
    return { message: original.message, ...place, extensions };
  }
  const code = graphql.extensions['code'];
  if (typeof code === 'string' && protocolCodes.has(code)) {
    const field = graphql.extensions['field'];
    return {
      message: withoutSuggestion(graphql.message),
      ...place,
      extensions: { code, ...(typeof field === 'string' && { field }), requestId },
    };
  }
  if (graphql.originalError === null || graphql.originalError === undefined) {
    if (graphql.nodes !== undefined && graphql.path === undefined) {
      return {
        message: withoutSuggestion(graphql.message),
        ...place,
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED', requestId },
      };
    }
  }
  logger.error({ err: original, requestId, path: graphql.path?.join('.') }, 'An operation failed.');
  return {
    message: `Something went wrong on our side. If it happens again, report this id: ${requestId}`,
    ...place,
    extensions: { code: ErrorCode.INTERNAL, requestId },
  };
}

// A suggestion tells names of the schema to those who may not read it.
function withoutSuggestion(message: string): string {
  return message.replace(/ Did you mean [^?]*\?/g, '');
}
