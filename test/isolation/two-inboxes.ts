import { randomUUID } from 'node:crypto';
import type { Operation } from './operations.js';
import { operationsOf } from './operations.js';
import { FileStore } from '../../src/platform/files/index.js';
import { newId } from '../../src/platform/database/index.js';
import { MetaStory, metaId, pageEvent } from '../stories/meta-story.js';
import { TestClient, eventually } from '../support/client.js';
import type { IdKind } from './argument-classes.js';
import { readTables } from './catalog.js';
import { outsideRowSecurity } from './outside-row-security.js';
import { type Label, fillEmptyTables } from './two-workspaces.js';
import { hashesOfRows } from './workspace-rows.js';

/** One workspace with a row in every table, every text of which says whose it is. */
export interface FurnishedInbox {
  readonly label: Label;
  readonly client: TestClient;
  readonly workspaceId: string;
  /** An API token's secret. */
  readonly token: string;
  /** A row for each kind of id that an operation takes; `contact` has another beside it for merges. */
  readonly ids: Readonly<Record<IdKind | 'secondContact', string>>;
  /** Every id that the workspace's rows have, of whatever kind. */
  readonly everyId: ReadonlySet<string>;
  /** Accounts at platforms that are connected here. */
  readonly accounts: readonly string[];
}

/** A server with two furnished workspaces, A (`aardvark`) and B (`buffalo`), who know nothing of each other. */
export class TwoInboxes {
  private constructor(
    readonly story: MetaStory,
    readonly operations: readonly Operation[],
    readonly a: FurnishedInbox,
    readonly b: FurnishedInbox,
  ) {}

  static async start(): Promise<TwoInboxes> {
    const story = await MetaStory.start();
    const operations = operationsOf(await (await fetch(`${story.app.url}/schema.graphql`)).text());
    const a = await furnish(story, story.client, 'aardvark');
    const b = await furnish(story, await TestClient.signedUp(story.app.url, 'Bea'), 'buffalo');
    const both = new TwoInboxes(story, operations, a, b);
    await both.settled(b);
    return both;
  }

  async stop(): Promise<void> {
    await this.b.client.close();
    await this.story.stop();
  }

  /** How many rows a workspace has in each walled table. */
  async rowCounts({ workspaceId }: FurnishedInbox): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { name, key } of await readTables(this.story.sql)) {
      if (outsideRowSecurity[name] !== undefined) continue;
      const { rows } = await this.story.sql.query<{ n: number }>(
        `select count(*)::int as n from ${name} where ${String(key)} = $1`,
        [workspaceId],
      );
      counts[name] = rows[0]?.n ?? 0;
    }
    return counts;
  }

  /** A hash of all of a workspace's rows, table by table: the walled ones, and those outside that name it or its people. */
  hashes({ workspaceId }: FurnishedInbox): Promise<Record<string, string>> {
    return hashesOfRows(this.story.sql, workspaceId);
  }

  /** Waits until the server's own work on a workspace is done, so that whatever changes its rows now is a fault. */
  async settled(inbox: FurnishedInbox): Promise<void> {
    await this.story.app.drainDeliveries();
    let last = '';
    await eventually(async () => {
      const now = JSON.stringify(await this.hashes(inbox));
      const quiet = now === last;
      last = now;
      await new Promise((resolve) => setTimeout(resolve, 300));
      return quiet ? true : null;
    }, 20_000);
  }

  /** The ids of all of a workspace's rows as they are now. */
  idsNow({ workspaceId }: FurnishedInbox): Promise<ReadonlySet<string>> {
    return idsOf(this.story, workspaceId);
  }

  /** What an answer holds of another workspace: its word, or one of its ids. */
  traces(text: string, of: FurnishedInbox, asked: string): string[] {
    const folded = text.toLowerCase();
    const found: string[] = folded.includes(of.label) ? [of.label] : [];
    for (const id of of.everyId) if (folded.includes(id) && !asked.toLowerCase().includes(id)) found.push(id);
    return found;
  }
}

