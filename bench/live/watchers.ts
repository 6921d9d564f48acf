import { loadedToken, loadedWorkspaceId } from '../loader/statements.js';

/** How a watcher of the loaded workspace 0 signs in and what it subscribes to. */
export function watcher(serverUrl: string) {
  return {
    url: `${serverUrl.replace('http', 'ws')}/graphql`,
    protocol: 'graphql-transport-ws',
    headers: {
      origin: 'https://parley.example',
      cookie: `__Host-parley_session=${loadedToken(0)}`,
    },
    hello: [
      {
        send: JSON.stringify({ type: 'connection_init', payload: { workspaceId: loadedWorkspaceId(0) } }),
        until: '"connection_ack"',
      },
      {
        send: JSON.stringify({
          id: 'a1',
          type: 'subscribe',
          payload: { query: 'subscription { inboxEvents { __typename cursor at } }' },
        }),
        until: 'CaughtUp',
      },
    ],
  } as const;
}
