import net from 'node:net';
import type { AddressInfo } from 'node:net';

/** Statements that went to Postgres through a counter. */
export interface StatementCount {
  /** Messages that ask Postgres to do something: a simple query (of one statement or several) or an execution. */
  readonly sent: number;
  /** Statements that Postgres completed: begin, commit and set_config count like all others. */
  readonly completed: number;
}

/**
 * Stands between a server and Postgres and counts what is asked. It reads the wire and not a driver's calls, so a
 * statement counts however it is sent: prepared, in a pipeline, by an ORM.
 */
export class StatementCounter {
  private sent = 0;
  private completed = 0;

  private constructor(
    private readonly server: net.Server,
    private readonly sockets: Set<net.Socket>,
    /** The database's URL, through the counter. */
    readonly url: string,
  ) {}

  /** Starts before the database that the URL names. */
  static async start(databaseUrl: string): Promise<StatementCounter> {
    const target = new URL(databaseUrl);
    const sockets = new Set<net.Socket>();
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const through = new URL(databaseUrl);
    through.port = String((server.address() as AddressInfo).port);
    through.hostname = '127.0.0.1';
    const counter = new StatementCounter(server, sockets, through.href);
    server.on('connection', (client) => {
      const upstream = net.connect({ host: target.hostname, port: Number(target.port) });
      const asked = messageTypes(true, (type) => {
        if (type === 'Q' || type === 'E') counter.sent += 1;
      });
      const answered = messageTypes(false, (type) => {
        if (type === 'C') counter.completed += 1;
      });
      client.on('data', asked);
      upstream.on('data', answered);
      client.pipe(upstream).pipe(client);
      for (const socket of [client, upstream]) {
        socket.setNoDelay(true);
        sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          sockets.delete(socket);
          client.destroy();
          upstream.destroy();
        });
      }
    });
    return counter;
  }

  /** Counts what is sent while the work runs. */
  async during(work: () => Promise<unknown>): Promise<StatementCount> {
    const { sent, completed } = this;
    await work();
    return { sent: this.sent - sent, completed: this.completed - completed };
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}

/** Gives the type of each message of Postgres's protocol in a stream, however it is cut. */
function messageTypes(fromClient: boolean, tell: (type: string) => void): (chunk: Buffer) => void {
  // A client's first message has a length and no type.
  let untyped = fromClient;
  let head = Buffer.alloc(0);
  let skip = 0;
  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      if (skip > 0) {
        const some = Math.min(skip, chunk.length - at);
        skip -= some;
        at += some;
        continue;
      }
      const wanted = (untyped ? 4 : 5) - head.length;
      head = Buffer.concat([head, chunk.subarray(at, at + wanted)]);
      at += wanted;
      if (head.length < (untyped ? 4 : 5)) return;
      if (untyped) skip = head.readUInt32BE(0) - 4;
      else {
        tell(String.fromCharCode(head[0] ?? 0));
        skip = head.readUInt32BE(1) - 4;
      }
      untyped = false;
      head = Buffer.alloc(0);
    }
  };
}
