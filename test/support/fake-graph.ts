import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call as Graph saw it. */
export interface GraphCall {
  readonly method: string;
  /** Below the version, without the query; `ig:` in front on Instagram's host. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly token: string | null;
  readonly body: unknown;
}

/** What Graph answers; `raw` is sent as it is, `hang` never answers, `reset` breaks the connection. */
export interface GraphReply {
  readonly status?: number;
  readonly body?: unknown;
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly trouble?: 'hang' | 'reset';
}

type Answer = (call: GraphCall) => GraphReply | null;

/** Graph as its documentation has it, and no more: each test says what it answers. */
export class FakeGraph {
  readonly calls: GraphCall[] = [];
  answer: Answer = () => null;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<FakeGraph> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const graph = new FakeGraph(server, `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const url = new URL(request.url ?? '/', graph.url);
        const text = Buffer.concat(chunks).toString();
        const path = url.pathname.replace(/^\/instagram\/v[\d.]+\//, 'ig:').replace(/^\/v[\d.]+\//, '');
        const call = {
          method: request.method ?? 'GET',
          path,
          query: Object.fromEntries(url.searchParams),
          token: request.headers.authorization?.replace('Bearer ', '') ?? url.searchParams.get('access_token'),
          body: text === '' ? null : readBody(text),
        };
        graph.calls.push(call);
        const reply = graph.answer(call) ?? graphError(100, 33, 400);
        if (reply.trouble === 'reset') request.socket.destroy();
        if (reply.trouble !== undefined) return;
        response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
        response.end(reply.raw ?? JSON.stringify(reply.body ?? {}));
      });
    });
    return graph;
  }

  /** The calls to a path so far. */
  to(path: string): GraphCall[] {
    return this.calls.filter((call) => call.path === path);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** An error in Graph's envelope, with a text that nobody may be shown. */
export function graphError(code: number, subcode: number | null = null, status = 400): GraphReply {
  const error = {
    message: 'PROVIDER TEXT',
    type: 'OAuthException',
    code,
    ...(subcode !== null && { error_subcode: subcode }),
    fbtrace_id: 'A',
  };
  return { status, body: { error } };
}

/** JSON, or a form as it came. */
function readBody(text: string): unknown {
  return text.startsWith('{') || text.startsWith('[')
    ? (JSON.parse(text) as unknown)
    : Object.fromEntries(new URLSearchParams(text));
}
