import { randomUUID } from 'node:crypto';
import { Workspaces } from '../../src/platform/database/index.js';
import { Queues } from '../../src/platform/queue/index.js';
import { type Capture, CaptureLead } from '../../src/leads/capture/capture-lead.js';
import { LeadSource } from '../../src/leads/enums.js';
import { eventually } from './client.js';
import { type Draft, DraftsUnderTest, draftFields, faq, text } from './drafts.js';
import { MailHost } from './mail-host.js';
import { RecordedModel } from './recorded-model.js';

/** A lead as members see it. */
export interface SeenLead {
  readonly id: string;
  readonly status: string;
  readonly firstRepliedAt: string | null;
  readonly replyTask: string | null;
  readonly repliedIn: { readonly id: string } | null;
  readonly reply: Draft | null;
}

const leadFields = `id status firstRepliedAt replyTask repliedIn { id } reply { leadId ${draftFields} }`;

/** A workspace with a mailbox, knowledge and a model that is recorded, to which people send things in. */
export class LeadDesk {
  private servers = 0;
  private constructor(
    readonly drafts: DraftsUnderTest,
    readonly host: MailHost,
    readonly model: RecordedModel,
    readonly botId: string,
  ) {}

  static async start(): Promise<LeadDesk> {
    const host = await MailHost.start();
    const model = await RecordedModel.start();
    const drafts = await DraftsUnderTest.start({ ...host.environment, AI_ALLOWED_HOSTS: '127.0.0.1' });
    const { client } = drafts;
    await client.ask('mutation ($input: ConnectEmailInput!) { connectEmail(input: $input) { id } }', {
      input: host.input(),
    });
    for (const input of [
      { kind: 'TEXT', title: 'The shop', text },
      { kind: 'FAQ', title: 'Questions', faq },
    ])
      await client.ask(`mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id } }`, { input });
    const { createBot } = await client.ask<{ createBot: { id: string } }>(
      `mutation ($input: BotInput!) { createBot(input: $input) { id } }`,
      { input: { name: 'Ada', mode: 'OFF' } },
    );
    return new LeadDesk(drafts, host, model, createBot.id);
  }

  async stop(): Promise<void> {
    await this.drafts.stop();
    await this.host.close();
    await this.model.stop();
  }

  /** The model writes, and what another test made of it is forgotten; `false`: nobody is asked, answers are quoted. */
  async writes(by: boolean): Promise<void> {
    this.model.calls.length = 0;
    this.model.say = () => ({ answer: 'Standard shipping takes 3 days.', sources: [1] });
    await this.drafts.settings({
      enabled: by,
      baseUrl: this.model.url,
      apiKey: 'sk-canary',
      model: `recording-${String((this.servers += 1))}`,
    });
  }

  async bot(input: object): Promise<void> {
    await this.drafts.client.ask(
      `mutation ($id: ID!, $input: BotInput!) { updateBot(id: $id, input: $input) { id } }`,
      { id: this.botId, input },
    );
  }

  /** Somebody sends something in. */
  async arrives(
    message: string | null,
    more: Partial<Capture> = {},
  ): Promise<{ id: string; contactId: string; email: string }> {
    const { app } = this.drafts.app;
    const email = `grace-${randomUUID().slice(0, 8)}@mail.example`;
    const whole = {
      source: LeadSource.CONTACT_FORM,
      externalId: null,
      ...more,
      details: { name: 'Grace', email, message, ...more.details },
    };
    const outcome = await app
      .get(Workspaces)
      .run(this.drafts.client.workspaceId ?? '', (tx) => app.get(CaptureLead).apply(tx, whole));
    if (!('leadId' in outcome)) throw new Error(`It was ${outcome.outcome}.`);
    return { id: outcome.leadId, contactId: outcome.contactId, email };
  }

  /** Until no machine works on leads any more, and nothing is on its way. */
  async quiet(): Promise<void> {
    await eventually(async () => {
      const rows = await this.rows<{ n: string }>(
        `select (select count(*) from due where kind in ('answer-lead', 'write-draft', 'deliver-messages', 'send-mail') and due_at <= now() + interval '5 s')
              + (select count(*) from messages where status in ('QUEUED', 'SENDING')) as n`,
      );
      return Number(rows[0]?.n) === 0 ? true : null;
    }, 20_000);
  }

  /** The job of a lead runs once more, as after a crash. */
  async again(id: string): Promise<void> {
    await this.drafts.owner.query(
      `insert into due (kind, workspace_id, row_id, due_at) select 'answer-lead', workspace_id, id, now() from leads where id = $1
       on conflict (kind, workspace_id, row_id) do update set due_at = now(), generation = due.generation + 1`,
      [id],
    );
    await this.drafts.app.app.get(Queues).sweep();
    await this.quiet();
  }

  async lead(id: string): Promise<SeenLead> {
    const { lead } = await this.drafts.client.ask<{ lead: SeenLead }>(
      `query ($id: ID!) { lead(id: $id) { ${leadFields} } }`,
      { id },
    );
    return lead;
  }

  async draft(
    id: string,
    instruction: string | null = null,
  ): Promise<Draft & { leadId: string; conversationId: null }> {
    const { draftLeadReply } = await this.drafts.client.ask<{
      draftLeadReply: Draft & { leadId: string; conversationId: null };
    }>(`mutation ($id: ID!, $i: String) { draftLeadReply(leadId: $id, instruction: $i) { leadId ${draftFields} } }`, {
      id,
      i: instruction,
    });
    return draftLeadReply;
  }

  async send(id: string, words: string): Promise<SeenLead> {
    const { sendLeadReply } = await this.drafts.client.ask<{ sendLeadReply: SeenLead }>(
      `mutation ($id: ID!, $text: String!, $key: String!) { sendLeadReply(leadId: $id, text: $text, idempotencyKey: $key) { ${leadFields} } }`,
      { id, text: words, key: randomUUID() },
    );
    return sendLeadReply;
  }

  /** What machines asked of models for a lead, the first first. */
  runs(id: string) {
    return this.rows<{ purpose: string; outcome: string; provider: string; error: string | null }>(
      'select purpose, outcome, provider, error from ai_runs where lead_id = $1 order by id',
      [id],
    );
  }

  /** What was handed to the mail server for an address. */
  mailsTo(address: string) {
    return this.host.handed.filter(({ to }) => to.includes(address));
  }

  async rows<Row extends object>(query: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.drafts.owner.query<Row>(query, [...values])).rows;
  }
}
