import { ConnectTelegram } from '../../../src/channels/telegram/connect-telegram.js';
import { splitTelegramDelivery } from '../../../src/channels/telegram/split-telegram.js';
import { TelegramWebhookController } from '../../../src/channels/telegram/telegram-webhook.controller.js';
import { sealCall } from '../../../src/channels/webhooks/delivery-envelope.js';
import { origin } from '../channels.js';
import { type ChannelSample, callController, sent } from './sample.js';

const channelId = '0199a3c4-0000-7000-8000-0000000000c1';
const token = '66:AAHtestTokenOfABotThatOpensNothing00';
const chat = { id: Number(sent.customer), type: 'private', first_name: 'Ayse' };
const stored = (update: unknown) => sealCall({ channelId, body: Buffer.from(JSON.stringify(update)) });
const message = (id: string) =>
  stored({ update_id: 1, message: { message_id: id.charCodeAt(0), from: chat, chat, date: 1, text: 'x' } });
const no = (status: number, description: string, parameters?: object) => ({
  status,
  body: { ok: false, error_code: status, description, ...(parameters && { parameters }) },
});

const method = (name: string, body: object) => ({
  path: `/telegram/bot${token}/${name}`,
  body: { chat_id: chat.id, ...body },
});
const keyboard = (titles: readonly string[]) => ({
  text: 'Hello',
  reply_markup: { inline_keyboard: titles.map((text) => [{ text, callback_data: text }]) },
});

/** What Telegram is to the suite. */
export const telegramSamples: Readonly<Record<string, ChannelSample>> = {
  TELEGRAM: {
    settings: { username: 'demo_bot' },
    token,
    webhookSecret: 'secret',
    urlVariable: 'TELEGRAM_API_URL',
    account: `channel:${channelId}`,
    split: splitTelegramDelivery,
    deliveries: (ids) => ids.map(message),
    nameOf: (id) => `${sent.customer}:${String(id.charCodeAt(0))}`,
    unknown: stored({ update_id: 1, hologram: {} }),
    oneBad: [message('a'), stored(7), message('b')],
    accepted: { body: { ok: true, result: { message_id: 12, chat, date: 1, text: 'Hello' } } },
    acceptedName: `${sent.customer}:12`,
    checkSend(call) {
      expect(call).toMatchObject({
        method: 'POST',
        path: `/telegram/bot${token}/sendMessage`,
        body: {
          chat_id: chat.id,
          text: 'Hello',
          reply_parameters: { message_id: 7, allow_sending_without_reply: true },
        },
      });
    },
    kinds: {
      'a reply': method('sendMessage', { text: 'Hello', reply_parameters: { message_id: 7 } }),
      'quick replies': method('sendMessage', keyboard(['Red', 'Blue'])),
      'more quick replies than there is room for buttons': method(
        'sendMessage',
        keyboard(['One', 'Two', 'Three', 'Four']),
      ),
      'a reaction': method('setMessageReaction', { message_id: 7, reaction: [{ type: 'emoji', emoji: '❤' }] }),
      'a reaction taken off': method('setMessageReaction', { message_id: 7, reaction: [] }),
      typing: method('sendChatAction', { action: 'typing' }),
    },
    done: { body: { ok: true, result: true } },
    tokenRefused: no(401, 'Unauthorized'),
    limited: no(429, 'PROVIDER TEXT', { retry_after: 17 }),
    refused: no(403, 'Forbidden: bot was blocked by the user'),
    unsubscribe: /^POST \/telegram\/bot[^/]+\/deleteWebhook$/,
    webhook: async (channels) => {
      channels.graph.answer = ({ path }) => ({
        body: { ok: true, result: path.endsWith('getMe') ? { id: 66, is_bot: true, first_name: 'x' } : true },
      });
      const channel = await channels.module
        .get(ConnectTelegram)
        .run(await channels.workspace(), origin, { botToken: token });
      const told = channels.graph.calls.findLast(({ path }) => path.endsWith('setWebhook'))?.body;
      const secret = (told as { secret_token: string }).secret_token;
      const post = (body: Buffer, given?: string, id = channel.id) => {
        const controller = channels.module.get(TelegramWebhookController);
        const headers = given === undefined ? {} : { 'x-telegram-bot-api-secret-token': given };
        return callController((request, reply) => controller.receive(id, request, reply), body, headers);
      };
      return {
        genuine: (body) => post(body, secret),
        forged: {
          'with no secret': (body) => post(body),
          'with an empty one': (body) => post(body, ''),
          'with another': (body) => post(body, 'x'.repeat(secret.length)),
          'with one cut short': (body) => post(body, secret.slice(0, -1)),
        },
      };
    },
  },
};
