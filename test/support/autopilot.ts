import { DraftsUnderTest, faq, text } from './drafts.js';
import { eventually } from './client.js';

/** A message as the database holds it. */
export interface SaidRow {
  readonly id: string;
  readonly author: string;
  readonly direction: string;
  readonly status: string;
  readonly text: string;
  readonly error: string | null;
}

/** Where a customer wrote. */
export interface Written {
  readonly conversationId: string;
  readonly customerId: string;
}

/** A server whose bot answers by itself. */
export class AutopilotUnderTest {
  private customers = 0;
  private line: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly drafts: DraftsUnderTest,
    private bots: string,
  ) {}

  /** The bot that answers now. */
  get botId(): string {
    return this.bots;
  }

  static async start(environment: Readonly<Record<string, string>> = {}): Promise<AutopilotUnderTest> {
    const drafts = await DraftsUnderTest.start(environment);
    for (const input of [
      { kind: 'TEXT', title: 'The shop', text },
      { kind: 'FAQ', title: 'Questions', faq },
    ])
      await drafts.client.ask(`mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id } }`, { input });
    const auto = new AutopilotUnderTest(drafts, '');
    await auto.newBot();
    return auto;
  }

  /** Gives the channel a bot that answers by itself. */
  async newBot(): Promise<void> {
    const { createBot } = await this.drafts.client.ask<{ createBot: { id: string } }>(
      `mutation ($input: BotInput!) { createBot(input: $input) { id } }`,
      { input: { name: 'Ada', mode: 'AUTO', channelIds: [this.drafts.channelId] } },
    );
    this.bots = createBot.id;
  }

  stop(): Promise<void> {
    return this.drafts.stop();
  }

  /** Changes the bot. */
  async bot(input: object): Promise<void> {
    await this.drafts.client.ask(
      `mutation ($id: ID!, $input: BotInput!) { updateBot(id: $id, input: $input) { id } }`,
      { id: this.botId, input },
    );
  }

  /** Until nothing is to be answered or sent any more. */
  async quiet(): Promise<void> {
    await eventually(async () => {
      const rows = await this.query<{ n: number }>(
        `select (select count(*) from due where kind in ('draft-reply', 'deliver-messages') and due_at <= now() + interval '5 s')
              + (select count(*) from deliveries where set_aside_at is null)
              + (select count(*) from messages where status in ('QUEUED', 'SENDING')) as n`,
      );
      return Number(rows[0]?.n) === 0 ? true : null;
    });
  }

  /** Until nothing is to be answered or sent in one conversation. */
  async quietIn(conversationId: string): Promise<void> {
    await eventually(async () => {
      const rows = await this.query<{ n: number }>(
        `select (select count(*) from due where row_id = $1 and kind in ('draft-reply', 'deliver-messages') and due_at <= now() + interval '5 s')
              + (select count(*) from messages where conversation_id = $1 and status in ('QUEUED', 'SENDING')) as n`,
        [conversationId],
      );
      return Number(rows[0]?.n) === 0 ? true : null;
    });
  }

  /** Makes the conversation the member's. */
  async assign(conversationId: string): Promise<void> {
    const rows = await this.query<{ id: string }>(
      `select id from members where workspace_id = (select workspace_id from conversations where id = $1)`,
      [conversationId],
    );
    await this.drafts.client.ask(
      `mutation ($id: ID!, $memberId: ID) { assignConversation(id: $id, memberId: $memberId) { id } }`,
      { id: conversationId, memberId: rows[0]?.id },
    );
  }

  /** A customer writes; gives the conversation once all is quiet. */
  async written(words: string, customerId?: string): Promise<Written> {
    const written = await this.arrived(words, customerId);
    await this.quiet();
    return written;
  }

  /** A customer writes; gives the conversation as soon as the message is there. */
  async arrived(words: string, customerId?: string): Promise<Written> {
    const id = customerId ?? `90555001${String((this.customers += 1)).padStart(4, '0')}`;
    if (customerId === undefined) await this.drafts.control('/customers', { channel: 'whatsapp', id, name: 'Deniz' });
    const before = await this.lastFrom(id);
    await this.drafts.control('/play', {
      channel: 'whatsapp',
      accountId: '660000000000001',
      customerId: id,
      event: { kind: 'text', text: words },
    });
    const { conversationId } = await eventually(async () => {
      const last = await this.lastFrom(id);
      return last !== null && last.id !== before?.id ? last : null;
    });
    return { conversationId, customerId: id };
  }

  /** One after the other, as one connection can. */
  private query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const next = this.line.then(async () => (await this.drafts.owner.query<Row>(text, [...values])).rows);
    this.line = next.catch(() => undefined);
    return next;
  }

  private async lastFrom(customerId: string): Promise<{ id: string; conversationId: string } | null> {
    const rows = await this.query<{ id: string; conversationId: string }>(
      `select m.id, m.conversation_id as "conversationId" from messages m join conversations c on c.id = m.conversation_id
         join contact_identities i on i.contact_id = c.contact_id
        where i.external_id = $1 and m.direction = 'INBOUND' order by m.id desc limit 1`,
      [customerId],
    );
    return rows[0] ?? null;
  }

  /** All that stands in a conversation, the oldest first. */
  async said(conversationId: string): Promise<SaidRow[]> {
    const rows = await this.query<SaidRow>(
      `select id, author, direction, status, text, error from messages where conversation_id = $1 order by id`,
      [conversationId],
    );
    return rows;
  }

  /** What the machine answered there and did not take back. */
  async answers(conversationId: string): Promise<SaidRow[]> {
    return (await this.said(conversationId)).filter(({ author, status }) => author === 'BOT' && status !== 'CANCELED');
  }

  /** How the conversation stands. */
  async standing(conversationId: string) {
    const rows = await this.query<{
      paused: boolean;
      status: string;
      unread: number;
      waiting: boolean;
    }>(
      `select ai_paused as paused, status, unread_count as unread, waiting_since is not null as waiting from conversations where id = $1`,
      [conversationId],
    );
    return rows[0];
  }
}
