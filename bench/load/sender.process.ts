// Sends webhooks over keep-alive connections that it drives itself: a general HTTP client would cost more than the server.
import net from 'node:net';
import type { SendOptions, SendPlan, Sent } from './sender.js';
import { requestOf } from './webhooks.js';
import { percentile } from './percentile.js';

const patience = 15_000;
let target: URL | null = null;
let requests: { readonly bytes: Buffer; readonly number: number }[] = [];

process.on('message', (question: { prepare?: SendPlan; send?: SendOptions }) => {
  if (question.prepare !== undefined) process.send?.(prepare(question.prepare));
  else if (question.send !== undefined) {
    const work = send(question.send);
    work.then(
      (sent) => process.send?.(sent),
      (error: unknown) => {
        process.stderr.write(`The load could not be sent: ${String(error)}\n`);
        process.exit(1);
      },
    );
  }
});
process.on('disconnect', () => process.exit(0));

function prepare(plan: SendPlan): { prepared: number } {
  target = new URL(plan.url);
  requests = plan.messages.map((message) => ({
    bytes: requestOf(target?.host ?? '', plan.prefix, message),
    number: message.number,
  }));
  return { prepared: requests.length };
}

const now = () => performance.timeOrigin + performance.now();

async function send({ connections, rate, seconds }: SendOptions): Promise<Sent> {
  const pool = await Promise.all(Array.from({ length: connections }, () => connect()));
  const before = process.cpuUsage();
  const start = now();
  const end = start + seconds * 1_000;
  const latencies: number[] = [];
  const dueAt = new Float64Array(
    requests.length === 0 ? 0 : requests.reduce((most, { number }) => Math.max(most, number), 0) + 1,
  ).fill(Number.NaN);
  let refused = 0;
  let next = 0;
  const idle = [...pool];
  await new Promise<void>((resolve) => {
    let busy = 0;
    const finished = () => {
      if (busy === 0 && (next >= requests.length || now() >= end)) {
        clearInterval(pump);
        resolve();
      }
    };
    const begin = (connection: Connection) => {
      const request = requests[next];
      if (request === undefined) return;
      const due = rate === null ? now() : start + (next / rate) * 1_000;
      next += 1;
      busy += 1;
      dueAt[request.number] = due;
      connection.ask(request.bytes, (status) => {
        busy -= 1;
        if (status === 200) latencies.push(now() - due);
        else refused += 1;
        if (status === 0) {
          // It was cut: another takes its place.
          connect().then(
            (fresh) => {
              pool.push(fresh);
              free(fresh);
            },
            () => finished(),
          );
          finished();
        } else free(connection);
      });
    };
    const isDue = () =>
      next < requests.length && now() < end && (rate === null || start + (next / rate) * 1_000 <= now());
    const free = (connection: Connection) => {
      if (isDue()) begin(connection);
      else idle.push(connection);
      finished();
    };
    const pump = setInterval(() => {
      while (idle.length > 0 && isDue()) {
        const connection = idle.pop();
        if (connection !== undefined) begin(connection);
      }
      finished();
    }, 1);
  });
  const took = (now() - start) / 1_000;
  const used = process.cpuUsage(before);
  for (const connection of pool) connection.end();
  latencies.sort((a, b) => a - b);
  return {
    acknowledged: latencies.length,
    refused,
    seconds: took,
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

interface Connection {
  /** Writes one request; `done` is told the status, 0 when the connection was cut or nothing came. */
  ask(request: Buffer, done: (status: number) => void): void;
  end(): void;
}

function connect(): Promise<Connection> {
  const socket = net.connect({ host: target?.hostname ?? '', port: Number(target?.port), noDelay: true });
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
    ask(request, done) {
      waiting = done;
      timer = setTimeout(() => socket.destroy(), patience);
      socket.write(request);
    },
    end: () => socket.destroy(),
  };
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(connection));
    socket.once('error', reject);
    socket.on('error', () => undefined);
    socket.on('close', () => answer(0));
  });
}
