import { ask, startProcess } from './sender.js';

export interface WatchPlan {
  readonly url: string;
  /** One subscription for each token, on a socket of its own. */
  readonly tokens: readonly string[];
  /** How many messages are told apart by the number at the front of their text. */
  readonly numbers: number;
}

export interface CollectPlan {
  readonly expected: number;
  readonly seconds: number;
}

export interface Watched {
  /** When each message came, in ms since 1970: to the last of its subscribers; NaN: to none. */
  readonly receivedAt: Float64Array;
  /** How many different messages came. */
  readonly different: number;
  /** How many came, repeats included. */
  readonly all: number;
  /** How often a socket was closed and opened again with its last cursor. */
  readonly reopened: number;
  readonly processorTime: number;
}

/** Subscribers in a process of their own: each resumes with its last cursor when its socket is closed. */
export class Watcher {
  private readonly child = startProcess('./watcher.process.ts');

  /** Opens the subscriptions; answers when all are live. */
  open(plan: WatchPlan): Promise<{ open: number }> {
    return ask(this.child, { open: plan });
  }

  /** What came since it was asked last, as soon as so many different messages have, or after so many seconds. */
  collect(expected: number, seconds = 20): Promise<Watched> {
    return ask(this.child, { collect: { expected, seconds } });
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
  }
}
