import { ChannelsUnderTest } from '../../../test/support/channels.js';
import type { GraphReply } from '../../../test/support/fake-graph.js';
import type { OpenChannel, OutgoingMessage } from '../channel-adapter.js';
import { ChannelKind } from '../enums.js';
import { busyWords, telegramErrorRules } from './telegram-errors.js';
import { TelegramChannel } from './telegram.channel.js';

let channels: ChannelsUnderTest;
let bots = 0;
beforeAll(async () => {
  channels = await ChannelsUnderTest.start();
});
afterAll(() => channels.stop());

const token = '66:AAHtestTokenOfABotThatOpensNothing00';
const no = (status: number, description: string, parameters?: object): GraphReply => ({
  status,
  body: { ok: false, error_code: status, description, ...(parameters && { parameters }) },
});
const yes = (chatId: number | string): GraphReply => ({
  body: { ok: true, result: { message_id: 9, chat: { id: chatId } } },
});

async function send(answer: (body: Record<string, unknown>) => GraphReply, more: Partial<OutgoingMessage> = {}) {
  channels.graph.calls.length = 0;
  channels.graph.answer = (call) => answer(call.body as Record<string, unknown>);
  bots += 1;
  const channel: OpenChannel = {
    workspaceId: 'w',
    id: 'c',
    kind: ChannelKind.TELEGRAM,
    externalId: String(bots),
    settings: {},
    token,
  };
  const message: OutgoingMessage = {
    id: 'our-id',
    recipient: [{ externalId: '5550001', handle: null }],
    text: 'Hello',
    attachments: [],
    replyToExternalId: null,
    humanAgent: false,
    ...more,
  };
  const adapter = channels.module.get(TelegramChannel);
  const outcome = await adapter.send(channel, message, AbortSignal.timeout(10_000));
  return {
    outcome,
    bodies: channels.graph.calls.map(({ body }) => body),
    again: () => adapter.send(channel, message, AbortSignal.timeout(10_000)),
  };
}

describe('a refusal of Telegram', () => {
  it.each<[string, number, boolean]>([
    ['Forbidden: bot was blocked by the user', 403, false],
    ['Forbidden: user is deactivated', 403, false],
    ["Forbidden: bot can't initiate conversation with a user", 403, false],
    ['Forbidden: bot is not a member of the supergroup chat', 403, false],
    ['Forbidden: PROVIDER TEXT', 403, false],
    ['Bad Request: chat not found', 400, false],
    ['Bad Request: message is too long', 400, false],
    ['Bad Request: message text is empty', 400, false],
    ['Bad Request: PEER_ID_INVALID', 400, false],
    ['Unauthorized', 401, true],
    ['Not Found', 404, true],
    ['Request Entity Too Large', 413, false],
  ])('has words of ours: %s', async (description, status, tokenUnusable) => {
    const rule = telegramErrorRules.find((one) => one.status === status && (one.like?.test(description) ?? true))!;
    const { outcome, bodies } = await send(() => no(status, description));
    expect(outcome).toEqual({ kind: 'refused', reason: rule.words, tokenUnusable });
    expect(bodies).toHaveLength(1);
  });

  it('has words for what nobody documents, and none of Telegram’s', async () => {
    expect((await send(() => no(400, 'Bad Request: PROVIDER TEXT'))).outcome).toEqual({
      kind: 'refused',
      reason: 'Telegram refused it (error 400).',
      tokenUnusable: false,
    });
    for (const { words } of telegramErrorRules) expect(words).toMatch(/^[A-Z].{20,}\.$/);
  });

  it('holds the whole bot back for as long as it says', async () => {
    const { outcome, again } = await send(() => no(429, 'Too Many Requests: retry after 7', { retry_after: 7 }));
    expect(outcome).toEqual({ kind: 'retry', reason: busyWords, afterSeconds: 7 });
    expect(await again()).toEqual({ kind: 'retry', reason: busyWords, afterSeconds: 7 });
    expect(channels.graph.calls).toHaveLength(1);
  });

  it('that names where the chat is now is followed, once', async () => {
    const moved = { migrate_to_chat_id: -1001234567890123 };
    const first = await send(({ chat_id: id }) =>
      id === 5550001 ? no(400, 'Bad Request: group chat was upgraded', moved) : yes(Number(id)),
    );
    expect(first.outcome).toEqual({ kind: 'sent', externalId: '-1001234567890123:9' });
    expect(first.bodies).toMatchObject([{ chat_id: 5550001 }, { chat_id: -1001234567890123 }]);
    let chat = 1;
    const circle = await send(() => no(400, 'Bad Request: PROVIDER TEXT', { migrate_to_chat_id: (chat += 1) }));
    expect(circle.outcome).toMatchObject({ kind: 'refused', tokenUnusable: false });
    expect(circle.bodies).toHaveLength(2);
  });
});

describe('the body of a message', () => {
  it('is the words as they are, and what they answer', async () => {
    expect((await send(() => yes(5550001))).bodies).toEqual([{ chat_id: 5550001, text: 'Hello' }]);
    const reply = await send(() => yes(5550001), { text: '<b>*x*_', replyToExternalId: '5550001:7' });
    expect(reply.bodies).toEqual([
      { chat_id: 5550001, text: '<b>*x*_', reply_parameters: { message_id: 7, allow_sending_without_reply: true } },
    ]);
    // The press of a button, and what was written in another chat, cannot be replied to.
    for (const replyToExternalId of ['callback:4382', '5550002:7'])
      expect((await send(() => yes(5550001), { replyToExternalId })).bodies).toEqual([
        { chat_id: 5550001, text: 'Hello' },
      ]);
  });

  it('keeps ids beyond what a number keeps', async () => {
    const recipient = [{ externalId: '9007199254740993', handle: null }] as const;
    const { outcome, bodies } = await send(
      () => ({ raw: '{"ok":true,"result":{"message_id":9,"chat":{"id":9007199254740993}}}' }),
      { recipient },
    );
    expect(bodies).toEqual([{ chat_id: '9007199254740993', text: 'Hello' }]);
    expect(outcome).toEqual({ kind: 'sent', externalId: '9007199254740993:9' });
  });
});
