import type { IncomingMessage, ServerResponse } from 'node:http';
import { Config, readEnvironment } from '../../src/platform/config/index.js';
import { OutgoingClient } from '../../src/platform/http/index.js';
import { LoopbackServer } from './loopback-server.js';

/** One call as the merchant saw it. */
export interface MerchantCallSeen {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}
/** `hang` never answers, `drip` answers a byte at a time, `endless` never stops, `reset` breaks the connection. */
export type MerchantReply =
  | 'hang'
  | 'drip'
  | 'endless'
  | 'reset'
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: unknown };

/** A merchant's API that says what a test wants, and the client of this deployment that reaches it. */
export class FakeMerchant {
  readonly calls: MerchantCallSeen[] = [];
  answer: (call: MerchantCallSeen) => MerchantReply = () => ({ status: 500 });

  private constructor(
    private readonly server: LoopbackServer,
    readonly outgoing: OutgoingClient,
  ) {}

  static async start(): Promise<FakeMerchant> {
    const at: { merchant?: FakeMerchant } = {};
    const server = await LoopbackServer.start((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => at.merchant?.reply(request, Buffer.concat(parts).toString(), response));
    });
    at.merchant = new FakeMerchant(server, outgoingTo(server.url));
    return at.merchant;
  }

  get url(): string {
    return this.server.url;
  }

  async stop(): Promise<void> {
    await this.outgoing.onApplicationShutdown();
    await this.server.stop();
  }

  private reply({ method = '', url = '', headers }: IncomingMessage, text: string, response: ServerResponse): void {
    const seen = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value?.toString()]));
    const call = { method, path: url, headers: seen, body: text === '' ? null : (JSON.parse(text) as unknown) };
    this.calls.push(call);
    const reply = this.answer(call);
    if (reply === 'hang') return;
    if (reply === 'reset') response.socket?.destroy();
    else if (reply === 'drip') drip(response);
    else if (reply === 'endless') pour(response);
    else {
      response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
      response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? {}));
    }
  }
}

/** A deployment's client that reaches a merchant on this machine, for the configuration names it. */
export function outgoingTo(url: string): OutgoingClient {
  const billing = {
    BILLING_PROVIDER: 'paddle',
    PADDLE_API_KEY: 'key',
    PADDLE_WEBHOOK_SECRET: 'secret',
    PADDLE_API_URL: url,
  };
  const environment = readEnvironment({ NODE_ENV: 'test', SANDBOX: 'off', ...billing });
  return new OutgoingClient(new Config(environment, secrets, 'postgres://x', null));
}

function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
}

function pour(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const more = () => {
    while (!response.destroyed && response.write(' '.repeat(65_536)));
  };
  response.on('drain', more);
  more();
}

const secrets = {
  encryptionKeys: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
  passwordPepper: 'a pepper for the tests',
  metaVerifyToken: 'verify',
  sandboxAppSecret: 'sandbox',
  vapidPrivateKey: Buffer.alloc(32, 7).toString('base64url'),
  receiptSigningKey: Buffer.alloc(32, 11).toString('base64'),
};
