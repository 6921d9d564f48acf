import { BlendPassages } from '../../src/ai/knowledge/embedding/blend-passages.js';
import { EmbeddingClient } from '../../src/ai/knowledge/embedding/embedding-client.js';
import { NearPassages } from '../../src/ai/knowledge/embedding/near-passages.js';
import { cosine, smallVector } from '../../src/ai/knowledge/embedding/vector.js';
import { ModelBreaker } from '../../src/ai/drafting/model-breaker.js';
import type { SearchPassages } from '../../src/ai/knowledge/search-passages.js';
import type { ModelAccess } from '../../src/ai/settings/model-access.js';
import { Config, readEnvironment } from '../../src/platform/config/index.js';
import type { Workspaces } from '../../src/platform/database/index.js';
import { OutgoingClient } from '../../src/platform/http/index.js';
import { RecordedModel } from '../../test/support/recorded-model.js';
import { passageText, questionText } from './made-up-text.js';
import { passageVector, questionVector } from './made-up-vectors.js';

const model = 'vectors';
const given = 6;
/** In the smallest of the workspaces, as many are about one subject. */
const most = 3;

/** A server of vectors on this machine, which knows what is asked by its number. */
export class VectorServer {
  private constructor(private readonly server: RecordedModel) {}

  static async start(): Promise<VectorServer> {
    const server = await RecordedModel.start();
    server.vectorOf = (text) => questionVector(Number(/^\d+/u.exec(text)?.[0] ?? 0));
    return new VectorServer(server);
  }

  /** With which mark the passages carry its vectors. */
  get mark(): string {
    return `${this.provider} ${model}`;
  }

  private get provider(): string {
    return new URL(this.server.url).host;
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  /** Asks so many questions as a draft does: words, then the vector of the question, then both blended. */
  async search(
    workspaces: Workspaces,
    finder: SearchPassages,
    workspaceId: string,
    { asked, warm }: { readonly asked: number; readonly warm: number },
  ): Promise<readonly number[]> {
    const config = new Config(
      readEnvironment({ NODE_ENV: 'test', SANDBOX: 'off' }),
      {} as never,
      'postgres://nowhere',
      null,
    );
    const outgoing = new OutgoingClient(config);
    const blend = new BlendPassages(workspaces, new EmbeddingClient(outgoing, new ModelBreaker()), new NearPassages());
    const access: ModelAccess = {
      workspaceId,
      provider: this.provider,
      baseUrl: this.server.url,
      apiKey: 'none',
      model: 'none',
      ofWorkspace: true,
      allowedHosts: ['127.0.0.1'],
      maskDetails: false,
      prices: null,
      embeddingPrices: null,
      dearest: { prompt: 0, completion: 0 },
      embeddingModel: model,
    };
    const times: number[] = [];
    const signal = new AbortController().signal;
    for (let question = 0; question < asked + warm; question += 1) {
      const text = questionText(question);
      const since = performance.now();
      const passages = await workspaces.read(workspaceId, (tx) =>
        finder.find(tx, { messages: [text], knowledgeIds: null, limit: given }),
      );
      const words = { question: `${String(question)} ${text}`, masked: [], botId: null, passages };
      await blend.blend(access, { ...words, limit: given }, signal);
      if (question >= warm) times.push(performance.now() - since);
    }
    await outgoing.onApplicationShutdown();
    return times;
  }
}

/** Of the passages whose whole vectors are the nearest to questions, the share that is found. */
export async function recallOf(
  workspaces: Workspaces,
  workspaceId: string,
  { mark, passages, asked }: { readonly mark: string; readonly passages: number; readonly asked: number },
): Promise<number> {
  const near = new NearPassages();
  const all = Array.from({ length: passages }, (_, passage) => smallVector(passageVector(passage)) ?? new Int8Array());
  let found = 0;
  for (let question = 0; question < asked; question += 1) {
    const vector = smallVector(questionVector(question)) ?? new Int8Array();
    const nearest = new Set(
      all
        .map((other, passage) => ({ passage, likeness: cosine(vector, other) }))
        .sort((one, other) => other.likeness - one.likeness)
        .slice(0, most)
        .map(({ passage }) => passageText(passage, passages)),
    );
    const rows = await workspaces.read(workspaceId, (tx) =>
      near.find(tx, { vector, mark, knowledgeIds: null, limit: given }),
    );
    found += rows.filter(({ text }) => nearest.has(text)).length / most;
  }
  return found / asked;
}
