import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

type Said = { connected?: number; failed?: string; expecting?: boolean; came?: readonly number[] };

/** Watchers in a process of their own. */
export class Crowd {
  private constructor(private readonly child: ChildProcess) {}

  /** Opens `count` sockets; resolves when each stands and, where it has something to say first, has been answered. */
  static async connect(order: {
    readonly url: string;
    readonly count: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly hello?: readonly { readonly send: string; readonly until: string }[];
    readonly protocol: string;
  }): Promise<Crowd> {
    const child = fork(path.join(import.meta.dirname, 'crowd.process.ts'), [], {
      execArgv: ['--disable-warning=ExperimentalWarning', '--import', './test/support/typescript-loader.mjs'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const crowd = new Crowd(child);
    const answer = crowd.answer(180_000);
    child.send({ connect: { headers: {}, hello: [], ...order } });
    const { connected, failed } = await answer;
    if (connected !== order.count) throw new Error(`The crowd could not connect: ${String(failed)}`);
    return crowd;
  }

  /** Has `cause` cause one frame for each of `count` watchers; gives when each came, in ms after the cause. */
  async frames(count: number, cause: () => Promise<number>): Promise<number[]> {
    const expecting = this.answer(10_000);
    this.child.send({ expect: count });
    await expecting;
    const answer = this.answer(30_000);
    const since = await cause();
    const { came } = await answer;
    return (came ?? []).map((at) => at - since);
  }

  async leave(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
  }

  private answer(milliseconds: number): Promise<Said> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('The crowd does not answer.')), milliseconds);
      this.child.once('message', (said) => {
        clearTimeout(timer);
        resolve(said as Said);
      });
    });
  }
}

/** Now, on the clock that processes of one machine share. */
export function sharedNow(): number {
  return performance.timeOrigin + performance.now();
}
