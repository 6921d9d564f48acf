// The bare side: Fastify, pg and the product's statements, without GraphQL, guards or classes. The pool is as large as the
// product's; told over IPC which statements each workspace's page takes.
import Fastify from 'fastify';
import pg from 'pg';

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}
interface Order {
  readonly url: string;
  readonly pages: Readonly<Record<string, { readonly session: Statement; readonly page: Statement }>>;
}

process.once('message', (order: Order) => void serve(order));
process.on('disconnect', () => process.exit(0));

async function serve({ url, pages }: Order): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 20 });
  pool.on('error', () => undefined);
  const app = Fastify();
  app.post('/graphql', async (request) => {
    const workspace = String(request.headers['x-workspace-id']);
    const asked = pages[workspace];
    if (asked === undefined) throw new Error('This workspace was not told of.');
    await pool.query({ text: asked.session.text, values: asked.session.values.map(revived) });
    const client = await pool.connect();
    await client.query(`begin read only; select set_config('app.workspace_id', '${workspace}', true)`);
    const { fields, rows } = await client.query<unknown[]>({
      name: 'page',
      text: asked.page.text,
      values: [...asked.page.values],
      rowMode: 'array',
    });
    // As the product does, the answer does not wait for the end of the transaction.
    void client.query('commit').finally(() => client.release());
    const places = placesOf(fields.map(({ name }) => name));
    const nodes = rows.slice(0, 50).map((row) => nodeOf(row, places));
    return { data: { conversations: { nodes, pageInfo: { hasNextPage: rows.length > 50 } } } };
  });
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  process.send?.({ address });
}

/** The columns that the document asks for, by the part of the row that they stand in. */
const wanted: Readonly<Record<string, readonly string[]>> = {
  row: ['id', 'status', 'priority', 'unreadCount', 'lastActivityAt', 'lastInboundAt'],
  channel: ['id', 'name', 'status'],
  assignee: ['id', 'name'],
  contact: ['id', 'name', 'avatarUrl'],
  lastMessage: ['id', 'text', 'direction', 'sentAt'],
};
type Places = readonly { readonly part: string; readonly name: string; readonly column: number }[];

function placesOf(names: readonly string[]): Places {
  let part = 'row';
  return names.flatMap((name, column) => {
    if (name.startsWith('#')) part = name.slice(1);
    return (wanted[part] ?? []).includes(name) ? [{ part, name, column }] : [];
  });
}

function nodeOf(row: readonly unknown[], places: Places): unknown {
  const parts: Record<string, Record<string, unknown>> = {};
  for (const { part, name, column } of places) (parts[part] ??= {})[name] = row[column];
  const { row: own, ...relations } = parts;
  return { ...own, ...relations };
}

/** Bytes come over IPC as the JSON of a Buffer. */
function revived(value: unknown): unknown {
  const { type, data } = (value ?? {}) as { type?: string; data?: number[] };
  return type === 'Buffer' && data !== undefined ? Buffer.from(data) : value;
}
