import { type IncomingHttpHeaders, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it arrived. */
export interface ModelRequest {
  readonly headers: IncomingHttpHeaders;
  readonly path: string;
  readonly body: Record<string, unknown>;
}

/** What comes back: an answer after a while, or something that servers do when they fail. */
export interface ModelReply {
  readonly afterMilliseconds?: number;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The whole body; without it a completion that says `says`. */
  readonly body?: string;
  readonly says?: string;
  /** The line is cut in the middle of the answer. */
  readonly cut?: boolean;
}

/** An OpenAI-compatible server that is not the sandbox: it records all that reaches it and answers as it is told. */
export class RecordingModel {
  readonly requests: ModelRequest[] = [];
  reply: (request: ModelRequest) => ModelReply = () => ({});

  private constructor(private readonly server: Server) {}

  static async start(): Promise<RecordingModel> {
    const server = createServer();
    const model = new RecordingModel(server);
    server.on('request', (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(parts).toString() || '{}') as Record<string, unknown>;
        const asked = { headers: request.headers, path: request.url ?? '', body };
        model.requests.push(asked);
        const reply = model.reply(asked);
        setTimeout(() => {
          const text = reply.body ?? completion(reply.says ?? '');
          response.writeHead(reply.status ?? 200, {
            'content-type': 'application/json',
            ...(reply.cut === true && { 'content-length': String(Buffer.byteLength(text)) }),
            ...reply.headers,
          });
          if (reply.cut === true) response.write(text.slice(0, 10), () => response.destroy());
          else response.end(text);
        }, reply.afterMilliseconds ?? 0);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return model;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}/v1`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function completion(says: string): string {
  return JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant', content: says }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 400, completion_tokens: 100, total_tokens: 500 },
  });
}

/** An answer as a model is asked for it. */
export function modelAnswer(answer: string, sources: readonly number[] = [1], confidence = 0.9): string {
  return JSON.stringify({ answer, sources, confidence });
}
