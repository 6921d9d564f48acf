import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

/** Milliseconds from the end of one request to the next at the same host, where its robots.txt asks for no more. */
const leastPause = 150;

/** One request at a time to a host, with a pause between two, whichever workspace it is for. */
@Injectable()
export class SiteTurns {
  private readonly last = new Map<string, Promise<void>>();

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
    await before;
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      const pause = wait(Math.max(leastPause, 1_000 * delaySeconds), undefined, { ref: false });
      void pause.then(() => {
        if (this.last.get(host) === turn) this.last.delete(host);
        done();
      });
    }
  }
}
