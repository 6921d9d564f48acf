import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type TestApp, startTestApp } from '../support/app.js';

export interface Route {
  readonly method: string;
  readonly path: string;
}

interface Hooked {
  addHook(name: 'onRoute', hook: (route: { method: string | string[]; url: string }) => void): void;
}

/** Starts the server and gives with it every route that was registered on the way. */
export async function startWithRoutes(environment: Readonly<Record<string, string>>): Promise<{
  test: TestApp;
  routes: readonly Route[];
}> {
  const found = new Map<unknown, Route[]>();
  const onNew = (message: unknown) => {
    const { fastify } = message as { fastify: Hooked };
    const routes: Route[] = [];
    found.set(fastify, routes);
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) routes.push({ method: one, path: url });
    });
  };
  subscribe('fastify.initialization', onNew);
  try {
    const test = await startTestApp({ redis: false, environment });
    // The pretend platforms beside it have routes of their own.
    const routes = found.get(test.app.getHttpAdapter().getInstance());
    if (routes === undefined) throw new Error('The server was not seen to register its routes.');
    return { test, routes };
  } finally {
    unsubscribe('fastify.initialization', onNew);
  }
}

/** Each route once: HEAD goes with GET, and a built file's name loses what changes with its content. */
export function named(routes: readonly Route[]): string[] {
  const names = routes
    .filter(({ method }) => method !== 'HEAD')
    .map(
      ({ method, path }) => `${method} ${path.replace(/^((?:\/widget|\/graphiql)?\/assets\/)[^/]+(\.\w+)$/, '$1*$2')}`,
    );
  return [...new Set(names)].sort((one, other) =>
    pathOf(one) < pathOf(other) ? -1 : pathOf(one) > pathOf(other) ? 1 : one < other ? -1 : 1,
  );
}

const pathOf = (name: string) => name.slice(name.indexOf(' ') + 1);
