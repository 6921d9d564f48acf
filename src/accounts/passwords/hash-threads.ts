import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { HashWork } from './hash.thread.js';

const file = new URL(`./hash.thread${import.meta.filename.slice(-3)}`, import.meta.url);

/**
 * Threads that hash, and do nothing else. They have the lowest priority: hashing takes all that a core has for a third of a
 * second, and a flood of sign-ins must not take it from those who are in. Each is made when it is first needed, one for each hash at a time
 * that the gate lets through.
 */
@Injectable()
export class HashThreads implements OnApplicationShutdown {
  private readonly idle: Worker[] = [];
  private readonly all = new Set<Worker>();

  /** The hash of a text. */
  async hash(text: string, cost: number): Promise<string> {
    return (await this.run({ text, cost })) as string;
  }

  /** Whether a text is the one of a hash. */
  async compare(text: string, kept: string): Promise<boolean> {
    return (await this.run({ text, kept })) as boolean;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.all].map((thread) => thread.terminate()));
  }

  private async run(work: HashWork): Promise<unknown> {
    const thread = this.idle.pop() ?? this.begin();
    // A process that has nothing else to do ends, but not before it has its answer.
    thread.ref();
    thread.postMessage(work);
    // What goes wrong in it is thrown here, and it is not used again.
    const [answer] = (await once(thread, 'message')) as unknown[];
    thread.unref();
    this.idle.push(thread);
    return answer;
  }

  private begin(): Worker {
    const thread = new Worker(file);
    this.all.add(thread);
    thread.on('exit', () => this.all.delete(thread));
    return thread;
  }
}
