import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type TestApp, startTestApp } from '../support/app.js';
import { TestClient, type Watch, eventually, postWebhook } from '../support/client.js';
import { GraphServer, type GraphToken } from '../support/graph-server.js';

export type Json = Readonly<Record<string, unknown>>;

export interface StoryMessage {
  readonly id: string;
  readonly direction: string;
  readonly author: string;
  readonly kind: string;
  readonly text: string | null;
  readonly status: string;
  readonly error: string | null;
  readonly externalId: string | null;
  readonly sentAt: string;
  readonly editedAt: string | null;
  readonly deletedAt: string | null;
  readonly attachments: readonly StoryAttachment[];
  readonly replyTo: { readonly id: string; readonly text: string | null } | null;
  readonly reactions: readonly { readonly emoji: string; readonly by: string }[];
  readonly location: Json | null;
  readonly contactCards: readonly Json[];
  readonly postback: { readonly title: string | null; readonly payload: string | null } | null;
  readonly referral: Json | null;
  readonly member: { readonly id: string } | null;
}
export interface StoryAttachment {
  readonly id: string;
  readonly kind: string;
  readonly name: string | null;
  readonly contentType: string | null;
  readonly size: number | null;
  readonly status: string;
  readonly url: string | null;
  readonly urlExpiresAt: string | null;
}
export interface StoryThread {
  readonly id: string;
  readonly status: string;
  readonly unreadCount: number;
  readonly lastActivityAt: string;
  readonly lastMessage: { readonly id: string } | null;
  readonly messagingWindow: {
    open: boolean;
    closesAt: string | null;
    humanAgentUntil: string | null;
    reason: string | null;
  };
  readonly channel: { readonly id: string };
  readonly contact: {
    readonly id: string;
    readonly name: string | null;
    readonly phones: readonly string[];
    readonly identities: readonly { kind: string; externalId: string; handle: string | null }[];
  };
  readonly messages: { readonly nodes: readonly StoryMessage[] };
}
export interface FeedEvent {
  readonly __typename: string;
  readonly cursor: string;
  readonly message?: StoryMessage & { readonly conversation: { readonly id: string } };
  readonly conversation?: { readonly id: string; readonly unreadCount: number };
  readonly channel?: { readonly id: string; readonly status: string; readonly lastError: string | null };
  readonly draft?: { readonly id: string; readonly status: string; readonly text: string };
  readonly type?: string;
  readonly ids?: readonly string[];
}

export const messageFields = `id direction author kind text status error externalId sentAt editedAt deletedAt
  attachments { id kind name contentType size status url urlExpiresAt } replyTo { id text } reactions { emoji by }
  location { latitude longitude name address } contactCards { name phones emails } postback { title payload }
  referral { source adId ref url } member { id }`;
const threadFields = `id status unreadCount lastActivityAt lastMessage { id } channel { id }
  messagingWindow { open closesAt humanAgentUntil reason }
  contact { id name phones identities { kind externalId handle } } messages(first: 100) { nodes { ${messageFields} } }`;
export const feed = `subscription ($after: String, $conversationId: ID) { inboxEvents(after: $after, conversationId: $conversationId) {
  __typename cursor
  ... on MessageAdded { message { ${messageFields} conversation { id } } }
  ... on MessageChanged { message { ${messageFields} conversation { id } } }
  ... on ConversationChanged { conversation { id unreadCount } }
  ... on ChannelChanged { channel { id status lastError } }
  ... on DraftChanged { draft { id status text } }
  ... on Erased { type ids }
} }`;
const channelFields = 'id kind name externalId status lastError tokenExpiresAt lastInboundAt connectedAt';
export interface StoryChannel {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly externalId: string | null;
  readonly status: string;
  readonly lastError: string | null;
  readonly tokenExpiresAt: string | null;
}

