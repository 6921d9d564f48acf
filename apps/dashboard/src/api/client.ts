import {
  Client,
  fetchExchange,
  makeOperation,
  mapExchange,
  subscriptionExchange,
  type Exchange,
  type Operation,
} from 'urql';
import { createClient as createSocket, type Client as Socket } from 'graphql-ws';
import { toApiFailure } from './documents.js';
import { withWords } from '../i18n/index.js';
import { makeCache } from './cache.js';
import { withLateAnswers } from './late-answers.js';

interface Connection {
  client: Client;
  socket: Socket;
  /** Asks again for what did not come while there was no line, as far as it is still on the screen. */
  askAgain: () => void;
}

/**
 * The socket's library tells of its end to whoever still listens, and where the last one has just gone that nobody caught it is
 * told to the page as a fault of its own. What the end means is the feed's to say.
 */
const endOfSocket = (event: PromiseRejectionEvent) => {
  if (event.reason instanceof CloseEvent) event.preventDefault();
};

const refusalsOf = (onSignedOut: () => void): Exchange =>
  mapExchange({
    onError(error) {
      if (toApiFailure(error).code === 'UNAUTHENTICATED') onSignedOut();
    },
  });

/** A refusal that names its reason waits for the words for it; where those do not come, the server's own are shown. */
const inReadersWords: Exchange = mapExchange({
  onResult(result) {
    if (!result.error || toApiFailure(result.error).reason === undefined) return;
    return withWords(Promise.resolve(result), 'refused').catch(() => result);
  },
});

/**
 * Asks the server for what brought nothing but an error the last time. Of a question that was just answered the cache asks
 * nothing again by itself, and says nothing either: another part of the page that has the same question would wait for ever,
 * and "try again" with it.
 */
function askedAfresh(): Exchange {
  const failed = new Set<number>();
  return mapExchange({
    onOperation(operation) {
      const { kind, key, context } = operation;
      if (kind === 'teardown') failed.delete(key);
      const asksCache = context.requestPolicy === 'cache-first' || context.requestPolicy === 'cache-and-network';
      if (kind !== 'query' || !asksCache || !failed.has(key)) return operation;
      return makeOperation(kind, operation, { ...context, requestPolicy: 'network-only' });
    },
    onResult({ operation: { kind, key }, error, data }) {
      if (kind === 'query' && error && !data) failed.add(key);
      else failed.delete(key);
    },
  });
}

/** Remembers the questions that found no line: nobody has to press anything to have them asked once more. */
function unanswered(): { exchange: Exchange; take: () => readonly Operation[] } {
  const waiting = new Map<number, Operation>();
  const exchange = mapExchange({
    onOperation: ({ kind, key }) => void (kind === 'teardown' && waiting.delete(key)),
    onResult({ operation, error }) {
      if (operation.kind !== 'query') return;
      if (error?.networkError) waiting.set(operation.key, operation);
      else waiting.delete(operation.key);
    },
  });
  const take = () => {
    const taken = [...waiting.values()];
    waiting.clear();
    return taken;
  };
  return { exchange, take };
}

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
  return makeClient(null, [inReadersWords, fetchExchange]);
}

/** The client for what those who run the deployment see: in no workspace, and with a cache of its own. */
export function connectInstance(onSignedOut: () => void): Client {
  return makeClient(null, [
    refusalsOf(onSignedOut),
    inReadersWords,
    askedAfresh(),
    makeCache(() => null),
    fetchExchange,
  ]);
}

/** Client, cache and socket of one workspace. */
export function connectWorkspace(
  workspaceId: string,
  ownMemberId: () => string | null,
  onSignedOut: () => void,
): Connection {
  addEventListener('unhandledrejection', endOfSocket);
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
  const { exchange, take } = unanswered();
  const client = makeClient(workspaceId, [
    refusalsOf(onSignedOut),
    inReadersWords,
    exchange,
    askedAfresh(),
    withLateAnswers(makeCache(ownMemberId)),
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
  const askAgain = () => {
    for (const { key, query, variables, context } of take()) {
      const again = { ...context, requestPolicy: 'network-only' as const };
      client.reexecuteOperation(client.createRequestOperation('query', { key, query, variables }, again));
    }
  };
  return { client, socket, askAgain };
}
