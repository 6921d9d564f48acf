import type { IncomingHttpHeaders } from 'node:http';
import { MessagesReceived } from '../../src/conversations/index.js';
import { Workspaces } from '../../src/platform/database/index.js';
import { Facts } from '../../src/platform/outbox/index.js';
import { Queues } from '../../src/platform/queue/index.js';
import { eventually } from './client.js';
import { InboxUnderTest, type TestInbox } from './inbox.js';
import { LoopbackServer } from './loopback-server.js';

/** A call as the system of a business took it. */
export interface TakenCall {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly path: string;
}

/** What a call says. */
export interface ToldEvent {
  readonly type: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, string>>;
}

/** An endpoint that was made, with the secret that is shown once. */
export interface TestEndpoint {
  readonly id: string;
  readonly secret: string;
}

/** An endpoint as the list shows it. */
export interface SeenEndpoint {
  readonly id: string;
  readonly enabled: boolean;
  readonly disabledBecause: string | null;
  readonly deliveries: {
    readonly nodes: readonly {
      readonly id: string;
      readonly event: string;
      readonly status: string;
      readonly attempts: number;
      readonly responseStatus: number | null;
      readonly trouble: string | null;
      readonly nextAttemptAt: string | null;
    }[];
    readonly pageInfo: { readonly endCursor: string | null };
  };
}
type Calls = SeenEndpoint['deliveries']['nodes'];

/** What customers of these tests write; no call may hold a word of it. */
export const writtenWords = 'Where is my parcel';

/** A server with inboxes, and a system of a business that it tells what happens. */
export class WebhooksUnderTest {
  /** The calls that came, the first first. */
  readonly taken: TakenCall[] = [];
  /** How the system answers. */
  answer: { status: number; headers?: Record<string, string> } = { status: 204 };

  under!: InboxUnderTest;
  private receiver!: LoopbackServer;

  /** Declares that it stands before the first test of a file and is stopped after the last; each begins with no calls. */
  static declare(): WebhooksUnderTest {
    const hooks = new WebhooksUnderTest();
    beforeAll(() => hooks.start(), 60_000);
    afterAll(() => hooks.stop());
    beforeEach(() => {
      hooks.taken.length = 0;
      hooks.answer = { status: 204 };
    });
    return hooks;
  }

  private async start(): Promise<void> {
    this.receiver = await LoopbackServer.start((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        this.taken.push({ headers: request.headers, body: Buffer.concat(parts).toString(), path: request.url ?? '' });
        response.writeHead(this.answer.status, this.answer.headers).end();
      });
    });
    this.under = await InboxUnderTest.start({ environment: { AI_ALLOWED_HOSTS: new URL(this.receiver.url).host } });
  }

  private async stop(): Promise<void> {
    await this.under?.stop();
    await this.receiver?.stop();
  }

  /** Names the system under one of its paths. */
  async endpoint({ client }: TestInbox, events = ['message.received'], path = '/hook'): Promise<TestEndpoint> {
    const { createWebhookEndpoint: made } = await client.ask<{
      createWebhookEndpoint: { endpoint: { id: string }; secret: string };
    }>(
      'mutation ($url: String!, $events: [String!]!) { createWebhookEndpoint(url: $url, events: $events) { endpoint { id } secret } }',
      { url: `${this.receiver.url}${path}`, events },
    );
    return { id: made.endpoint.id, secret: made.secret };
  }

  /** A customer wrote so many messages, as the road of messages says it. */
  async written(inbox: TestInbox, count = 1): Promise<{ conversationId: string; messageIds: string[] }> {
    const conversationId = await this.under.conversation(inbox);
    const messageIds: string[] = [];
    for (let n = 0; n < count; n += 1)
      messageIds.push(await this.under.message(inbox, conversationId, { text: writtenWords }));
    const { app } = this.under.app;
    await app.get(Workspaces).run(inbox.workspaceId, (tx) =>
      app.get(Facts).announce(
        tx,
        new MessagesReceived([
          {
            conversationId,
            channelId: inbox.channelId,
            messageIds,
            lastMessageId: messageIds.at(-1) ?? '',
            begun: true,
          },
        ]),
      ),
    );
    return { conversationId, messageIds };
  }

  /** An endpoint as its members see it. */
  async seen({ client }: TestInbox, id: string): Promise<SeenEndpoint> {
    const { webhookEndpoints } = await client.ask<{ webhookEndpoints: SeenEndpoint[] }>(`{
      webhookEndpoints {
        id enabled disabledBecause
        deliveries(first: 50) {
          nodes { id event status attempts responseStatus trouble nextAttemptAt } pageInfo { endCursor }
        }
      }
    }`);
    const found = webhookEndpoints.find((one) => one.id === id);
    if (found === undefined) throw new Error('The endpoint is not listed.');
    return found;
  }

  /** The log of an endpoint, once it is as it is to be. */
  logOf(inbox: TestInbox, id: string, until: (nodes: Calls) => boolean): Promise<Calls> {
    return eventually(async () => {
      const { nodes } = (await this.seen(inbox, id)).deliveries;
      return until(nodes) ? nodes : null;
    });
  }

  /** Waits until so many calls came. */
  async took(count: number): Promise<void> {
    await eventually(() => Promise.resolve(this.taken.length >= count ? true : null));
  }

  /** What the system was told of a workspace so far. */
  toldOf(workspaceId: string): ToldEvent[] {
    return this.taken
      .map(({ body }) => JSON.parse(body) as ToldEvent)
      .filter(({ data }) => data['workspaceId'] === workspaceId);
  }

  /** Time goes by until the next attempt of whatever waits. */
  async passTime(endpointId: string): Promise<void> {
    const { admin, app } = this.under;
    await admin.query(
      `update webhook_deliveries set next_attempt_at = now() where endpoint_id = $1 and status = 'PENDING'`,
      [endpointId],
    );
    await admin.query('update webhook_endpoints set rests_until = null where id = $1', [endpointId]);
    await admin.query(`update due set due_at = now() where kind = 'deliver-webhooks' and row_id = $1`, [endpointId]);
    await app.app.get(Queues).sweep();
  }
}
