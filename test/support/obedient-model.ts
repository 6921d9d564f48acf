import { type IncomingHttpHeaders, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request to the model, whole. */
export interface ModelRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
  /** All words that the model was given. */
  readonly everything: string;
  readonly user: string;
}

/** What the model says. */
export interface Said {
  readonly content: string;
  readonly toolCalls?: readonly object[];
}

/**
 * A server that speaks OpenAI's protocol and shares no line with the sandbox: it keeps every request as it came, and
 * answers what it is told to answer, at once or in pieces.
 */
export class ObedientModel {
  readonly requests: ModelRequest[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
    readonly port: number,
  ) {}

  static async start(speak: (request: ModelRequest, earlier: number) => Said): Promise<ObedientModel> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const heard = readRequest(Buffer.concat(chunks).toString());
        const { method = '', url = '', headers } = request;
        const asked = { method, path: url, headers, ...heard };
        model.requests.push(asked);
        const said = speak(asked, model.requests.length - 1);
        if (asked.body['stream'] === true) stream(response, said);
        else answer(response, said);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const model = new ObedientModel(server, `http://127.0.0.1:${String(port)}/v1`, port);
    return model;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function readRequest(raw: string): Pick<ModelRequest, 'body' | 'everything' | 'user'> {
  const body = JSON.parse(raw) as Record<string, unknown>;
  const messages = body['messages'] as readonly { readonly role: string; readonly content: string }[];
  const wordsOf = (role: string): string[] =>
    messages.filter((message) => message.role === role).map(({ content }) => content);
  return { body, everything: messages.map(({ content }) => content).join('\n'), user: wordsOf('user').join('\n') };
}

const usage = { prompt_tokens: 100, completion_tokens: 50, total_tokens: 150 };
const frame = { id: 'chatcmpl-1', created: 1_790_000_000, model: 'victim' };

function answer(response: ServerResponse, { content, toolCalls }: Said): void {
  const message = { role: 'assistant', content, ...(toolCalls && { tool_calls: toolCalls }) };
  const choices = [{ index: 0, message, finish_reason: toolCalls === undefined ? 'stop' : 'tool_calls' }];
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ ...frame, object: 'chat.completion', choices, usage }));
}

function stream(response: ServerResponse, { content, toolCalls }: Said): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (delta: object, finish: string | null): void => {
    const choices = [{ index: 0, delta, finish_reason: finish }];
    response.write(`data: ${JSON.stringify({ ...frame, object: 'chat.completion.chunk', choices })}\n\n`);
  };
  // Cut between characters, wherever that is: inside words, marks and escapes.
  for (const piece of content.match(/.{1,97}/gsu) ?? []) send({ content: piece }, null);
  if (toolCalls !== undefined) send({ tool_calls: toolCalls.map((call, index) => ({ index, ...call })) }, null);
  send({}, toolCalls === undefined ? 'stop' : 'tool_calls');
  response.write(`data: ${JSON.stringify({ ...frame, object: 'chat.completion.chunk', choices: [], usage })}\n\n`);
  response.end('data: [DONE]\n\n');
}
