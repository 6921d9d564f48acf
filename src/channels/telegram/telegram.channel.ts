import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { OutgoingError } from '../../platform/http/index.js';
import type {
  ActOutcome,
  Capabilities,
  ChannelAdapter,
  ChannelDefinition,
  FetchedMedia,
  OpenChannel,
  OutgoingMessage,
  OutgoingReaction,
  SendOutcome,
  Showing,
  WindowRule,
} from '../channel-adapter.js';
import { ChannelKind, MessageKind } from '../enums.js';
import type { InboundEvent, MediaSource } from '../inbound-event.js';
import { type Json, isJson, maybeId } from '../wire/reading.js';
import { methodOf, telegramAttachments } from './telegram-attachments.js';
import { type TelegramAnswer, TelegramClient } from './telegram-client.js';
import { busyWords, refusalOf } from './telegram-errors.js';
import { interpretTelegramItem } from './telegram-events.js';
import { reactionEmojis, replyMarkupOf, setReaction } from './telegram-acts.js';
import { fetchTelegramMedia } from './telegram-media.js';
import { TelegramPace } from './telegram-pace.js';
import { askedUpdates, chatNumber, messageIdIn, messageName } from './telegram-update.js';

/** A Telegram bot: people write to it in private chats, and it can answer whoever has written. */
@Injectable()
export class TelegramChannel implements ChannelDefinition, ChannelAdapter {
  readonly kind = ChannelKind.TELEGRAM;
  readonly provider = 'telegram';
  readonly window: WindowRule = { hours: null, humanAgentHours: null };
  readonly capabilities: Capabilities = {
    maxTextLength: 4_096,
    textUnit: 'characters',
    attachmentKinds: [MessageKind.IMAGE, MessageKind.AUDIO, MessageKind.VIDEO, MessageKind.FILE, MessageKind.STICKER],
    maxAttachmentBytes: 20_000_000,
    outgoingAttachments: telegramAttachments,
    reactions: true,
    reactionEmojis,
    replies: true,
    typing: true,
    templates: false,
    quickReplies: 10,
    quickReplyLimits: { title: 40, text: 4_096 },
  };

  constructor(
    private readonly config: Config,
    private readonly telegram: TelegramClient,
    private readonly pace: TelegramPace,
  ) {}

  get adapter(): ChannelAdapter {
    return this;
  }

  hostOf(): string {
    return this.telegram.host;
  }

  interpret(payload: unknown, receivedAt: number): InboundEvent[] {
    return interpretTelegramItem(payload, receivedAt);
  }

  async send(channel: OpenChannel, message: OutgoingMessage, signal: AbortSignal): Promise<SendOutcome> {
    const chat = message.recipient[0].externalId;
    const outcome = await this.sendTo(channel, chat, message, signal);
    // A definite no that names where the chat is now.
    return 'migratedTo' in outcome ? this.sendTo(channel, outcome.migratedTo, message, signal).then(settled) : outcome;
  }

  react(channel: OpenChannel, reaction: OutgoingReaction, signal: AbortSignal): Promise<ActOutcome> {
    return setReaction(this.telegram, channel.token, reaction, signal);
  }

  /** Typing lasts about five seconds; that something was read is not shown on Telegram. */
  async show(channel: OpenChannel, { what, recipient }: Showing, signal: AbortSignal): Promise<void> {
    if (what !== 'typing') return;
    const parameters = { chat_id: chatNumber(recipient[0].externalId), action: 'typing' };
    const { status, retryAfter } = await this.telegram.call(channel.token, 'sendChatAction', parameters, signal);
    if (status === 429) this.pace.hold(channel.externalId, retryAfter ?? 1);
  }

  fetchMedia(channel: OpenChannel, source: MediaSource, maxBytes: number, signal: AbortSignal): Promise<FetchedMedia> {
    return fetchTelegramMedia(this.telegram, channel, source, maxBytes, signal);
  }

  /** Telegram tells the name with each message. */
  async profile(): Promise<null> {
    return null;
  }

  /** Ends the webhook. What waits at Telegram goes with it: nobody here may have it any more. */
  async unsubscribe(channel: OpenChannel, signal: AbortSignal): Promise<void> {
    const answer = await this.telegram.call(channel.token, 'deleteWebhook', { drop_pending_updates: true }, signal);
    if (answer.status === 429 || answer.status >= 500)
      throw new Error(`Telegram did not end the webhook (HTTP ${String(answer.status)}).`);
  }

