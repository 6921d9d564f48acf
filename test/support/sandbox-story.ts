import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type TestApp, startTestApp } from './app.js';
import { TestClient, eventually } from './client.js';

/** The accounts that the pretend platforms always have, and one customer of each. */
const accounts = {
  messenger: {
    connect:
      'mutation { connect: connectMessenger(input: { pageId: "900000000000001", pageAccessToken: "EAASANDBOXPAGE900000000000001TOKEN" }) { id } }',
    accountId: '900000000000001',
    customerId: '7100000000000001',
  },
  instagram: {
    connect:
      'mutation { connect: connectInstagram(input: { accountId: "17841400000000001", pageId: "900000000000001", accessToken: "EAASANDBOXPAGE900000000000001TOKEN" }) { id } }',
    accountId: '17841400000000001',
    customerId: '7200000000000001',
  },
  whatsapp: {
    connect:
      'mutation { connect: connectWhatsApp(input: { wabaId: "770000000000001", phoneNumberId: "660000000000001", accessToken: "EAASANDBOXSYSTEM770000000000001TOKEN" }) { id } }',
    accountId: '660000000000001',
    customerId: '905550000099',
  },
  telegram: {
    connect:
      'mutation { connect: connectTelegram(input: { botToken: "7000000001:AASANDBOXBOT7000000001TOKENOPENSNIL" }) { id } }',
    accountId: '7000000001',
    customerId: '5550001',
  },
} as const;

export type Platform = keyof typeof accounts;
export const platforms = Object.keys(accounts) as Platform[];

/** A message as the pretend platform shows it to its customer. */
interface ShownMessage {
  readonly id: string;
  readonly from: string;
  readonly text?: string;
  readonly kind: string;
  readonly status: string;
  readonly reactions: Readonly<Record<string, string>>;
  readonly buttons: readonly { readonly id: string; readonly title: string; readonly kind: string }[];
}

/** What a test reads of a conversation. */
interface TestThread {
  readonly id: string;
  readonly spam: boolean;
  readonly messages: {
    readonly nodes: readonly {
      readonly id: string;
      readonly text: string | null;
      readonly kind: string;
      readonly author: string;
      readonly direction: string;
      readonly status: string;
      readonly error: string | null;
      readonly quickReplies: readonly string[];
      readonly postback: { readonly title: string | null } | null;
      readonly reactions: readonly { readonly emoji: string; readonly by: string }[];
    }[];
  };
}

const threadFields = `id spam contact { id blocked } messages(first: 50) { nodes { id text kind author direction status error quickReplies postback { title } reactions { emoji by } } }`;

/** A server whose channels are the pretend platforms', and what is played and read there. */
export class SandboxStory {
  private constructor(
    readonly app: TestApp,
    readonly client: TestClient,
    /** The owner's connection, for what only time or the operator does. */
    readonly owner: pg.Client,
  ) {}

  static async start(environment: Readonly<Record<string, string>> = {}): Promise<SandboxStory> {
    const app = await startTestApp({ environment });
    const owner = new pg.Client({ connectionString: app.database.ownerUrl });
    await owner.connect();
    return new SandboxStory(app, await TestClient.signedUp(app.url), owner);
  }

  async stop(): Promise<void> {
    await this.owner.end();
    await this.client.close();
    await this.app.close();
  }

  async connect(platform: Platform): Promise<string> {
    return (await this.client.ask<{ connect: { id: string } }>(accounts[platform].connect)).connect.id;
  }

  /** Moves the pretend platforms by their control API. */
  async control<Body = Record<string, unknown>>(path: string, body?: unknown, method = 'POST'): Promise<Body> {
    const response = await fetch(`${this.app.sandbox.url}/_sandbox${path}`, {
      method: body === undefined ? 'GET' : method,
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`The sandbox refused: ${await response.text()}`);
    return (await response.json()) as Body;
  }

  /** The customer does something; it is applied when this ends. Gives the platform's id of it. */
  async play(platform: Platform, event: Record<string, unknown>, customerId?: string): Promise<string> {
    const { accountId, customerId: known } = accounts[platform];
    const channel = platform;
    const played = await this.control<{ ids: string[] }>('/play', {
      channel,
      accountId,
      customerId: customerId ?? known,
      event,
    });
    await this.app.drainDeliveries();
    return played.ids[0] ?? '';
  }

  /** Somebody who has not written yet. */
  async newCustomer(platform: Platform, more: Record<string, unknown> = {}): Promise<string> {
    const id = `90555${String(Math.floor(Math.random() * 10_000_000)).padStart(7, '0')}`;
    await this.control('/customers', { channel: platform, id, name: 'Deniz', ...more });
    return id;
  }

  /** What the customer sees. */
  async shown(platform: Platform, customerId?: string): Promise<readonly ShownMessage[]> {
    const { accountId, customerId: known } = accounts[platform];
    const query = new URLSearchParams({ channel: platform, accountId, customerId: customerId ?? known });
    return (await this.control<{ messages: ShownMessage[] }>(`/thread?${query.toString()}`)).messages;
  }

  /** What reached the platforms: whatever is sent, shown or set. */
  async sends(): Promise<readonly Record<string, unknown>[]> {
    return (await this.control<{ entries: Record<string, unknown>[] }>('/ledger?kind=sends&limit=1000')).entries;
  }

  /** The conversation in which a message with these words stands. */
  conversationOf(words: string): Promise<string> {
    return eventually(async () => {
      const { rows } = await this.owner.query<{ id: string }>(
        'select conversation_id as id from messages where text = $1 order by id desc limit 1',
        [words],
      );
      return rows[0]?.id ?? null;
    });
  }

  async thread(id: string): Promise<TestThread> {
    const { conversation } = await this.client.ask<{ conversation: TestThread }>(
      `query ($id: ID!) { conversation(id: $id) { ${threadFields} } }`,
      { id },
    );
    return conversation;
  }

  async send(
    conversationId: string,
    input: Record<string, unknown>,
  ): Promise<{ id: string; text: string; kind: string }> {
    const { sendMessage } = await this.client.ask<{ sendMessage: { id: string; text: string; kind: string } }>(
      'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id text kind status } }',
      { input: { conversationId, idempotencyKey: randomUUID(), ...input } },
    );
    return sendMessage;
  }

  async react(messageId: string, emoji: string | null): Promise<readonly { emoji: string; by: string }[]> {
    const { reactToMessage } = await this.client.ask<{
      reactToMessage: { reactions: { emoji: string; by: string }[] };
    }>(
      'mutation ($id: ID!, $emoji: String) { reactToMessage(messageId: $id, emoji: $emoji) { id reactions { emoji by } } }',
      {
        id: messageId,
        emoji,
      },
    );
    return reactToMessage.reactions;
  }

  /** Waits until a message is in one of these states. */
  settled(conversationId: string, messageId: string, ...statuses: readonly string[]): Promise<string> {
    return eventually(async () => {
      const { messages } = await this.thread(conversationId);
      const status = messages.nodes.find(({ id }) => id === messageId)?.status;
      return status !== undefined && statuses.includes(status) ? status : null;
    }, 15_000);
  }

  /** The customer last wrote so many hours ago. */
  async age(conversationId: string, hours: number): Promise<void> {
    await this.owner.query(
      `update conversations set last_inbound_at = last_inbound_at - make_interval(hours => $2) where id = $1`,
      [conversationId, hours],
    );
  }
}
