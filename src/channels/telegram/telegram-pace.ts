import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

/** What Telegram takes: about one message a second in a chat, and thirty from a bot. */
const chatGap = 1_000;
const botGap = 1_000 / 30;
/** Longer than this nobody waits here: the queue does. */
const longestWait = 2_500;
const mostKept = 50_000;

/** Spaces the sends of each bot and chat, so that Telegram's limits are met before it has to say so. */
@Injectable()
export class TelegramPace {
  /** When the next send of a bot, and of a chat, may leave. */
  private readonly next = new Map<string, number>();

  /** Waits for the turn of a send; gives after how many seconds to come back, where that is too long to wait here. */
  async turn(bot: string, chat: string, signal: AbortSignal): Promise<number | null> {
    const now = performance.now();
    const thread = `${bot} ${chat}`;
    const at = Math.max(now, this.next.get(bot) ?? 0, this.next.get(thread) ?? 0);
    if (at - now > longestWait) return Math.ceil((at - now) / 1_000);
    this.put(bot, Math.max(now, this.next.get(bot) ?? 0) + botGap);
    this.put(thread, at + chatGap);
    if (at > now) await pause(at - now, undefined, { signal });
    return null;
  }

  /** Telegram said that the bot has to wait: nothing of it leaves until then. */
  hold(bot: string, seconds: number): void {
    this.put(bot, Math.max(this.next.get(bot) ?? 0, performance.now() + seconds * 1_000));
  }

  private put(key: string, at: number): void {
    this.next.delete(key);
    this.next.set(key, at);
    if (this.next.size <= mostKept) return;
    const now = performance.now();
    for (const [old, until] of this.next) {
      if (until > now && this.next.size <= mostKept) continue;
      this.next.delete(old);
    }
  }
}
