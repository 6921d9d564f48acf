import { Workspaces } from '../../src/platform/database/index.js';
import { Outbox } from '../../src/platform/outbox/index.js';
import { eventually } from './client.js';
import { DraftsUnderTest, faq, text } from './drafts.js';
import { RecordedModel } from './recorded-model.js';

/** One case as it came out. */
interface Result {
  readonly question: string;
  readonly answer: string;
  readonly passed: boolean;
  readonly verdict: string | null;
  readonly latencyMs: number;
  readonly costCents: number | null;
  readonly sources: { title: string }[];
  readonly run: { purpose: string; conversationId: string | null; response: string | null } | null;
}
interface Evaluation {
  readonly id: string;
  readonly status: string;
  readonly stopped: string | null;
  readonly total: number;
  readonly judged: number;
  readonly passed: number;
  readonly costCents: number;
  readonly instructions: string;
  readonly model: string | null;
  readonly results: Result[];
}
type Case = { readonly question: string; readonly expected: string; readonly knowledgeId?: string };
interface Asked {
  readonly cases?: Case[];
  readonly set?: string;
  readonly instructions?: string;
  readonly most?: number;
}

const fields = `id status stopped botId total judged passed costCents instructions model promptVersion finishedAt
  results { question expected answer passed verdict latencyMs costCents sources { title } run { purpose conversationId response } }`;
/** Begins an evaluation. */
export const start = `mutation ($bot: ID!, $cases: [EvaluationCase!]!, $set: ID, $instructions: String, $most: Float) {
  evaluateBot(botId: $bot, cases: $cases, setId: $set, instructions: $instructions, mostCents: $most) { ${fields} } }`;

export const express: Case = {
  question: 'How long does express shipping take?',
  expected: 'Express shipping takes 1 day.',
};
export const painter: Case = { question: 'Who painted the Mona Lisa?', expected: '' };
export const returns: Case = {
  question: 'Can I send something back?',
  expected: 'Returns are accepted within 30 days.',
};

/** A shop whose bot is tried, without a model or with one that is written down. */
export class EvaluationsUnderTest {
  private constructor(
    readonly drafts: DraftsUnderTest,
    readonly model: RecordedModel,
    readonly botId: string,
    readonly shopId: string,
  ) {}

  static async start(): Promise<EvaluationsUnderTest> {
    const drafts = await DraftsUnderTest.start({ AI_ALLOWED_HOSTS: '127.0.0.1' });
    const model = await RecordedModel.start();
    const add = `mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id } }`;
    const shop = await drafts.client.ask<{ addKnowledge: { id: string } }>(add, {
      input: { kind: 'TEXT', title: 'The shop', text },
    });
    await drafts.client.ask(add, { input: { kind: 'FAQ', title: 'Questions', faq } });
    const { createBot } = await drafts.client.ask<{ createBot: { id: string } }>(
      `mutation ($input: BotInput!) { createBot(input: $input) { id } }`,
      { input: { name: 'Ada', mode: 'OFF', instructions: 'Be brief.' } },
    );
    return new EvaluationsUnderTest(drafts, model, createBot.id, shop.addKnowledge.id);
  }

  async stop(): Promise<void> {
    await this.model.stop();
    await this.drafts.stop();
  }

  ask<Answer>(query: string, variables: object = {}): Promise<Answer> {
    return this.drafts.client.ask<Answer>(query, variables as Record<string, unknown>);
  }

  async begin(asked: Asked): Promise<Evaluation> {
    return (await this.ask<{ evaluateBot: Evaluation }>(start, { bot: this.botId, cases: [], ...asked })).evaluateBot;
  }

  async read(id: string): Promise<Evaluation> {
    const query = `query ($id: ID!) { evaluation(id: $id) { ${fields} } }`;
    return (await this.ask<{ evaluation: Evaluation }>(query, { id })).evaluation;
  }

  /** An evaluation once it is over. */
  ended(id: string): Promise<Evaluation> {
    return eventually(async () => {
      const now = await this.read(id);
      return now.status === 'DONE' || now.status === 'FAILED' ? now : null;
    }, 30_000);
  }

  async evaluated(asked: Asked): Promise<Evaluation> {
    return this.ended((await this.begin(asked)).id);
  }

  /** Why an operation was refused. */
  async reason(query: string, variables: object): Promise<string | undefined> {
    return refused(await this.drafts.client.post(query, variables as Record<string, unknown>))?.reason;
  }

  /** As the queue takes a job over from a process that died. */
  takenOver(id: string): Promise<void> {
    const { app, client } = this.drafts;
    return app.app.get(Workspaces).run(client.workspaceId ?? '', async (tx) => {
      app.app.get(Outbox).schedule(tx, 'evaluate-bot', id);
    });
  }

  /** The tests ask a model of their own, whose prices nobody has said. */
  async withModel(): Promise<void> {
    await this.drafts.settings({
      enabled: true,
      baseUrl: this.model.url,
      apiKey: 'sk-own',
      model: 'of-our-own',
      monthlyBudgetCents: 1_000,
    });
  }
}

/** What a refusal says of itself. */
export function refused(answer: { errors?: readonly { extensions: object }[] }) {
  return answer.errors?.[0]?.extensions as { reason?: string; values?: object } | undefined;
}