export const connect = {
  messenger: `mutation ($input: ConnectMessengerInput!) { connect: connectMessenger(input: $input) { ${channelFields} } }`,
  instagram: `mutation ($input: ConnectInstagramInput!) { connect: connectInstagram(input: $input) { ${channelFields} } }`,
  whatsApp: `mutation ($input: ConnectWhatsAppInput!) { connect: connectWhatsApp(input: $input) { ${channelFields} } }`,
} as const;
export const sendMutation = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { ${messageFields} conversation { id } } }`;

let numbers = 0;
/** An id of Meta that nothing else has; larger than what a double keeps. */
export function metaId(prefix: string): string {
  numbers += 1;
  return `${prefix}${String(numbers).padStart(17 - prefix.length, '0')}`;
}

/** As Meta writes JSON: everything beyond ASCII, and the slash, escaped. */
export function metaJson(body: unknown): string {
  return JSON.stringify(body)
    .replaceAll('/', '\\/')
    .replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** One item of a Page's or an Instagram account's webhook. */
export function pageEvent(
  object: 'page' | 'instagram',
  account: string,
  items: readonly Json[],
  field = 'messaging',
): Json {
  return { object, entry: [{ id: account, time: Date.now(), [field]: items }] };
}

/** One change of a WhatsApp account's webhook. */
export function whatsAppEvent(waba: string, number: string, value: Json, field = 'messages'): Json {
  const metadata = { display_phone_number: '905550000001', phone_number_id: number };
  const change = { field, value: { messaging_product: 'whatsapp', metadata, ...value } };
  return { object: 'whatsapp_business_account', entry: [{ id: waba, changes: [change] }] };
}

/** A server, a platform that is not ours, and someone who signed up: what every story begins with. */
export class MetaStory {
  private constructor(
    readonly app: TestApp,
    readonly graph: GraphServer,
    readonly client: TestClient,
    /** The owner's connection, for what only time or the operator does. */
    readonly sql: pg.Client,
  ) {}

  static async start(environment: Readonly<Record<string, string>> = {}): Promise<MetaStory> {
    const graph = await GraphServer.start();
    const app = await startTestApp({ environment: { ...graph.environment, ...environment } });
    const sql = new pg.Client({ connectionString: app.database.ownerUrl });
    await sql.connect();
    return new MetaStory(app, graph, await TestClient.signedUp(app.url), sql);
  }

  async stop(): Promise<void> {
    await this.client.close();
    await this.sql.end();
    await this.app.close();
    await this.graph.stop();
  }

  /** A Page with its token. */
  newPage(more: Partial<GraphToken> = {}): { pageId: string; pageAccessToken: string } {
    const pageId = metaId('9');
    this.graph.page(pageId);
    return { pageId, pageAccessToken: this.graph.token(`EAAP${randomUUID()}`, [pageId], more) };
  }

  /** An Instagram account; through its Page where `throughPage`, by Instagram Login else. */
  newInstagram(throughPage = false, more: Partial<GraphToken> = {}) {
    const accountId = metaId('178');
    this.graph.instagram(accountId, `shop${accountId.slice(-4)}`);
    if (!throughPage)
      return {
        accountId,
        accessToken: this.graph.token(`IGAA${randomUUID()}`, [accountId], { host: 'instagram', ...more }),
      };
    const pageId = metaId('9');
    this.graph.page(pageId, accountId);
    return { accountId, pageId, accessToken: this.graph.token(`EAAP${randomUUID()}`, [pageId, accountId], more) };
  }

  newNumber(more: Partial<GraphToken> = {}): { wabaId: string; phoneNumberId: string; accessToken: string } {
    const [wabaId, phoneNumberId] = [metaId('77'), metaId('66')];
    this.graph.whatsApp(wabaId, phoneNumberId, '+90 555 000 00 01');
    const assets = [wabaId, phoneNumberId];
    return {
      wabaId,
      phoneNumberId,
      accessToken: this.graph.token(`EAAS${randomUUID()}`, assets, { type: 'SYSTEM_USER', ...more }),
    };
  }

  async connect(kind: keyof typeof connect, input: Json, client = this.client): Promise<StoryChannel> {
    return (await client.ask<{ connect: StoryChannel }>(connect[kind], { input })).connect;
  }

  /** Posts a webhook as Meta writes it; gives the status. */
  webhook(body: unknown): Promise<number> {
    return postWebhook(this.app.url, typeof body === 'string' ? body : metaJson(body));
  }

  /** Posts it, and waits until it is applied. */
  async deliver(body: unknown): Promise<void> {
    const status = await this.webhook(body);
    if (status !== 200) throw new Error(`The webhook was answered ${String(status)}.`);
    await this.app.drainDeliveries();
  }

  /** Watches the workspace from now on. */
  async watch(variables: Json = {}, client = this.client): Promise<Watch<FeedEvent>> {
    const watch = client.watch<FeedEvent>(feed, variables);
    await watch.until((event) => event.__typename === 'CaughtUp');
    return watch;
  }

  /** Every thread of a channel with the person who has this address; null where there is none. */
  async thread(externalId: string, client = this.client): Promise<StoryThread | null> {
    const { conversations } = await client.ask<{ conversations: { nodes: StoryThread[] } }>(
      `{ conversations(first: 100) { nodes { id contact { id identities { kind externalId handle } } } } }`,
    );
    const found = conversations.nodes.filter((node) =>
      node.contact.identities.some((identity) => identity.externalId === externalId),
    );
    if (found.length > 1) throw new Error(`There are ${String(found.length)} threads with ${externalId}.`);
    return found[0] === undefined ? null : this.read(found[0].id, client);
  }

  async threadOf(externalId: string): Promise<StoryThread> {
    return eventually(() => this.thread(externalId), 5_000);
  }

  async read(id: string, client = this.client): Promise<StoryThread> {
    const { conversation } = await client.ask<{ conversation: StoryThread | null }>(
      `query ($id: ID!) { conversation(id: $id) { ${threadFields} } }`,
      { id },
    );
    if (conversation === null) throw new Error('There is no such conversation.');
    return conversation;
  }

  /** The message that the platform calls so, wherever it is; null where there is none. */
  async message(externalId: string): Promise<StoryMessage | null> {
    const { rows } = await this.sql.query<{ id: string; conversation_id: string }>(
      'select id, conversation_id from messages where external_id = $1',
      [externalId],
    );
    if (rows.length > 1) throw new Error(`There are ${String(rows.length)} messages ${externalId}.`);
    const [row] = rows;
    if (row === undefined) return null;
    const { messages } = await this.read(row.conversation_id);
    return messages.nodes.find((message) => message.id === row.id) ?? null;
  }

  async send(conversationId: string, text: string, more: Json = {}): Promise<StoryMessage> {
    const input = { conversationId, text, idempotencyKey: randomUUID(), ...more };
    return (await this.client.ask<{ sendMessage: StoryMessage }>(sendMutation, { input })).sendMessage;
  }

  /** Waits until a message of a thread is in this state. */
  async settled(
    conversationId: string,
    messageId: string,
    status: string,
    milliseconds = 10_000,
  ): Promise<StoryMessage> {
    let last = '';
    try {
      return await eventually(async () => {
        const { messages } = await this.read(conversationId);
        const message = messages.nodes.find(({ id }) => id === messageId);
        last = `${message?.status ?? 'gone'} ${message?.error ?? ''}`;
        return message?.status === status ? message : null;
      }, milliseconds);
    } catch (error) {
      throw new Error(`The message did not become ${status}: it is ${last}.`, { cause: error });
    }
  }
}

/** The cursors of a feed in the order in which they came. */
export function cursorsOf(events: readonly FeedEvent[]): bigint[] {
  return events.filter(({ __typename }) => __typename !== 'CaughtUp').map(({ cursor }) => BigInt(cursor));
}

/** Throws where cursors do not strictly increase. */
export function mustIncrease(cursors: readonly bigint[]): void {
  cursors.forEach((cursor, index) => {
    const before = cursors[index - 1];
    if (before !== undefined && before >= cursor)
      throw new Error(`Cursor ${String(cursor)} came after ${String(before)}.`);
  });
}
