import type { ApolloServerPlugin, BaseContext, GraphQLRequestListener } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError, visit } from 'graphql';
import { type Authenticator, type Credentials, Permission, RequestContext } from '../access/index.js';
import { ErrorCode } from '../errors/index.js';
import { formatError, wordsForInternal } from './format-error.js';
import { problemsOf } from './problems-of.js';
import { refusalStatus } from './refusal-status.js';
import { checkRows } from './row-limit.js';

/**
 * Before an operation runs: its size is checked (so nothing over a limit costs a statement), then whether it is valid, and
 * in production only an owner or admin may read the schema. Afterwards each error is given the id of the request.
 */
export function operationPlugin(options: {
  readonly production: boolean;
  readonly authenticator: Authenticator;
}): ApolloServerPlugin {
  return { requestDidStart: () => Promise.resolve(listenerOf(options)) };
}

function listenerOf(options: {
  readonly production: boolean;
  readonly authenticator: Authenticator;
}): GraphQLRequestListener<BaseContext> {
  // The server sends the one error that is thrown; a document may have more than one.
  let others: readonly GraphQLError[] = [];
  return {
    async didResolveOperation({ schema, document, operationName, request, contextValue }) {
      const [problem, ...more] = problemsOf(schema, document);
      others = more;
      if (problem !== undefined) throw problem;
      checkRows(schema, document, operationName, request.variables ?? {});
      if (options.production && asksForSchema(document) && contextValue instanceof RequestContext)
        await allowSchema(options.authenticator, contextValue.credentials);
    },
    // The server formats errors before it is known whose they are, so what failed inside is logged here, with the id.
    didEncounterErrors({ errors, contextValue }) {
      if (contextValue instanceof RequestContext)
        for (const error of errors)
          contextValue.noted.errors.push(
            String(formatError(error, contextValue.origin.requestId).extensions?.['code']),
          );
      return Promise.resolve();
    },
    willSendResponse({ request, response, contextValue }) {
      if (response.body.kind === 'single' && contextValue instanceof RequestContext) {
        const { requestId } = contextValue.origin;
        const { errors } = response.body.singleResult;
        const all = [...(errors ?? []), ...others.map((error) => formatError(error, requestId))];
        if (all.length > 0) response.body.singleResult.errors = all.map((error) => stamped(error, requestId));
        const status = refusalStatus(request, response, all);
        if (status !== undefined) response.http.status = status;
      }
      return Promise.resolve();
    },
  };
}

function stamped(error: GraphQLFormattedError, requestId: string): GraphQLFormattedError {
  const internal = error.extensions?.['code'] === ErrorCode.INTERNAL;
  const message = internal ? wordsForInternal(requestId) : error.message;
  return { ...error, message, extensions: { ...error.extensions, requestId } };
}

/** Throws for everyone who may not read the schema in production: owners and admins may. */
export async function allowSchema(authenticator: Authenticator, credentials: Credentials): Promise<void> {
  const actor = await authenticator.authenticate(credentials).catch(() => null);
  if (actor?.kind === 'member' && actor.permissions.has(Permission.ManageWorkspace)) return;
  throw new GraphQLError('The schema is shown to owners and admins; it is also at /schema.graphql.', {
    extensions: { code: 'FORBIDDEN', http: { status: 403 } },
  });
}

/** Whether a document asks for the schema. */
export function asksForSchema(document: Parameters<typeof visit>[0]): boolean {
  let asks = false;
  visit(document, {
    Field(node) {
      if (node.name.value === '__schema' || node.name.value === '__type') asks = true;
    },
  });
  return asks;
}
