import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Obj } from './json.ts';

/** A delivery as the business's server saw it. */
export interface Received {
  headers: http.IncomingHttpHeaders;
  raw: Buffer;
  body: Obj;
}

/** A business's server that keeps what it is sent and answers as told. */
export async function receiver(
  answer: (count: number) => number = () => 200,
): Promise<{ url: string; received: Received[]; close(): Promise<void> }> {
  const received: Received[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks);
      let body: Obj = {};
      try {
        body = JSON.parse(raw.toString()) as Obj;
      } catch {
        // Raw deliveries need not be JSON.
      }
      received.push({ headers: request.headers, raw, body });
      response.statusCode = answer(received.length);
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/meta`,
    received,
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  };
}

/** An answer whose shape the spec itself looks into: a wrong shape fails there. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Answer = any;

/** Calls a JSON endpoint. */
export async function call(
  url: string,
  method = 'GET',
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Answer; headers: Headers }> {
  const response = await fetch(url, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  let parsed: unknown = text;
  try {
    parsed = JSON.parse(text);
  } catch {
    // Text answers stay text.
  }
  return { status: response.status, body: parsed, headers: response.headers };
}

/** Waits until something holds, or fails saying what it waited for. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, ms = 5_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited ${ms} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