  async subscribe(channel: OpenChannel, signal: AbortSignal): Promise<void> {
    const { id, token, webhookSecret } = channel;
    if (webhookSecret === undefined) throw new Error('The channel has no secret for its webhooks.');
    const { status, result } = await this.setWebhook(token, id, webhookSecret, signal);
    if (result !== true) throw new Error(`Telegram did not take the webhook (HTTP ${String(status)}).`);
  }

  /** Tells Telegram where a bot's updates go, and the secret that comes with each. */
  setWebhook(token: string, channelId: string, secret: string, signal?: AbortSignal): Promise<TelegramAnswer> {
    const parameters = {
      url: `${this.config.publicUrl}/webhooks/telegram/${channelId}`,
      secret_token: secret,
      allowed_updates: askedUpdates,
      max_connections: 40,
      drop_pending_updates: false,
    };
    return this.telegram.call(token, 'setWebhook', parameters, signal);
  }

  private async sendTo(
    channel: OpenChannel,
    chat: string,
    message: OutgoingMessage,
    signal: AbortSignal,
  ): Promise<SendOutcome | { readonly migratedTo: string }> {
    const waiting = await this.turn(channel.externalId, chat, signal);
    if (waiting !== null) return waiting;
    try {
      const answer = await this.call(channel, chat, message, signal);
      if (answer.status === 400 && answer.migratedTo !== null && answer.migratedTo !== chat)
        return { migratedTo: answer.migratedTo };
      if (answer.status === 429) this.pace.hold(channel.externalId, answer.retryAfter ?? 1);
      return outcomeOf(answer);
    } catch (error) {
      if (error instanceof OutgoingError && error.sent === 'no')
        return {
          kind: 'retry',
          reason: 'Telegram could not be reached. It is tried again by itself.',
          afterSeconds: null,
        };
      return { kind: 'unconfirmed', reason: 'Telegram did not answer. It may have been sent.' };
    }
  }

  private async call(
    { token }: OpenChannel,
    chat: string,
    message: OutgoingMessage,
    signal: AbortSignal,
  ): Promise<TelegramAnswer> {
    const [attachment] = message.attachments;
    if (attachment === undefined)
      return this.telegram.call(token, 'sendMessage', { ...addressOf(chat, message), text: message.text }, signal);
    const { name: method, field } = methodOf(attachment);
    const parameters = { ...addressOf(chat, message), ...(message.text !== '' && { caption: message.text }) };
    const { name, contentType } = attachment;
    const file = { field, name, contentType, body: await attachment.read() };
    return this.telegram.upload(token, method, parameters, file, signal);
  }

  /** Waits for the turn of this message; what came of it where there was none. Nothing has been sent then. */
  private async turn(bot: string, chat: string, signal: AbortSignal): Promise<SendOutcome | null> {
    try {
      const afterSeconds = await this.pace.turn(bot, chat, signal);
      return afterSeconds === null ? null : { kind: 'retry', reason: busyWords, afterSeconds };
    } catch {
      return { kind: 'retry', reason: busyWords, afterSeconds: 1 };
    }
  }
}

function addressOf(chat: string, message: OutgoingMessage): Json {
  const replyTo = messageIdIn(chat, message.replyToExternalId);
  return {
    chat_id: chatNumber(chat),
    ...replyMarkupOf(message),
    // The words matter more than where they stand: they go out though the customer deleted what they answer.
    ...(replyTo !== null && { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } }),
  };
}

function outcomeOf(answer: TelegramAnswer): SendOutcome {
  const { status, result } = answer;
  if (status >= 200 && status <= 299) {
    const externalId = isJson(result) ? sentName(result) : null;
    return externalId === null
      ? { kind: 'unconfirmed', reason: 'Telegram gave an answer that cannot be understood. It may have been sent.' }
      : { kind: 'sent', externalId };
  }
  const reason = `Telegram failed while it took the message (HTTP ${String(status)}). It may have been sent.`;
  return refusalOf(answer) ?? { kind: 'unconfirmed', reason };
}

function sentName(message: Json): string | null {
  try {
    const chatId = isJson(message['chat']) ? maybeId(message['chat'], 'id') : null;
    const messageId = maybeId(message, 'message_id');
    return chatId === null || messageId === null ? null : messageName(chatId, messageId);
  } catch {
    return null;
  }
}

function settled(outcome: SendOutcome | { readonly migratedTo: string }): SendOutcome {
  if (!('migratedTo' in outcome)) return outcome;
  return { kind: 'refused', reason: 'Telegram moves this chat from one id to another.', tokenUnusable: false };
}
