import { createHmac } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ChannelDisconnected, ChannelExpired } from '../../src/channels/channels.events.js';
import { InboundTopics, type RejectedItem, type RoutedItem, eachWorkspace } from '../../src/channels/inbound-topics.js';
import { ConnectMessenger } from '../../src/channels/meta/connect-messenger.js';
import { MetaWebhookController } from '../../src/channels/meta/meta-webhook.controller.js';
import type { MemberActor } from '../../src/platform/access/index.js';
import { Deliveries } from '../../src/platform/deliveries/index.js';
import { Facts } from '../../src/platform/outbox/index.js';
import { ChannelsUnderTest, app, origin } from './channels.js';
import type { GraphReply } from './fake-graph.js';

/** Channels with a handler of messages that keeps what reached it. */
export class InboundUnderTest {
  applied: { workspaceId: string; item: RoutedItem }[] = [];
  handle: (workspaceId: string, items: readonly RoutedItem[]) => RejectedItem[] = () => [];
  readonly facts: object[] = [];
  private number = 910_000_000_000_000;

  private constructor(readonly channels: ChannelsUnderTest) {}

  static async start(): Promise<InboundUnderTest> {
    const inbound = new InboundUnderTest(await ChannelsUnderTest.start());
    const { module } = inbound.channels;
    module.get(InboundTopics).on('messages', {
      apply: (batches) =>
        eachWorkspace(batches, async (workspaceId, items) => {
          const rejected = inbound.handle(workspaceId, items);
          inbound.applied.push(...items.map((item) => ({ workspaceId, item })));
          return rejected;
        }),
    });
    const keep = async (_: unknown, fact: object) => void inbound.facts.push(fact);
    module.get(Facts).on(ChannelExpired, keep);
    module.get(Facts).on(ChannelDisconnected, keep);
    return inbound;
  }

  stop(): Promise<void> {
    return this.channels.stop();
  }

  /** Forgets what came, for the next test. */
  forget(): void {
    this.applied = [];
    this.handle = () => [];
    this.facts.length = 0;
  }

  /** A platform that knows this Page. */
  graphOf(pageId: string, subscribe: (method: string) => GraphReply = () => ({ body: { success: true } })): void {
    this.channels.graph.calls.length = 0;
    this.channels.graph.answer = (call) => {
      if (call.path === 'debug_token') return { body: { data: { is_valid: true, app_id: app.id } } };
      if (call.path.endsWith('/subscribed_apps'))
        return call.method === 'GET' ? { body: { data: [] } } : subscribe(call.method);
      return {
        body: {
          id: call.path,
          name: 'Demo Shop',
          ...(call.path === pageId && { instagram_business_account: { id: `1${pageId}` } }),
        },
      };
    };
  }

  /** A Page that a workspace has connected. */
  async connectedPage(actor?: MemberActor, known?: string) {
    const owner = actor ?? (await this.channels.workspace());
    const pageId = known ?? String((this.number += 1));
    this.graphOf(pageId);
    const channel = await this.channels.module
      .get(ConnectMessenger)
      .run(owner, origin, { pageId, pageAccessToken: 'EAATOKEN' });
    return { owner, pageId, channelId: channel.id };
  }

  /** A webhook call as the controller gets it. */
  async call(
    body: unknown,
    signature?: string,
  ): Promise<{ status: number; headers: Record<string, string>; text: string }> {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    const answer = { status: 200, headers: {} as Record<string, string> };
    const reply = {
      type: () => reply,
      status: (status: number) => ((answer.status = status), reply),
      header: (name: string, value: string) => ((answer.headers[name] = value), reply),
    };
    const request = { body: bytes, headers: { 'x-hub-signature-256': signature ?? sign(bytes) } };
    const text = await this.channels.module
      .get(MetaWebhookController)
      .receive(request as unknown as FastifyRequest, reply as unknown as FastifyReply);
    return { ...answer, text };
  }

  /** A call that is taken, and applied. */
  async deliver(body: unknown): Promise<void> {
    expect(await this.call(body)).toMatchObject({ status: 200 });
    await this.channels.module.get(Deliveries).drain();
  }

  /** The ids of the messages that reached a workspace's handler, in their order. */
  midsOf(workspaceId: string): string[] {
    return this.applied
      .filter((one) => one.workspaceId === workspaceId)
      .map(
        ({ item }) =>
          (item.payload as { entry: [{ messaging: [{ message: { mid: string } }] }] }).entry[0].messaging[0].message
            .mid,
      );
  }

  async rows(text: string, ...values: unknown[]): Promise<Record<string, unknown>[]> {
    return (await this.channels.admin.query<Record<string, unknown>>(text, values)).rows;
  }
}

/** An entry of a Page with these messages. */
export const entry = (id: string, ...mids: string[]) => ({
  id,
  time: 1,
  messaging: mids.map((mid) => ({
    sender: { id: '7' },
    recipient: { id },
    timestamp: 1,
    message: { mid, text: 'merhaba' },
  })),
});

/** The signature of a body. */
export const sign = (body: Buffer, secret = app.secret): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
