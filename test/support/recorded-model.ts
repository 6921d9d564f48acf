import { LoopbackServer } from './loopback-server.js';

/** What left for the model: where to, with which key, and the whole body. */
export interface RecordedCall {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: { readonly model: string; readonly messages: readonly { role: string; content: string }[] } & Readonly<
    Record<string, unknown>
  >;
}

/** What the model says: an answer with the numbers of its passages, or a status that it fails with. */
export type Said =
  { readonly answer: string; readonly sources: readonly number[]; readonly confidence?: number } | number;

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
        void begun.model?.answer(call).then(({ status, body }) => {
          response.writeHead(status, { 'content-type': 'application/json' });
          response.end(JSON.stringify(body));
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

  private async answer(call: RecordedCall): Promise<{ status: number; body: object }> {
    this.calls.push(call);
    const said = await this.say(call);
    if (typeof said === 'number') return { status: said, body: { error: { message: 'No.', type: 'server_error' } } };
    const content = JSON.stringify({ confidence: 0.9, ...said });
    const choices = [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }];
    return {
      status: 200,
      body: {
        id: 'c',
        object: 'chat.completion',
        model: call.body.model,
        choices,
        ...(this.usage && { usage: this.usage }),
      },
    };
  }
}

/** The customer's message as it stands in a request. */
export function questionIn(call: RecordedCall | undefined): string | null {
  const user = call?.body.messages.find(({ role }) => role === 'user')?.content ?? '';
  return /<customer_message>([\s\S]*)<\/customer_message>/u.exec(user)?.[1] ?? null;
}
