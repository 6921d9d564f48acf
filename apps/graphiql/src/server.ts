import { OperationTypeNode, getOperationAST, parse } from 'graphql';
import { createClient } from 'graphql-ws';
import type { GraphiQLProps } from 'graphiql';

type Fetcher = GraphiQLProps['fetcher'];

/** What every call carries: the workspace that is meant, and a header that a foreign page's form cannot send. */
export function headersFor(workspaceId: string | null): Record<string, string> {
  return { ...(workspaceId === null ? {} : { 'x-workspace-id': workspaceId }), 'x-parley-client': 'graphiql' };
}

/** Asks this server, and no other: queries and mutations by POST, subscriptions over its socket. */
export function fetcherFor(workspaceId: string | null): Fetcher {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const socket = createClient({
    url: `${scheme}://${location.host}/graphql`,
    lazy: true,
    retryAttempts: 0,
    connectionParams: workspaceId === null ? {} : { workspaceId },
  });
  return ({ query, variables, operationName }, options) => {
    const given = variables as Record<string, unknown> | undefined;
    const document = parse(query);
    // Just after an example took the place of another, the editor still names what stood there.
    const name = getOperationAST(document, operationName) === null ? undefined : (operationName ?? undefined);
    const operation = getOperationAST(document, name);
    if (operation?.operation === OperationTypeNode.SUBSCRIPTION) {
      const told = socket.iterate({
        query,
        ...(name !== undefined && { operationName: name }),
        variables: given,
      });
      // GraphiQL shows what it is given; its types know errors only as they are before they are sent.
      return told as ReturnType<Fetcher>;
    }
    return ask({ query, variables: given, operationName: name }, { ...headersFor(workspaceId), ...options?.headers });
  };
}

async function ask(body: object, headers: Record<string, string>): Promise<object> {
  const response = await fetch('/graphql', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return (await response.json()) as object;
}

/** A workspace to choose. */
export interface Choice {
  readonly id: string;
  readonly name: string;
}

/** The workspaces of whoever is signed in; null where nobody is any more. */
export async function ownWorkspaces(): Promise<readonly Choice[] | null> {
  const answer = (await ask({ query: '{ viewer { memberships { workspace { id name } } } }' }, headersFor(null))) as {
    data?: { viewer?: { memberships: readonly { readonly workspace: Choice }[] } | null };
  };
  return answer.data?.viewer?.memberships.map(({ workspace }) => workspace) ?? null;
}
