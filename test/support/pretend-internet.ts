import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { type IncomingMessage, type ServerResponse, request } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, type Server, connect } from 'node:net';
import path from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { certificateFor } from './certificate.js';

/** Something that a server wanted of the world: a connection, a question to a name server, or a datagram. */
export interface OutgoingCall {
  readonly host?: string;
  readonly port?: number;
  readonly asked?: string;
  readonly datagram?: string;
}

/** Who stands for a host. */
export type StandIn =
  /** A web server of this machine; its paths go below that of the address. What it says of itself is said of `insteadOf`. */
  | { readonly web: string; readonly insteadOf?: Readonly<Record<string, string>> }
  /** Answers every web request so. */
  | { readonly answers: (path: string) => { readonly status: number; readonly body: string | Buffer } }
  /** A port of this machine that speaks another protocol; behind TLS where it is said so. */
  | { readonly port: number; readonly at: number; readonly tls?: true };

/**
 * The internet as a server sees it that is started with `environment`: real names, real TLS, and behind them stand-ins on
 * this machine. What the server calls is written down by name, whichever library calls it, and nothing leaves the machine.
 */
export class PretendInternet {
  private constructor(
    private readonly servers: readonly Server[],
    private readonly record: string,
    /** What a server that is to live in it is started with. */
    readonly environment: Readonly<Record<string, string>>,
  ) {}

  static async start(hosts: Readonly<Record<string, StandIn>>): Promise<PretendInternet> {
    const folder = await mkdtemp(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '', 'internet-'));
    const certificate = certificateFor(Object.keys(hosts));
    const trusted = path.join(folder, 'trusted.pem');
    const record = path.join(folder, 'calls.jsonl');
    await Promise.all([writeFile(trusted, certificate.cert), writeFile(record, '')]);
    const web = createServer(certificate, (asked, answer) => void serve(hosts, asked, answer));
    const servers: Server[] = [web];
    const webPort = await listening(web);
    const world: Record<string, Record<number, number>> = {};
    for (const [host, standIn] of Object.entries(hosts)) {
      if (!('port' in standIn)) {
        world[host] = { 443: webPort };
        continue;
      }
      const { port, at, tls } = standIn;
      world[host] = { [port]: at };
      if (tls === undefined) continue;
      const server = createTlsServer(certificate, (socket) => {
        const inner = connect(at, '127.0.0.1');
        for (const end of [socket, inner]) end.on('error', () => (socket.destroy(), inner.destroy()));
        socket.pipe(inner).pipe(socket);
      });
      servers.push(server);
      world[host] = { [port]: await listening(server) };
    }
    return new PretendInternet(servers, record, {
      NODE_OPTIONS: `--import=${path.join(import.meta.dirname, 'record-outgoing.mjs')}`,
      NODE_EXTRA_CA_CERTS: trusted,
      OUTGOING_RECORD: record,
      PRETEND_WORLD: JSON.stringify(world),
    });
  }

  /** What was called so far, as often as it was. */
  async calls(): Promise<readonly OutgoingCall[]> {
    const lines = (await readFile(this.record, 'utf8')).split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as OutgoingCall);
  }

  /** The hosts that connections were for, each once. */
  async hosts(): Promise<readonly string[]> {
    return [...new Set((await this.calls()).flatMap(({ host }) => (host === undefined ? [] : [host])))].sort();
  }

  async stop(): Promise<void> {
    for (const server of this.servers) {
      if ('closeAllConnections' in server) (server as unknown as { closeAllConnections(): void }).closeAllConnections();
      server.close();
    }
    await Promise.resolve();
  }
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function serve(
  hosts: Readonly<Record<string, StandIn>>,
  asked: IncomingMessage,
  answer: ServerResponse,
): Promise<void> {
  const body = await bytesOf(asked);
  const standIn = hosts[asked.headers.host?.split(':')[0] ?? ''];
  if (standIn === undefined || 'port' in standIn) {
    answer.writeHead(421).end();
    return;
  }
  if ('answers' in standIn) {
    const { status, body: said } = standIn.answers(asked.url ?? '/');
    answer.writeHead(status, { 'content-type': 'application/json' }).end(said);
    return;
  }
  const { insteadOf = {} } = standIn;
  const url = new URL(`${standIn.web}${asked.url ?? '/'}`);
  const headers = { ...asked.headers, 'content-length': String(body.length) };
  const onward = request(url, { method: asked.method ?? 'GET', headers, setHost: false }, (response) => {
    void bytesOf(response).then((said) => {
      const json = /json/.test(response.headers['content-type'] ?? '');
      const text = Object.entries(insteadOf).reduce((all, [from, to]) => all.replaceAll(from, to), said.toString());
      const whole = json ? Buffer.from(text) : said;
      const { 'content-length': _, 'transfer-encoding': __, ...kept } = response.headers;
      answer.writeHead(response.statusCode ?? 502, { ...kept, 'content-length': String(whole.length) }).end(whole);
    });
  });
  onward.on('error', () => answer.destroy());
  onward.end(body);
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
