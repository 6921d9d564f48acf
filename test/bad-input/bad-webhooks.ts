import { createHmac } from 'node:crypto';
import pg from 'pg';
import { type RunningSandbox, startSandbox } from '../../apps/sandbox/server.js';
import { appSecret } from '../support/app.js';
import { TestClient, eventually } from '../support/client.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { TestServer } from '../support/server.js';
import type { BadDelivery } from './mutate-delivery.js';
import { type RealDelivery, accounts, realDeliveries } from './real-deliveries.js';

const atOnce = 16;
const everything = `query ($after: String) { conversations(first: 100, after: $after) { pageInfo { hasNextPage endCursor }
  nodes { id subject tags contact { id name emails phones identities { kind externalId handle } } lastMessage { id text } } } }`;
const thread = `query ($id: ID!, $after: String) { conversation(id: $id) { messages(first: 50, after: $after) {
  pageInfo { hasNextPage endCursor } nodes { id kind text status error externalId sentAt editedAt deletedAt
  attachments { id kind name contentType status url } replyTo { id text } reactions { emoji by }
  location { latitude longitude name address } contactCards { name phones emails } postback { title payload }
  referral { source adId ref url } } } } }`;

interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** A server in a process of its own with a channel of each kind, to which bad deliveries are sent, signed. */
export class BadWebhooks {
  private constructor(
    readonly database: TestDatabase,
    readonly sandbox: RunningSandbox,
    readonly server: TestServer,
    readonly owner: pg.Client,
    readonly client: TestClient,
    readonly real: readonly RealDelivery[],
  ) {}

  static async start(): Promise<BadWebhooks> {
    const database = await createTestDatabase();
    const sandbox = await startSandbox({ appSecret });
    const server = await TestServer.prepare(database, {
      META_GRAPH_URL: `${sandbox.url}/graph`,
      INSTAGRAM_GRAPH_URL: `${sandbox.url}/instagram`,
    });
    await server.start();
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    const client = await TestClient.signedUp(server.url);
    for (const { mutation, input } of accounts) await client.ask(mutation, { input });
    const bad = new BadWebhooks(database, sandbox, server, owner, client, await realDeliveries(sandbox.url));
    // What starting took says nothing of bad input: a look at the metrics begins their time anew.
    await bad.loopDelay();
    return bad;
  }

  async stop(): Promise<void> {
    await this.client.close();
    await this.owner.end();
    await this.server.stop();
    await this.sandbox.close();
    await this.database.drop();
  }

  /** Posts one delivery as Meta signs it; gives the status, 0 where the connection was cut. */
  async post(body: Buffer, headers: Readonly<Record<string, string>> = {}): Promise<number> {
    const signature = `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
    const response = await fetch(`${this.server.url}/webhooks/meta`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature, ...headers },
      body: new Uint8Array(body),
    }).catch(() => null);
    await response?.arrayBuffer();
    return response?.status ?? 0;
  }

  /** Posts many, a few at a time; gives those that were not answered 200. */
  async postAll(cases: readonly BadDelivery[]): Promise<string[]> {
    const refused: string[] = [];
    const waiting = cases.values();
    const lane = async () => {
      for (const { what, body } of waiting) {
        const status = await this.post(body);
        if (status !== 200) refused.push(`${String(status)}: ${what}`);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
    return refused;
  }

  /** Waits until no delivery waits; throws, saying why, where one goes on waiting. */
  async settled(milliseconds = 30_000): Promise<void> {
    let waiting: { reason: string | null; attempts: number }[] = [];
    try {
      await eventually(async () => {
        const { rows } = await this.owner.query<{ reason: string | null; attempts: number }>(
          'select reason, attempts from deliveries where set_aside_at is null limit 5',
        );
        waiting = rows;
        return rows.length === 0 ? true : null;
      }, milliseconds);
    } catch (error) {
      throw new Error(`Deliveries wait: ${JSON.stringify(waiting)} ${this.server.log.slice(-3_000)}`, { cause: error });
    }
  }

  /** Why things were set aside, and how often each. */
  async reasons(): Promise<ReadonlyMap<string, number>> {
    const { rows } = await this.owner.query<{ reason: string | null; n: number }>(
      'select reason, count(*)::int as n from deliveries where set_aside_at is not null group by 1 order by 2 desc',
    );
    return new Map(rows.map(({ reason, n }) => [reason ?? '', n]));
  }

  /** Reads everything that was stored, as a member does; gives texts that are not well-formed, and how much was read. */
  async readBack(): Promise<{ readonly messages: number; readonly malformed: string[] }> {
    const malformed: string[] = [];
    let messages = 0;
    const look = (value: unknown, place: string): void => {
      if (typeof value === 'string' && (!value.isWellFormed() || value.includes('\u0000'))) malformed.push(place);
      else if (typeof value === 'object' && value !== null)
        for (const [key, inner] of Object.entries(value)) look(inner, `${place}.${key}`);
    };
    for await (const conversation of this.pages<{ id: string }>(everything, {}, 'conversations')) {
      look(conversation, 'conversation');
      for await (const message of this.pages(thread, { id: conversation.id }, 'conversation', 'messages')) {
        look(message, 'message');
        messages += 1;
      }
    }
    return { messages, malformed };
  }

  private async *pages<Node>(
    query: string,
    variables: Record<string, unknown>,
    ...path: string[]
  ): AsyncGenerator<Node> {
    let after: string | null = null;
    do {
      const data: Record<string, unknown> = await this.client.ask(query, { ...variables, after });
      const page = path.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], data) as Page<Node>;
      yield* page.nodes;
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
  }

  /** Everything that deliveries decide; a handle is asked for at the platform, in its own time. */
  async state(): Promise<unknown> {
    const { rows } = await this.owner.query<{ state: unknown }>(`select jsonb_build_object(
      'messages', (select jsonb_agg(to_jsonb(m) order by m.id) from messages m),
      'conversations', (select jsonb_agg(to_jsonb(c) order by c.id) from conversations c),
      'reactions', (select jsonb_agg(to_jsonb(r) order by r.message_external_id, r.actor) from reactions r),
      'identities', (select jsonb_agg(to_jsonb(i) - 'handle' order by i.id) from contact_identities i),
      'attachments', (select jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind) order by a.id) from attachments a),
      'contacts', (select count(*) from contacts)) as state`);
    return rows[0]?.state;
  }

  /** How many items came to what end, as the server counts them. */
  async outcomes(): Promise<Record<string, number>> {
    const counted = [...(await this.metrics()).matchAll(/^parley_inbound_items_total\{.*outcome="(\w+)".*\} (\d+)$/gm)];
    return Object.fromEntries(counted.map(([, outcome, count]) => [outcome ?? '', Number(count)]));
  }

  /** The event loop's delay since the last look, in milliseconds. */
  async loopDelay(): Promise<{ readonly p99: number; readonly max: number }> {
    const text = await this.metrics();
    const of = (name: string) =>
      1_000 * Number(new RegExp(`^parley_nodejs_eventloop_lag_${name}_seconds ([\\d.e+-]+)$`, 'm').exec(text)?.[1]);
    return { p99: of('p99'), max: of('max') };
  }

  /** Whether it is still the process that was started, and serves. */
  async isUp(): Promise<boolean> {
    const response = await fetch(`${this.server.url}/health/ready`).catch(() => null);
    return response?.ok === true && !/unhandled|uncaught/i.test(this.server.log);
  }

  private async metrics(): Promise<string> {
    return (await fetch(`${this.server.url}/metrics`)).text();
  }
}
