import { LoopbackServer } from './loopback-server.js';

/** What left for the model: where to, with which key, and the whole body. */
export interface RecordedCall {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: { readonly model: string; readonly messages: readonly { role: string; content: string }[] } & Readonly<
    Record<string, unknown>
  >;
}

/** What servers send that fail: anything at all, or a line that is cut in the middle of it. */
export interface Raw {
  readonly raw: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cut?: boolean;
}

/** What the model says: an answer with the numbers of its passages, a status that it fails with, or whatever it is. */
export type Said =
  { readonly answer: string; readonly sources: readonly number[]; readonly confidence?: number } | number | Raw;

/** An OpenAI-compatible server of the tests' own, which keeps whatever it is sent and says what it is told. */
export class RecordedModel {
  readonly calls: RecordedCall[] = [];
  /** Made from what was asked, for each call. */
  say: (call: RecordedCall) => Said | Promise<Said> = () => ({ answer: 'NOTHING_GROUNDED', sources: [] });
  /** What it says that it has used; null: nothing, as some servers do. */
  usage: { readonly prompt_tokens: number; readonly completion_tokens: number } | null = {
    prompt_tokens: 1_000,
    completion_tokens: 100,
  };

  /** The vector of a text, where vectors are asked for; null: the server fails. */
  vectorOf: (text: string) => readonly number[] | null = () => [1, 0, 0];

  /** What comes of asking for vectors instead of them; null: they are given. */
  sayVectors: (() => Raw | Promise<Raw>) | null = null;

  private constructor(private readonly server: LoopbackServer) {}

  static async start(): Promise<RecordedModel> {
    const begun: { model?: RecordedModel } = {};
    const server = await LoopbackServer.start((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const call = {
          path: request.url ?? '',
          authorization: request.headers.authorization,
          body: JSON.parse(Buffer.concat(parts).toString()) as RecordedCall['body'],
        };
        void begun.model?.answer(call).then(({ raw, status = 200, headers, cut }) => {
          const length = cut === true ? { 'content-length': String(Buffer.byteLength(raw)) } : {};
          response.writeHead(status, { 'content-type': 'application/json', ...length, ...headers });
          if (cut === true) response.write(raw.slice(0, 10), () => response.destroy());
          else response.end(raw);
        });
      });
    });
    return (begun.model = new RecordedModel(server));
  }

  /** Where it is, as a workspace names it. */
  get url(): string {
    return `${this.server.url}/v1`;
  }

  /** What the customer's message was in the last call. */
  get lastQuestion(): string | null {
    return questionIn(this.calls.at(-1));
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  /** The texts that left to be given vectors. */
  get embeddedTexts(): string[] {
    return this.calls
      .filter(({ path }) => path.endsWith('/embeddings'))
      .flatMap(({ body }) => body['input'] as string[]);
  }

  private embedded({ body }: RecordedCall): Raw {
    const texts = body['input'] as string[];
    const vectors = texts.map((text) => this.vectorOf(text));
    if (vectors.includes(null)) return failure(500);
    const data = vectors.map((embedding, index) => ({ object: 'embedding', index, embedding }));
    const usage = this.usage && { usage: { prompt_tokens: 10 * texts.length } };
    return { raw: JSON.stringify({ object: 'list', model: body.model, data, ...usage }) };
  }

  private async answer(call: RecordedCall): Promise<Raw> {
    this.calls.push(call);
    if (call.path.endsWith('/embeddings')) return this.sayVectors?.() ?? this.embedded(call);
    const said = await this.say(call);
    if (typeof said === 'number') return failure(said);
    if ('raw' in said) return said;
    const content = JSON.stringify({ confidence: 0.9, ...said });
    const choices = [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }];
    const usage = this.usage && { usage: this.usage };
    return { raw: JSON.stringify({ id: 'c', object: 'chat.completion', model: call.body.model, choices, ...usage }) };
  }
}

function failure(status: number): Raw {
  return { status, raw: JSON.stringify({ error: { message: 'No.', type: 'server_error' } }) };
}

/** The customer's message as it stands in a request. */
export function questionIn(call: RecordedCall | undefined): string | null {
  const user = call?.body.messages.find(({ role }) => role === 'user')?.content ?? '';
  return /<customer_message>([\s\S]*)<\/customer_message>/u.exec(user)?.[1] ?? null;
}
