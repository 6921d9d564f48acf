import { Client, fetchExchange, mapExchange, subscriptionExchange, type Exchange } from 'urql';
import { createClient as createSocket, type Client as Socket } from 'graphql-ws';
import { toApiFailure } from './documents.js';
import { makeCache } from './cache.js';

interface Connection {
  client: Client;
  socket: Socket;
}

const refusalsOf = (onSignedOut: () => void): Exchange =>
  mapExchange({
    onError(error) {
      if (toApiFailure(error).code === 'UNAUTHENTICATED') onSignedOut();
    },
  });

function makeClient(workspaceId: string | null, exchanges: Exchange[]): Client {
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    exchanges,
    fetchOptions: () => ({
      credentials: 'include',
      headers: {
        'content-type': 'application/json',
        // A header of our own makes the browser ask first, which a foreign page's form cannot.
        'x-parley-client': 'dashboard',
        // The language that was chosen here, which may be another than the browser's.
        'accept-language': document.documentElement.lang || 'en',
        ...(workspaceId ? { 'x-workspace-id': workspaceId } : {}),
      },
    }),
  });
}

/** The client for what needs no workspace: sign up, sign in, who am I. It keeps nothing. */
export function connectAccount(): Client {
  return makeClient(null, [fetchExchange]);
}

/** Client, cache and socket of one workspace. */
export function connectWorkspace(
  workspaceId: string,
  ownMemberId: () => string | null,
  onSignedOut: () => void,
): Connection {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  let pongDue: ReturnType<typeof setTimeout> | undefined;
  const socket: Socket = createSocket({
    url: `${scheme}://${location.host}/graphql`,
    connectionParams: { workspaceId },
    // The feed decides when to come back, and with which cursor; the socket only says that it is gone.
    retryAttempts: 0,
    lazy: true,
    // A dead line is noticed within 2 s + 0.9 s: the promise is a banner within 3 s.
    keepAlive: 2_000,
    on: {
      ping: (received) => {
        if (!received) pongDue = setTimeout(() => socket.terminate(), 900);
      },
      pong: (received) => {
        if (received) clearTimeout(pongDue);
      },
      closed: () => clearTimeout(pongDue),
    },
  });
  const client = makeClient(workspaceId, [
    refusalsOf(onSignedOut),
    makeCache(ownMemberId),
    fetchExchange,
    subscriptionExchange({
      forwardSubscription: (operation) => ({
        subscribe: (sink) => ({
          unsubscribe: socket.subscribe(
            {
              query: operation.query ?? '',
              ...(operation.variables ? { variables: operation.variables as Record<string, unknown> } : {}),
            },
            sink as Parameters<typeof socket.subscribe>[1],
          ),
        }),
      }),
    }),
  ]);
  return { client, socket };
}
