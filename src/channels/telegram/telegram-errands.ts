import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Workspaces } from '../../platform/database/index.js';
import { describeError } from '../../platform/logging/index.js';
import { PassingWork } from '../../platform/queue/index.js';
import type { OpenChannel } from '../channel-adapter.js';
import { Channels } from '../channels.js';
import {
  InboundTopics,
  type RejectedItem,
  type RoutedItem,
  type TopicHandler,
  type TopicOutcome,
  eachWorkspace,
} from '../inbound-topics.js';
import { type Json, isJson, maybeId, wordOf } from '../wire/reading.js';
import { errandsTopic } from './split-telegram.js';
import { refusalOf } from './telegram-errors.js';
import { TelegramClient } from './telegram-client.js';
import { chatOf, updateOf } from './telegram-update.js';

/** Something that Telegram waits for. */
type Errand =
  | { readonly kind: 'answer'; readonly query: string }
  | { readonly kind: 'leave'; readonly chat: string; readonly mayWrite: boolean };

const limits = { atOnce: 8, mostWaiting: 1_000 };
const timeout = 10_000;
/** A group that was just left is not told again, although more of its updates are on their way. */
const leftFor = 10 * 60_000;
const left = (username: string) =>
  `This bot answers in private chats only, so it leaves this group. Write to it directly: https://t.me/${username}`;

/**
 * Answers the press of a button, which Telegram shows as waiting until then, and leaves groups, saying why: a bot in a group
 * would take in what people say to one another. Not worth keeping: a press that is not answered in time stops waiting by
 * itself, and the next update of a group asks for it again.
 */
@Injectable()
export class TelegramErrands implements TopicHandler, OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('TelegramErrands');
  private readonly errands = new PassingWork(limits);
  private readonly recentlyLeft = new Map<string, number>();

  constructor(
    private readonly topics: InboundTopics,
    private readonly workspaces: Workspaces,
    private readonly channels: Channels,
    private readonly telegram: TelegramClient,
  ) {}

  onModuleInit(): void {
    this.topics.on(errandsTopic, this);
  }

  onApplicationShutdown(): Promise<void> {
    return this.errands.close();
  }

  apply(batches: ReadonlyMap<string, readonly RoutedItem[]>): Promise<TopicOutcome> {
    return eachWorkspace(batches, async (workspaceId, items) => {
      for (const [channelId, own] of Map.groupBy(items, (item) => item.channelId)) {
        const errands = new Map(
          own.flatMap((item) => errandsOf(item.payload)).map((errand) => [keyOf(errand), errand]),
        );
        for (const key of errands.keys()) if (this.isDone(channelId, key)) errands.delete(key);
        if (errands.size > 0) await this.begin(workspaceId, channelId, own[0]?.deliveryId ?? '', [...errands.values()]);
      }
      return [] satisfies RejectedItem[];
    });
  }

  private async begin(workspaceId: string, channelId: string, deliveryId: string, errands: Errand[]): Promise<void> {
    const channel = await this.workspaces.run(workspaceId, (tx) =>
      this.channels.openChannel(tx, channelId, { purpose: 'SEND', cause: `delivery ${deliveryId}` }),
    );
    if (channel === null) return;
    for (const errand of errands) this.errands.add(() => this.run(channel, errand));
  }

  private async run(channel: OpenChannel, errand: Errand): Promise<void> {
    try {
      if (errand.kind === 'answer')
        await this.call(channel, 'answerCallbackQuery', { callback_query_id: errand.query });
      else await this.leave(channel, errand);
    } catch (error) {
      this.logger.debug(`Telegram was not told: ${describeError(error)}`);
    }
  }

  private async leave(channel: OpenChannel, { chat, mayWrite }: Errand & { kind: 'leave' }): Promise<void> {
    const key = `${channel.id} leave ${chat}`;
    this.recentlyLeft.set(key, performance.now());
    try {
      const username = channel.settings['username'];
      if (mayWrite && typeof username === 'string')
        await this.call(channel, 'sendMessage', { chat_id: idOf(chat), text: left(username) });
      await this.call(channel, 'leaveChat', { chat_id: idOf(chat) });
    } catch (error) {
      this.recentlyLeft.delete(key);
      throw error;
    }
  }

  private async call(channel: OpenChannel, method: string, parameters: Json): Promise<void> {
    const answer = await this.telegram.call(channel.token, method, parameters, AbortSignal.timeout(timeout));
    const refusal = refusalOf(answer);
    if (refusal?.kind === 'refused' && refusal.tokenUnusable)
      await this.workspaces.run(channel.workspaceId, (tx) => this.channels.markExpired(tx, channel.id, refusal.reason));
    if (refusal?.kind === 'retry' || answer.status >= 500) throw new Error(`HTTP ${String(answer.status)}`);
  }

  private isDone(channelId: string, key: string): boolean {
    const now = performance.now();
    for (const [old, at] of this.recentlyLeft) {
      if (now - at < leftFor) break;
      this.recentlyLeft.delete(old);
    }
    return this.recentlyLeft.has(`${channelId} ${key}`);
  }
}

function errandsOf(payload: unknown): Errand[] {
  const update = isJson(payload) && isJson(payload['body']) ? updateOf(payload['body']) : null;
  if (update === null) return [];
  const chat = chatOf(update);
  const errands: Errand[] = [];
  const query = update.name === 'callback_query' ? maybeId(update.what, 'id') : null;
  if (query !== null) errands.push({ kind: 'answer', query });
  if (chat?.isPrivate === false && !isGone(update.name, update.what))
    // Into a channel everybody who follows it would read it.
    errands.push({ kind: 'leave', chat: chat.id, mayWrite: chat.kind !== 'channel' });
  return errands;
}

/** Whether an update says that the bot is in the chat no more. */
function isGone(name: string, what: Json): boolean {
  if (name !== 'my_chat_member' || !isJson(what['new_chat_member'])) return false;
  return ['left', 'kicked'].includes(wordOf(what['new_chat_member']['status']));
}

function keyOf(errand: Errand): string {
  return errand.kind === 'answer' ? `answer ${errand.query}` : `leave ${errand.chat}`;
}

function idOf(chat: string): number | string {
  const number = Number(chat);
  return Number.isSafeInteger(number) ? number : chat;
}
