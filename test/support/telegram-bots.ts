import type { FastifyReply, FastifyRequest } from 'fastify';
import { InboundTopics, type RoutedItem, eachWorkspace } from '../../src/channels/inbound-topics.js';
import { ConnectTelegram } from '../../src/channels/telegram/connect-telegram.js';
import { TelegramWebhookController } from '../../src/channels/telegram/telegram-webhook.controller.js';
import type { MemberActor } from '../../src/platform/access/index.js';
import { Deliveries } from '../../src/platform/deliveries/index.js';
import { ChannelsUnderTest, origin } from './channels.js';
import type { GraphCall, GraphReply } from './fake-graph.js';

/** What Telegram says to a call that it takes. */
export const ok = (result: unknown): GraphReply => ({ body: { ok: true, result } });
/** What it says to one that it does not. */
export const no = (status: number, description: string, parameters?: object): GraphReply => ({
  status,
  body: { ok: false, error_code: status, description, ...(parameters && { parameters }) },
});
export const methodOf = (call: GraphCall) => call.path.split('/').at(-1) ?? '';
export const bodyOf = (call: GraphCall | undefined) => call?.body as Record<string, string>;
/** A message of somebody, as Telegram delivers it. */
export const update = (messageId: number, more: object = {}) => ({
  update_id: 810_000 + messageId,
  message: {
    message_id: messageId,
    from: { id: 5550001, is_bot: false, first_name: 'Ayse' },
    chat: { id: 5550001, type: 'private' },
    date: 1_790_000_000,
    text: 'merhaba',
    ...more,
  },
});

/** Bots of workspaces, and Telegram as it answers them. */
export class TelegramBots {
  /** What deliveries came to since the test began. */
  applied: { workspaceId: string; item: RoutedItem }[] = [];
  private number = 4_200;

  private constructor(
    readonly channels: ChannelsUnderTest,
    /** How many calls were stored so far. */
    readonly stored: () => number,
  ) {}

  /** The module, on a database of its own. */
  static async start(): Promise<TelegramBots> {
    const channels = await ChannelsUnderTest.start({ PUBLIC_URL: 'https://parley.example.com' });
    const bots = new TelegramBots(channels, channels.countStored());
    channels.module.get(InboundTopics).on('messages', {
      apply: (batches) =>
        eachWorkspace(batches, async (workspaceId, items) => {
          bots.applied.push(...items.map((item) => ({ workspaceId, item })));
          return [];
        }),
    });
    return bots;
  }

  stop(): Promise<void> {
    return this.channels.stop();
  }

  /** Before each test: nothing of the last one is heard. */
  async forget(): Promise<void> {
    await this.drain();
    this.applied = [];
    this.channels.graph.calls.length = 0;
  }

  /** A bot that Telegram knows, and what Telegram says to each method else. */
  bot(answers: Record<string, (call: GraphCall) => GraphReply> = {}): { id: string; token: string } {
    const id = (this.number += 1);
    const token = `${String(id)}:AAHtestTokenOfABotThatOpensNothing00`;
    this.channels.graph.answer = (call) => {
      const known = call.path.match(/\/bot(\d+):/)?.[1] === String(id);
      const answer = answers[methodOf(call)];
      if (!known) return no(401, 'Unauthorized');
      if (answer !== undefined) return answer(call);
      if (methodOf(call) === 'getMe') return ok({ id, is_bot: true, first_name: 'Demo Shop', username: 'demo_bot' });
      return ok(true);
    };
    return { id: String(id), token };
  }

  connect(actor: MemberActor, botToken: string) {
    return this.channels.module.get(ConnectTelegram).run(actor, origin, { botToken });
  }

  /** The calls in which Telegram was told where to deliver. */
  told(): GraphCall[] {
    return this.channels.graph.calls.filter((call) => methodOf(call) === 'setWebhook');
  }

  /** A workspace with a bot, and what Telegram was told of it. */
  async connected() {
    const actor = await this.channels.workspace();
    const { id, token } = this.bot();
    const channel = await this.connect(actor, token);
    const webhook = bodyOf(this.told().at(-1));
    return { actor, botId: id, token, channel, secret: webhook['secret_token'] ?? '', url: webhook['url'] ?? '' };
  }

  async rows(text: string, ...values: unknown[]): Promise<Record<string, unknown>[]> {
    return (await this.channels.admin.query<Record<string, unknown>>(text, values)).rows;
  }

  /** A call of Telegram's, and how it is answered. */
  async call(channelId: string, secret: string | undefined, body: unknown = update(1)) {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    const answer = { status: 200, headers: {} as Record<string, string> };
    const reply = {
      type: () => reply,
      status: (status: number) => ((answer.status = status), reply),
      header: (name: string, value: string) => ((answer.headers[name] = value), reply),
    };
    const headers = secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret };
    const text = await this.channels.module
      .get(TelegramWebhookController)
      .receive(channelId, { body: bytes, headers } as unknown as FastifyRequest, reply as unknown as FastifyReply);
    return { ...answer, text };
  }

  drain(): Promise<void> {
    return this.channels.module.get(Deliveries).drain();
  }
}
