// Sends webhooks over keep-alive connections that it drives itself: a general HTTP client would cost more than the server.
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from './percentile.js';
import type { SendOptions, SendPlan, Sent } from './sender.js';
import { requestOf } from './webhooks.js';

interface Request {
  readonly bytes: Buffer;
  readonly number: number;
}

const patience = 15_000;
let target = new URL('http://127.0.0.1');
let requests: Request[] = [];

process.on('message', (question: { prepare?: SendPlan; send?: SendOptions }) => {
  if (question.prepare !== undefined) {
    const { url, prefix, messages } = question.prepare;
    target = new URL(url);
    requests = messages.map((message) => ({
      bytes: requestOf(target.host, prefix, message),
      number: message.number,
    }));
    process.send?.({ prepared: requests.length });
  } else if (question.send !== undefined) {
    new Sending(question.send).run().then(
      (sent) => process.send?.(sent),
      (error: unknown) => {
        process.stderr.write(`The load could not be sent: ${String(error)}\n`);
        process.exit(1);
      },
    );
  }
});
process.on('disconnect', () => process.exit(0));

const now = () => performance.timeOrigin + performance.now();

class Sending {
  private readonly start = now();
  private readonly end: number;
  private readonly latencies: number[] = [];
  private readonly dueAt: Float64Array;
  /** What was not acknowledged and is to be sent again. */
  private readonly again: Request[] = [];
  private refused = 0;
  private next = 0;
  /** Requests that wait for their answer. */
  private busy = 0;

  constructor(private readonly options: SendOptions) {
    this.end = this.start + options.seconds * 1_000;
    this.dueAt = new Float64Array(requests.reduce((most, { number }) => Math.max(most, number), 0) + 1).fill(
      Number.NaN,
    );
  }

  async run(): Promise<Sent> {
    const before = process.cpuUsage();
    await Promise.all(Array.from({ length: this.options.connections }, () => this.lane()));
    const seconds = (now() - this.start) / 1_000;
    const used = process.cpuUsage(before);
    const { latencies, refused, dueAt } = this;
    latencies.sort((a, b) => a - b);
    return {
      acknowledged: latencies.length,
      refused,
      unsent: requests.length - this.next + this.again.length,
      seconds,
      latency: {
        p50: percentile(latencies, 0.5),
        p95: percentile(latencies, 0.95),
        p99: percentile(latencies, 0.99),
        max: latencies.at(-1) ?? Number.NaN,
      },
      dueAt,
      processorTime: (used.user + used.system) / 1_000,
    };
  }

  /** One connection's work: a request after the other, until there are none or the time is up. */
  private async lane(): Promise<void> {
    let connection: Connection | null = null;
    while (now() < this.end) {
      const request = this.again.pop() ?? requests[this.next];
      if (request === undefined) {
        // Another connection's request may still come back to be sent again.
        if (this.options.untilAcknowledged !== true || this.busy === 0) break;
        await sleep(20);
        continue;
      }
      if (request === requests[this.next]) this.next += 1;
      const due = this.dueTime(request);
      if (due > now()) await sleep(due - now());
      this.busy += 1;
      connection ??= await connect();
      const status = connection === null ? 0 : await connection.ask(request.bytes);
      this.busy -= 1;
      if (status === 200) this.latencies.push(now() - due);
      else {
        this.refused += 1;
        if (this.options.untilAcknowledged === true) this.again.push(request);
      }
      if (status === 0) {
        connection?.end();
        connection = null;
        await sleep(100);
      }
    }
    connection?.end();
  }

  /** When a request is due: by its place, whatever became of earlier ones; at once, where no rate is asked for. */
  private dueTime({ number }: Request): number {
    const { rate } = this.options;
    const due = rate === null ? now() : this.start + ((this.next - 1) / rate) * 1_000;
    if (Number.isNaN(this.dueAt[number])) this.dueAt[number] = due;
    return due;
  }
}

interface Connection {
  /** Writes one request and gives the status, 0 when the connection was cut or nothing came. */
  ask(request: Buffer): Promise<number>;
  end(): void;
}

function connect(): Promise<Connection | null> {
  const socket = net.connect({ host: target.hostname, port: Number(target.port), noDelay: true });
  let waiting: ((status: number) => void) | null = null;
  let timer: NodeJS.Timeout | null = null;
  let got: Buffer = Buffer.alloc(0);
  const answer = (status: number) => {
    const done = waiting;
    waiting = null;
    if (timer !== null) clearTimeout(timer);
    got = Buffer.alloc(0);
    done?.(status);
  };
  socket.on('data', (chunk: Buffer) => {
    got = got.length === 0 ? chunk : Buffer.concat([got, chunk]);
    const head = got.indexOf('\r\n\r\n');
    if (head === -1) return;
    const text = got.toString('latin1', 0, head);
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? 0);
    if (got.length >= head + 4 + length) answer(Number(text.slice(9, 12)));
  });
  const connection: Connection = {
    ask: (request) =>
      new Promise((resolve) => {
        if (socket.destroyed) {
          resolve(0);
          return;
        }
        waiting = resolve;
        timer = setTimeout(() => socket.destroy(), patience);
        socket.write(request);
      }),
    end: () => socket.destroy(),
  };
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(connection));
    socket.on('error', () => resolve(null));
    socket.on('close', () => answer(0));
  });
}