async function furnish(story: MetaStory, client: TestClient, label: Label): Promise<FurnishedInbox> {
  const one = async (query: string, variables: Record<string, unknown> = {}) =>
    Object.values(await client.ask<Record<string, { id: string }>>(query, variables))[0]?.id ?? '';
  const input = story.newPage();
  const { id: channel } = await story.connect('messenger', input, client);
  story.graph.edges.set(`${input.pageId}/leadgen_forms`, () => ({
    data: [{ id: metaId('34'), name: `${label} form` }],
  }));
  const customers = [metaId('77'), metaId('77')] as const;
  for (const customer of customers) {
    const message = { mid: `${label}-${customer}`, text: `the ${label} speaks` };
    const item = { sender: { id: customer }, recipient: { id: input.pageId }, timestamp: Date.now(), message };
    await story.deliver(pageEvent('page', input.pageId, [item]));
  }
  const thread = await story.thread(customers[0], client);
  const conversation = thread?.id ?? '';
  const contact = thread?.contact.id ?? '';
  const { workspace } = await client.ask<{ workspace: { id: string; members: { id: string }[] } }>(
    '{ workspace { id members { id } } }',
  );
  const member = workspace.members[0]?.id ?? '';
  await client.ask('mutation ($input: UpdateContactInput!) { updateContact(input: $input) { id } }', {
    input: { id: contact, name: `${label} rex`, tags: [label.slice(0, 50)] },
  });
  await client.ask('mutation ($id: ID!, $text: String!) { addContactNote(contactId: $id, text: $text) { id } }', {
    id: contact,
    text: `about a ${label}`,
  });
  await client.ask(
    'mutation ($id: ID!, $text: String!, $member: ID!) { addNote(conversationId: $id, text: $text, mentions: [$member]) { id } }',
    { id: conversation, text: `a note on ${label}`, member },
  );
  await client.ask('mutation ($id: ID!, $tags: [String!]!) { tagConversation(id: $id, tags: $tags) { id } }', {
    id: conversation,
    tags: [label],
  });
  await client.ask('mutation ($id: ID!, $name: String!) { updateChannel(id: $id, name: $name) { id } }', {
    id: channel,
    name: `the ${label}'s page`,
  });
  const webChat = await one('mutation ($input: CreateWebChatInput!) { createWebChat(input: $input) { id } }', {
    input: { name: `the ${label}'s site`, allowedDomains: [`${label}.example`] },
  });
  await story.sql.query('update workspaces set name = $2 where id = $1', [workspace.id, `${label} and sons`]);
  await story.sql.query(
    'update users set name = $2 where id in (select user_id from members where workspace_id = $1)',
    [workspace.id, `Mx. ${label}`],
  );
  const cannedResponse = await one(
    'mutation ($text: String!) { saveCannedResponse(shortcut: "hi", text: $text) { id } }',
    { text: label },
  );
  const savedView = await one(
    'mutation ($name: String!) { saveView(name: $name, filter: { tag: $name }, shared: true) { id } }',
    { name: label },
  );
  const contactField = await one(
    'mutation ($name: String!) { saveContactField(name: $name, kind: CHOICE, choices: [$name]) { id } }',
    { name: label },
  );
  const contactSegment = await one(
    'mutation ($name: String!) { saveContactSegment(name: $name, filter: { tags: [$name] }) { id } }',
    { name: label },
  );
  await client.ask('mutation { setChatDetailRule(applied: [EMAIL], country: "TR") { country } }');
  const knowledge = await one(
    'mutation ($title: String!) { addKnowledge(input: { kind: TEXT, title: $title, text: $title }) { id } }',
    { title: `the ${label} speaks` },
  );
  const bot = await one(
    'mutation ($name: String!, $channel: ID!, $knowledge: ID!) { createBot(input: { name: $name, channelIds: [$channel], knowledgeIds: [$knowledge] }) { id } }',
    { name: label, channel, knowledge },
  );
  const { saveEvaluationSet: set } = await client.ask<{ saveEvaluationSet: { id: string; cases: { id: string }[] } }>(
    'mutation ($name: String!) { saveEvaluationSet(name: $name, cases: [{ question: $name, expected: "" }]) { id cases { id } } }',
    { name: label },
  );
  const evaluation = await one(
    'mutation ($bot: ID!, $set: ID, $name: String) { evaluateBot(botId: $bot, cases: [], setId: $set, instructions: $name) { id } }',
    { bot, set: set.id, name: label },
  );
  await eventually(async () => {
    const { rows } = await story.sql.query(`select from evaluations where id = $1 and status = 'DONE'`, [evaluation]);
    return rows.length > 0 ? true : null;
  });
  const lead = await one('mutation ($input: CreateLeadInput!) { createLead(input: $input) { id } }', {
    input: { contactId: contact, name: `${label} lead`, tags: [label], note: `a ${label} is interested` },
  });
  const { rows: noted } = await story.sql.query<{ id: string }>(
    `select id from lead_activities where lead_id = $1 and kind = 'NOTE'`,
    [lead],
  );
  const question = newId();
  await story.sql.query(`insert into unanswered_questions (workspace_id, id, status) values ($1, $2, 'OPEN')`, [
    workspace.id,
    question,
  ]);
  await story.sql.query(
    'insert into question_askings (workspace_id, id, question_id, conversation_id, message_id, text, stems) values ($1, $2, $3, $4, $2, $5, $6)',
    [workspace.id, newId(), question, conversation, `where is the ${label}?`, [label]],
  );
  const { createWebhookEndpoint: webhook } = await client.ask<{ createWebhookEndpoint: { endpoint: { id: string } } }>(
    'mutation ($url: String!) { createWebhookEndpoint(url: $url, events: ["conversation.resolved"]) { endpoint { id } } }',
    { url: `https://hooks.example.org/${label}` },
  );
  const contactForm = await one(
    'mutation ($name: String!, $sites: [String!]!) { createContactForm(name: $name, allowedDomains: $sites) { id } }',
    { name: label, sites: [`${label}.example`] },
  );
  const shopifyStore = newId();
  await story.sql.query(
    `insert into shopify_stores (workspace_id, id, domain, status) values ($1, $2, $3, 'CONNECTED')`,
    [workspace.id, shopifyStore, `${label}.myshopify.com`],
  );
  const webhookDelivery = newId();
  await story.sql.query(
    `insert into webhook_deliveries (workspace_id, id, endpoint_id, event, conversation_id, status, next_attempt_at)
     values ($1, $2, $3, 'conversation.resolved', $4, 'DELIVERED', null)`,
    [workspace.id, webhookDelivery, webhook.endpoint.id, conversation],
  );
  const proposal = newId();
  await story.sql.query(
    `insert into contact_proposals (workspace_id, id, contact_id, conversation_id, message_id, kind, value) values ($1, $2, $3, $4, $2, 'NAME', $5)`,
    [workspace.id, proposal, contact, conversation, `${label} regina`],
  );
  await story.sql.query(
    'update users set email_verified_at = now() where id in (select user_id from members where workspace_id = $1)',
    [workspace.id],
  );
  const invitation = await one('mutation ($email: String!) { inviteMember(email: $email, role: VIEWER) { id } }', {
    email: `${label}@example.com`,
  });
  const { createApiToken } = await client.ask<{ createApiToken: { secret: string; token: { id: string } } }>(
    'mutation ($name: String!) { createApiToken(name: $name, role: ADMIN) { secret token { id } } }',
    { name: label },
  );
  const { sessions } = await client.ask<{ sessions: { id: string }[] }>('{ sessions { id } }');
  const privacyRequest = await one(
    'mutation ($input: OpenPrivacyRequestInput!) { openPrivacyRequest(input: $input) { id } }',
    { input: { kind: 'ACCESS', subject: { handle: label, contactId: contact }, note: `the ${label} asks` } },
  );
  // Released at once: one that stands would keep others from what they try here.
  const legalHold = await one('mutation ($reason: String!) { placeLegalHold(reason: $reason) { id } }', {
    reason: `a ${label} is in court`,
  });
  await client.ask('mutation ($id: ID!) { releaseLegalHold(id: $id) { id } }', { id: legalHold });
  const draft = await one('mutation ($id: ID!) { draftReply(conversationId: $id) { id } }', { id: conversation });
  const sent = await one(`mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }`, {
    input: { conversationId: conversation, text: `a ${label} answers`, idempotencyKey: randomUUID() },
  });
  const file = await storeFile(story, workspace.id, label, thread?.messages.nodes[0]?.id ?? '', member);
  const leadImport = newId();
  await story.sql.query(
    `insert into lead_imports (workspace_id, id, file_id, status, dry_run, encoding, separator, columns, targets, finished_at)
     values ($1, $2, $3, 'DONE', false, 'utf-8', ',', array[$4], array['name'], now())`,
    [workspace.id, leadImport, file, label],
  );
  await story.sql.query(
    `insert into lead_import_rejections (workspace_id, import_id, line, reason, place) values ($1, $2, 2, 'TOO_LONG', 0)`,
    [workspace.id, leadImport],
  );
  await eventually(async () => {
    const { rows } = await story.sql.query(`select from messages where id = $1 and status in ('SENT', 'DELIVERED')`, [
      sent,
    ]);
    return rows.length > 0 ? true : null;
  });
  await fillEmptyTables(story.sql, workspace.id, label);
  // One that is made up has ended: there is no merchant who could be asked to end it.
  await story.sql.query(
    `update merchant_subscriptions set status = 'CANCELED', ends_at = now() where workspace_id = $1`,
    [workspace.id],
  );
  const second = await story.thread(customers[1], client);
  return {
    label,
    client,
    workspaceId: workspace.id,
    token: createApiToken.secret,
    ids: {
      apiToken: createApiToken.token.id,
      bot,
      cannedResponse,
      channel,
      contact,
      contactField,
      contactForm,
      contactSegment,
      conversation,
      draft,
      evaluation,
      evaluationCase: set.cases[0]?.id ?? '',
      evaluationSet: set.id,
      file,
      import: leadImport,
      invitation,
      knowledge,
      lead,
      leadNote: noted[0]?.id ?? '',
      legalHold,
      member,
      message: thread?.messages.nodes[0]?.id ?? '',
      outbound: sent,
      privacyRequest,
      proposal,
      question,
      savedView,
      session: sessions[0]?.id ?? '',
      shopifyStore,
      secondContact: second?.contact.id ?? '',
      webChat,
      webhookDelivery,
      webhookEndpoint: webhook.endpoint.id,
    },
    everyId: await idsOf(story, workspace.id),
    accounts: [input.pageId, ...customers],
  };
}

