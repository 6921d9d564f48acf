import pg from 'pg';
import { type TestApp, startTestApp } from './app.js';
import { TestClient, eventually } from './client.js';

const number = {
  wabaId: '770000000000001',
  phoneNumberId: '660000000000001',
  accessToken: 'EAASANDBOXSYSTEM770000000000001TOKEN',
};
/** What is asked for of a draft. */
export const draftFields = `id conversationId text status confidence change language sources { knowledgeId title passage url page score internal }
  run { id provider model outcome error reason request response promptTokens completionTokens latencyMs promptVersion botId conversationId editDistance masked costCents approvedBy { id } }`;
/** The live feed, as far as drafts stand in it. */
export const feed = `subscription { inboxEvents { __typename ... on MessageAdded { message { text conversation { id } } } ... on DraftChanged { draft { ${draftFields} } } } }`;

/** The words of a draft as they come. */
export const draftText = `subscription ($id: ID!) { draftText(id: $id) { draftId offset text done } }`;

/** A draft as clients see it. */
export interface Draft {
  id: string;
  text: string;
  status: string;
  confidence: number | null;
  change: string | null;
  language: string | null;
  sources: { knowledgeId: string; title: string; passage: string; internal: boolean }[];
  run: {
    id: string;
    provider: string;
    model: string;
    outcome: string;
    error: string | null;
    reason: string | null;
    request: Record<string, unknown>;
    response: string | null;
    editDistance: number | null;
    approvedBy: { id: string } | null;
    masked: string[];
    promptTokens: number;
  } | null;
}
export interface FeedEvent {
  __typename: string;
  message: { text: string; conversation: { id: string } };
  draft: Draft;
}

/** Pairs that every workspace here knows. */
export const faq = [
  { question: 'Can I send something back?', answer: 'Yes. Returns are accepted within 30 days of delivery.' },
  { question: 'Kargo ücreti ne kadar?', answer: 'Kargo 250 TL üzeri siparişlerde ücretsizdir.' },
];
/** A text that every workspace here knows. */
export const text =
  '# Opening hours\n\nThe shop is open from 9:00 to 18:00 on weekdays. It is closed on Sunday.\n\n# Shipping\n\nStandard shipping takes 3 days. Express shipping takes 1 day and costs 9.90 EUR.';

/** A server with one WhatsApp channel, whose customers write and whose drafts are looked at. */
export class DraftsUnderTest {
  private customers = 0;

  private constructor(
    readonly app: TestApp,
    readonly owner: pg.Client,
    readonly client: TestClient,
    readonly channelId: string,
  ) {}

  static async start(environment: Readonly<Record<string, string>> = {}): Promise<DraftsUnderTest> {
    const app = await startTestApp({ environment });
    const owner = new pg.Client({ connectionString: app.database.ownerUrl });
    await owner.connect();
    const client = await TestClient.signedUp(app.url);
    const { connectWhatsApp } = await client.ask<{ connectWhatsApp: { id: string } }>(
      `mutation ($input: ConnectWhatsAppInput!) { connectWhatsApp(input: $input) { id } }`,
      { input: number },
    );
    return new DraftsUnderTest(app, owner, client, connectWhatsApp.id);
  }

  async stop(): Promise<void> {
    await this.owner.end();
    await this.client.close();
    await this.app.close();
  }

