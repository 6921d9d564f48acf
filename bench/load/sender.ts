import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Message } from './webhooks.js';

const loader = fileURLToPath(new URL('../../test/support/typescript-loader.mjs', import.meta.url));

/** Starts one of the load's processes: the bench's own cost is apart from the server's. */
export function startProcess(script: string): ChildProcess {
  return fork(fileURLToPath(new URL(script, import.meta.url)), [], {
    execArgv: ['--disable-warning=ExperimentalWarning', '--import', loader],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { PATH: process.env['PATH'] },
  });
}

/** Asks a process of the load for something; throws when it ends instead of answering. */
export function ask<Answer>(child: ChildProcess, question: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`A process of the load ended with ${String(code)}.`));
    child.once('exit', ended);
    child.once('message', (answer) => {
      child.off('exit', ended);
      resolve(answer as Answer);
    });
    child.send(question, (error) => {
      if (error !== null) reject(error);
    });
  });
}

export interface SendPlan {
  readonly url: string;
  /** Distinguishes the messages of this plan from all others of the run. */
  readonly prefix: string;
  readonly messages: readonly Message[];
}

export interface SendOptions {
  readonly connections: number;
  /** Requests a second, whether or not earlier ones were answered; null: as fast as they are answered. */
  readonly rate: number | null;
  /** After this the rest is not sent. */
  readonly seconds: number;
  /** As the platform does: what was not acknowledged is sent again until it is. */
  readonly untilAcknowledged?: boolean;
}

export interface Sent {
  /** Requests that were answered with 200. */
  readonly acknowledged: number;
  /** Requests that were answered otherwise or not at all. */
  readonly refused: number;
  /** Requests that were not sent, because the time was up. */
  readonly unsent: number;
  readonly seconds: number;
  /** ms from the moment when a request was due to its answer. */
  readonly latency: { readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number };
  /** When each message was due, by its number, in ms since 1970; NaN: it was not sent. */
  readonly dueAt: Float64Array;
  /** Processor time of the sender, in ms. */
  readonly processorTime: number;
}

/** Sends webhooks from a process of its own: the requests are made and signed before the clock starts. */
export class Sender {
  private readonly child = startProcess('./sender.process.ts');

  prepare(plan: SendPlan): Promise<{ prepared: number }> {
    return ask(this.child, { prepare: plan });
  }

  send(options: SendOptions): Promise<Sent> {
    return ask(this.child, { send: options });
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
  }
}
