import type { ApolloServerPlugin, BaseContext, GraphQLRequestListener } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError, visit } from 'graphql';
import { type Authenticator, type Credentials, Permission, RequestContext } from '../access/index.js';
import { checkLimits } from './limits.js';

/**
 * Before an operation runs: its size is checked (so nothing over a limit costs a statement), and in production only an
 * owner or admin may read the schema. Afterwards each error is given the id of the request.
 */
export function operationPlugin(options: {
  readonly production: boolean;
  readonly authenticator: Authenticator;
}): ApolloServerPlugin {
  const listener: GraphQLRequestListener<BaseContext> = {
    async didResolveOperation({ document, operationName, request, contextValue }) {
      checkLimits(document, operationName, request.variables ?? {});
      if (options.production && asksForSchema(document) && contextValue instanceof RequestContext)
        await allowSchema(options.authenticator, contextValue.credentials);
    },
    willSendResponse({ response, contextValue }) {
      if (response.body.kind === 'single' && contextValue instanceof RequestContext) {
        const { requestId } = contextValue.origin;
        const { errors } = response.body.singleResult;
        if (errors !== undefined) response.body.singleResult.errors = errors.map((error) => stamped(error, requestId));
      }
      return Promise.resolve();
    },
  };
  return { requestDidStart: () => Promise.resolve(listener) };
}

function stamped(error: GraphQLFormattedError, requestId: string): GraphQLFormattedError {
  return { ...error, extensions: { ...error.extensions, requestId } };
}

/** Throws for everyone who may not read the schema in production: owners and admins may. */
export async function allowSchema(authenticator: Authenticator, credentials: Credentials): Promise<void> {
  const actor = await authenticator.authenticate(credentials).catch(() => null);
  if (actor?.kind === 'member' && actor.permissions.has(Permission.ManageWorkspace)) return;
  throw new GraphQLError('The schema is shown to owners and admins; it is also at /schema.graphql.', {
    extensions: { code: 'FORBIDDEN' },
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
