import { named, startWithRoutes } from '../../http/routes.js';
import { production } from '../../http/production.js';
import { doorsOf } from './permissions.js';
import { table } from './table.js';

/** Every HTTP route of the running server, who may call it, and where it exists. */
export async function printRoutes(): Promise<string> {
  const [open, closed] = [await routesIn({ NODE_ENV: 'development' }), await routesIn(production)];
  const rows = [...new Map([...open, ...closed])].map(([name, who]) => {
    const [method = '', path = ''] = name.split(' ');
    const where = !closed.has(name) ? 'development only' : open.has(name) ? '' : 'production only';
    return [method, `\`${path}\``, who, where];
  });
  return `# Routes

Printed by \`npm run print\` from the running server, in development and in production. A new route fails the tests until it
is printed here and looked at. HEAD goes with every GET. What the dashboard and web chats are built into is served as it
is; the dashboard's own addresses are views of one page. A WebSocket is taken at \`/graphql\` alone.

${table(['method', 'path', 'who', 'where'], rows)}
`;
}

async function routesIn(environment: Readonly<Record<string, string>>): Promise<ReadonlyMap<string, string>> {
  const { test, routes } = await startWithRoutes(environment);
  try {
    const rules = new Map(doorsOf(test.app).map(({ name, rule }) => [name, rule]));
    const names = named(routes);
    if (!names.includes('GET /index.html')) throw new Error('The dashboard is not built: npm run build');
    return new Map(
      names.map((name) => {
        const rule = rules.get(name);
        if (name.endsWith(' /graphql')) return [name, name.startsWith('POST') ? 'each operation says' : 'refused: 405'];
        if (rule === undefined) {
          if (!name.startsWith('GET ')) throw new Error(`${name} takes something in and says not from whom.`);
          const whose = name.startsWith('GET /widget/')
            ? 'a web chat'
            : name.startsWith('GET /graphiql/')
              ? 'the page for GraphQL'
              : 'the dashboard';
          return [name, `everyone: ${whose}`];
        }
        if (rule.kind === 'public') return [name, `everyone: ${rule.reason}`];
        return [name, rule.kind === 'signed-in' ? 'any person who is signed in' : `members with ${rule.permission}`];
      }),
    );
  } finally {
    await test.close();
  }
}
