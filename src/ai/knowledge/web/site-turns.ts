import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { SharedTurns } from './shared-turns.js';

/** Milliseconds from the end of one request to the next at the same host, where its robots.txt asks for no more. */
const leastPause = 150;

/** One request at a time to a host, with a pause between two, whichever workspace and whichever process it is for. */
@Injectable()
export class SiteTurns {
  private readonly last = new Map<string, Promise<void>>();

  constructor(private readonly shared: SharedTurns) {}

  /** Does what is asked of a host when its turn has come. */
  async take<Result>(
    host: string,
    delaySeconds: number,
    signal: AbortSignal,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const before = this.last.get(host);
    let done: () => void = () => undefined;
    const turn = new Promise<void>((resolve) => (done = resolve));
    this.last.set(host, turn);
    const milliseconds = Math.max(leastPause, 1_000 * delaySeconds);
    await before;
    const shared = await this.shared.take(host, signal).catch((error: unknown) => {
      this.over(host, turn, done);
      throw error;
    });
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      void Promise.all([shared?.end(milliseconds), wait(milliseconds, undefined, { ref: false })]).then(() =>
        this.over(host, turn, done),
      );
    }
  }

  private over(host: string, turn: Promise<void>, done: () => void): void {
    if (this.last.get(host) === turn) this.last.delete(host);
    done();
  }
}
