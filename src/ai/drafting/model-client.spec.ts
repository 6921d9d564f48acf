import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type RunningSandbox, startSandbox } from '../../../apps/sandbox/server.js';
import { Config, readEnvironment } from '../../platform/config/index.js';
import { OutgoingClient } from '../../platform/http/index.js';
import type { ModelAccess } from '../settings/model-access.js';
import { ModelBreaker } from './model-breaker.js';
import { ModelClient } from './model-client.js';

const messages = [
  { role: 'system' as const, content: 'Rules.' },
  {
    role: 'user' as const,
    content: '<passage id="1">Returns are free.</passage>\n<customer_message>Are returns free?</customer_message>',
  },
];
let sandbox: RunningSandbox;
let odd: Server;
let answer: (body: Record<string, unknown>) => { status: number; body: string | Buffer };
let asked: Record<string, unknown>[] = [];
const outgoing = new OutgoingClient(
  new Config(readEnvironment({ NODE_ENV: 'test', SANDBOX: 'off' }), {} as never, 'postgres://nowhere', null),
);
const access = (baseUrl: string, model = 'sandbox'): ModelAccess => ({
  workspaceId: 'w',
  provider: 'x',
  baseUrl,
  apiKey: 'k',
  model,
  ofWorkspace: true,
  allowedHosts: ['127.0.0.1'],
  embeddingModel: null,
  maskDetails: false,
  prices: null,
  embeddingPrices: null,
  dearest: { prompt: 0, completion: 0 },
});
const ask = (to: ModelAccess, milliseconds = 5_000) =>
  new ModelClient(outgoing, new ModelBreaker()).ask(to, messages, 0.3, AbortSignal.timeout(milliseconds));
const oddUrl = () => `http://127.0.0.1:${String((odd.address() as AddressInfo).port)}/v1`;
const says = (message: object, finish = 'stop') => ({
  status: 200,
  body: JSON.stringify({ choices: [{ message, finish_reason: finish }] }),
});

beforeAll(async () => {
  sandbox = await startSandbox({ receipts: 'none' });
  odd = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const body = JSON.parse(text) as Record<string, unknown>;
      asked.push(body);
      const said = answer(body);
      response.writeHead(said.status, { 'content-type': 'application/json' });
      response.end(said.body);
    });
  });
  await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => (asked = []));
afterAll(async () => {
  await sandbox.close();
  odd.closeAllConnections();
  await new Promise((resolve) => odd.close(resolve));
  await outgoing.onApplicationShutdown();
});

describe('asking a model', () => {
  it('gives the text, the tokens and exactly what was sent', async () => {
    const call = await ask(access(`${sandbox.url}/openai/v1`));
    expect(call).toMatchObject({ failure: null, sent: { model: 'sandbox', messages, temperature: 0.3, store: false } });
    expect(JSON.parse(call.content ?? '')).toEqual({ answer: 'Returns are free.', sources: [1], confidence: 1 });
    expect(call.promptTokens).toBeGreaterThan(5);
    expect(Object.keys(call.sent ?? {}).sort()).toEqual([
      'max_completion_tokens',
      'messages',
      'model',
      'response_format',
      'store',
      'temperature',
    ]);
  });

  it('gives up on a server that hangs', async () => {
    const call = await ask(access(`${sandbox.url}/openai/v1`, 'sandbox:hang'), 300);
    expect(call).toMatchObject({
      content: null,
      failure: { kind: 'failed', words: 'The model server did not answer in time.' },
    });
  });

  it('leaves out, one by one, what a server does not take', async () => {
    answer = (body) => {
      const refused = ['response_format', 'temperature', 'max_completion_tokens', 'store'].find((name) => name in body);
      if (refused === undefined) return says({ content: 'Yes [1].' });
      return {
        status: 400,
        body: JSON.stringify({ error: { message: `Unsupported parameter: '${refused}'`, param: refused } }),
      };
    };
    const call = await ask(access(oddUrl()));
    expect(call).toMatchObject({ content: 'Yes [1].', failure: null });
    expect(Object.keys(call.sent ?? {}).sort()).toEqual(['messages', 'model']);
    expect(asked).toHaveLength(5);
  });

  it.each([
    [{ status: 401, body: '{"error":{"message":"Incorrect API key sk-secret"}}' }, 'refuses the key', 1],
    [{ status: 404, body: '{}' }, 'knows no model "sandbox"', 1],
    [{ status: 429, body: '{"error":{"code":"insufficient_quota"}}' }, 'no credit', 1],
    [{ status: 503, body: '{}' }, 'status 503', 2],
    [{ status: 400, body: '{"error":{"message":"no"}}' }, 'status 400', 1],
    [{ status: 307, body: '' }, 'could not be reached', 1],
    [{ status: 200, body: '{"choices":[]}' }, 'without a text', 1],
    [{ status: 200, body: 'null' }, 'could not be read', 1],
    [{ status: 200, body: '<html>' }, 'could not be read', 1],
    [{ status: 200, body: Buffer.alloc(3_000_000, 'a') }, 'more than an answer', 1],
    [says({ content: 'half' }, 'length'), 'cut off', 1],
    [says({ content: '' }, 'content_filter'), 'refused', 1],
    [says({ content: null, refusal: 'no' }), 'refused', 1],
    [says({ content: { text: 'x' } }), 'without a text', 1],
  ])('says in words what went wrong: %#', async (said, words, calls) => {
    answer = () => said;
    const call = await ask(access(oddUrl()));
    expect(call.failure?.words).toContain(words);
    expect(call.failure?.words).not.toContain('sk-secret');
    expect(asked).toHaveLength(calls);
  });

  it('goes to no address that is not public, unless it is allowed', async () => {
    for (const baseUrl of [
      oddUrl(),
      'http://169.254.169.254/v1',
      'http://[::ffff:127.0.0.1]/v1',
      'http://localhost:8080/v1',
    ]) {
      const call = await ask({ ...access(baseUrl), allowedHosts: [] });
      expect([baseUrl, call.failure?.words]).toEqual([
        baseUrl,
        expect.stringContaining('not one of the public internet'),
      ]);
    }
    expect(asked).toEqual([]);
  });
});