/** A member's upload with an attachment that names it, as a send leaves them. */
async function storeFile(story: MetaStory, workspaceId: string, label: Label, message: string, member: string) {
  const store = story.app.app.get(FileStore);
  const file = await store.write(workspaceId, Buffer.from(`${label} ${label}\n${label}\n`), `${label}.txt`);
  await story.sql.query(
    'insert into files (workspace_id, id, name, content_type, size, sha256, member_id) values ($1, $2, $3, $4, $5, $6, $7)',
    [workspaceId, file.id, file.name, file.contentType, file.size, file.sha256, member],
  );
  await story.sql.query(
    `insert into attachments (workspace_id, id, message_id, position, kind, status, file_id) values ($1, $2, $3, 0, 'FILE', 'READY', $4)`,
    [workspaceId, newId(), message, file.id],
  );
  return file.id;
}

/** Every uuid that stands in a column named `id` of the workspace's walled rows, with the workspace's own. */
async function idsOf(story: MetaStory, workspaceId: string): Promise<ReadonlySet<string>> {
  const ids = new Set([workspaceId]);
  for (const { name, columns, key } of await readTables(story.sql)) {
    if (outsideRowSecurity[name] !== undefined || key !== 'workspace_id') continue;
    if (!columns.some((column) => column.name === 'id' && column.type === 'uuid')) continue;
    const found = await story.sql.query<{ id: string }>(`select id from ${name} where workspace_id = $1`, [
      workspaceId,
    ]);
    for (const { id } of found.rows) ids.add(id);
  }
  return ids;
}
