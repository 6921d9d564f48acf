import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

// Who asks more rarely does not watch; who does not ask any more has gone.
const watchesMilliseconds = 10_000;
const longestMilliseconds = 5_000;
const asksKept = 6;

/** Whether this process still takes work: switched off first when it is asked to stop. */
@Injectable()
export class Readiness {
  private stops = false;
  private asks: number[] = [];

  get stopping(): boolean {
    return this.stops;
  }

  /** Somebody asked. */
  asked(): void {
    this.asks = [...this.asks, performance.now()].slice(-asksKept);
  }

  /**
   * Takes leave: a balancer that watches is told and has time to hear it, while requests are still answered. What it sends
   * while a listening socket closes would be lost. Where nobody watches this ends at once.
   */
  async leave(): Promise<void> {
    this.stops = true;
    const gaps = [...this.asks.slice(1), performance.now()].map((at, index) => at - (this.asks[index] ?? at));
    if (this.asks.length < 2 || (gaps.pop() ?? 0) > watchesMilliseconds) return;
    const longest = Math.max(0, ...gaps.filter((gap) => gap <= watchesMilliseconds));
    await sleep(Math.min(longestMilliseconds, 2.5 * longest));
  }
}
