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

/**
 * The one place where an error becomes what a client sees: refusals in their own words, everything else masked, and logged
 * where it is known for which request.
 */
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
      ...(original.reason !== undefined && { reason: original.reason }),
      ...(original.values !== undefined && { values: original.values }),
      requestId,
    };
    return { message: original.message, ...place, extensions };
  }
  const code = graphql.extensions['code'];
  if (typeof code === 'string' && protocolCodes.has(code)) {
    const field = graphql.extensions['field'];
    return {
      message: inOurWords(graphql.message),
      ...place,
      extensions: { code, ...(typeof field === 'string' && { field }), requestId },
    };
  }
  if (graphql.originalError === null || graphql.originalError === undefined) {
    if (graphql.nodes !== undefined && graphql.path === undefined) {
      return {
        message: inOurWords(graphql.message),
        ...place,
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED', requestId },
      };
    }
  }
  if (requestId !== '')
    logger.error({ err: original, requestId, path: graphql.path?.join('.') }, 'An operation failed.');
  return { message: wordsForInternal(requestId), ...place, extensions: { code: ErrorCode.INTERNAL, requestId } };
}

/** What a client is told of a failure inside. */
export function wordsForInternal(requestId: string): string {
  return `Something went wrong on our side. If it happens again, report this id: ${requestId}`;
}

/**
 * What GraphQL says of a document, without what it quotes: a suggestion tells names of the schema to those who may not
 * read it, and a value in the wrong place may be a password, which the client's own log would keep.
 */
function inOurWords(message: string): string {
  const variable = /^Variable "(\$\w+)" got invalid value [^]*$/.exec(message)?.[1];
  if (variable !== undefined) {
    const place = / at "([\w.[\]]+)"; /.exec(message)?.[1];
    const missing = /Field "(\w+)" of required type "[\w[\]!]+" was not provided\.$/.exec(message);
    const unknown = /Field "(\w+)" is not defined by type "\w+"\./.exec(message);
    const reason = missing?.[0] ?? unknown?.[0] ?? 'It is of another type.';
    return `Variable "${variable}" got an invalid value${place === undefined ? '' : ` at "${place}"`}. ${reason}`;
  }
  return message
    .replace(/ Did you mean [^?]*\?/g, '')
    .replace(/ (cannot represent (?:a )?[\w -]+): [^]*$/, ' $1.')
    .replace(/^Value "[^]*" does not exist in /, 'The value does not exist in ')
    .replace(/ (String|BlockString) "[^]*"/, ' $1');
}