  /** Tells the pretend platforms what to do. */
  async control(path: string, body: unknown): Promise<void> {
    const response = await fetch(`${this.app.sandbox.url}/_sandbox${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`The sandbox refused: ${await response.text()}`);
  }

  /** How the pretend model answers from now on. */
  model(mode: string, more: object = {}): Promise<void> {
    return this.control('/openai', { mode, ...more });
  }

  /** What the pretend model was asked. */
  async modelCalls(): Promise<{ body: { messages: { content: string }[] }; status: number }[]> {
    const answer = (await (await fetch(`${this.app.sandbox.url}/_sandbox/ledger?kind=openai`)).json()) as {
      entries: never[];
    };
    return answer.entries;
  }

  /** A customer writes; whether it is kept is another question. */
  said(words: string, customerId: string): Promise<void> {
    return this.control('/play', {
      channel: 'whatsapp',
      accountId: number.phoneNumberId,
      customerId,
      event: { kind: 'text', text: words },
    });
  }

  /** A new customer writes; gives the conversation. */
  async written(words: string, customerId?: string): Promise<{ conversationId: string; customerId: string }> {
    const id = customerId ?? `90555000${String((this.customers += 1)).padStart(4, '0')}`;
    if (customerId === undefined) await this.control('/customers', { channel: 'whatsapp', id, name: 'Deniz' });
    await this.said(words, id);
    // By what was written, not by what stands last: a machine may have answered before anybody looks.
    const conversationId = await eventually(async () => {
      const { rows } = await this.owner.query<{ id: string }>(
        `select m.conversation_id as id from messages m
           join conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
           join contact_identities i on i.workspace_id = c.workspace_id and i.contact_id = c.contact_id
          where i.external_id = $1 and m.text = $2 and m.direction = 'INBOUND' order by m.id desc limit 1`,
        [id, words],
      );
      return rows[0]?.id ?? null;
    });
    return { conversationId, customerId: id };
  }

  /** The draft of a conversation, and how its bot stands. */
  async draftOf(conversationId: string) {
    return (
      await this.client.ask<{ conversation: { draft: Draft | null; aiMode: string; aiPaused: boolean } }>(
        `query ($id: ID!) { conversation(id: $id) { aiMode aiPaused draft { ${draftFields} } } }`,
        { id: conversationId },
      )
    ).conversation;
  }

  /** The draft, once there is one. */
  arrived(conversationId: string): Promise<Draft> {
    return eventually(async () => (await this.draftOf(conversationId)).draft);
  }

  async runsOf(conversationId: string) {
    return (
      await this.client.ask<{ aiRuns: { nodes: NonNullable<Draft['run']>[] } }>(
        `query ($id: ID) { aiRuns(conversationId: $id) { nodes { id provider outcome error response request } pageInfo { hasNextPage endCursor } } }`,
        { id: conversationId },
      )
    ).aiRuns.nodes;
  }

  /** Asks for a draft, and waits where a model writes it. */
  async ask(conversationId: string, instruction: string | null = null): Promise<Draft> {
    const begun = await this.begin(conversationId, instruction);
    return begun.status === 'GENERATING' ? this.ended(begun.id) : begun;
  }

  /** How a draft that is being written ended. */
  async ended(draftId: string): Promise<Draft> {
    const watch = this.client.watch<{ draftId: string; done: boolean }>(draftText, { id: draftId });
    await watch.until((chunk) => chunk.done);
    watch.end();
    return this.stopped(draftId);
  }

  /** A draft by its id: stopping one that is not being written any more changes nothing. */
  async stopped(draftId: string): Promise<Draft> {
    return (
      await this.client.ask<{ stopDraft: Draft }>(`mutation ($id: ID!) { stopDraft(id: $id) { ${draftFields} } }`, {
        id: draftId,
      })
    ).stopDraft;
  }

  async discard(draftId: string): Promise<Draft> {
    return (
      await this.client.ask<{ discardDraft: Draft }>(
        `mutation ($id: ID!) { discardDraft(id: $id) { ${draftFields} } }`,
        { id: draftId },
      )
    ).discardDraft;
  }

  /** Asks for other words of the draft that is proposed; gives it as it began. */
  async change(conversationId: string, change: string, language: string | null = null) {
    return (
      await this.client.ask<{ draftReply: Draft }>(
        `mutation ($id: ID!, $change: DraftChange, $language: DraftLanguage) { draftReply(conversationId: $id, change: $change, language: $language) { ${draftFields} } }`,
        { id: conversationId, change, language },
      )
    ).draftReply;
  }

  /** Asks for a draft; where a model writes it, it is only begun. */
  async begin(conversationId: string, instruction: string | null = null) {
    return (
      await this.client.ask<{ draftReply: Draft }>(
        `mutation ($id: ID!, $i: String) { draftReply(conversationId: $id, instruction: $i) { ${draftFields} } }`,
        { id: conversationId, i: instruction },
      )
    ).draftReply;
  }

  send(conversationId: string, words: string, draftId: string | null) {
    return this.client.ask<{
      sendMessage: {
        id: string;
        sources: unknown[];
        run: { outcome: string; editDistance: number | null; approvedBy: { id: string } | null } | null;
      };
    }>(
      `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id sources { title } run { outcome editDistance approvedBy { id } } } }`,
      { input: { conversationId, text: words, draftId, idempotencyKey: Math.random().toString(36) } },
    );
  }

  settings(input: object) {
    return this.client.ask(
      `mutation ($input: AiSettingsInput!) { updateAiSettings(input: $input) { enabled baseUrl model hasKey } }`,
      { input },
    );
  }

  pause(conversationId: string, how: 'pauseAi' | 'resumeAi') {
    return this.client.ask(`mutation ($id: ID!) { ${how}(conversationId: $id) { id aiPaused } }`, {
      id: conversationId,
    });
  }

  /** Until no draft is to be made any more. */
  settled(): Promise<true> {
    return eventually(async () => ((await this.openJobs()) === 0 ? true : null));
  }

  /** How many drafts are still to be made. */
  async openJobs() {
    const { rows } = await this.owner.query<{ n: number }>(
      `select count(*)::int as n from due where kind = 'draft-reply'`,
    );
    return rows[0]?.n;
  }
}
