import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ReadWork, WhatIsRead } from './what-is-read.js';

const file = new URL(`./read.thread${import.meta.filename.slice(-3)}`, import.meta.url);
/** Of a thread: what its objects take, and what lies beside them (unpacked bytes), which no limit of its own holds. */
const limits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 } as const;
const mostBeside = 400_000_000;
const lookMilliseconds = 50;
const mostAtOnce = 2;

/**
 * Reads documents of strangers away from the server's own thread, each in a thread of its own that is thrown away: a bomb
 * takes its time and its memory, and then it is over. Only so many are read at once; others wait.
 */
@Injectable()
export class ReadingThread implements OnApplicationShutdown {
  private readonly all = new Set<Worker>();
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  /** What was read, or why it could not be; never throws because of what the bytes are. */
  async read(work: ReadWork, seconds: number): Promise<WhatIsRead> {
    if (this.running < mostAtOnce) this.running += 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await this.inThread(work, seconds);
    } finally {
      // Whoever waits takes the place over.
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.all].map((thread) => thread.terminate()));
  }

  private async inThread(work: ReadWork, seconds: number): Promise<WhatIsRead> {
    const thread = new Worker(file, { resourceLimits: limits, stdout: true, stderr: true });
    this.all.add(thread);
    const timers: NodeJS.Timeout[] = [];
    try {
      return await new Promise<WhatIsRead>((resolve) => {
        const tooHard = () => resolve({ kind: 'unreadable', reason: 'TOO_HARD', values: {} });
        thread.once('message', resolve);
        // Its memory ran out, or it ended without a word.
        thread.once('error', tooHard);
        thread.once('exit', tooHard);
        timers.push(setTimeout(tooHard, seconds * 1_000));
        timers.push(
          setInterval(() => void besideOf(thread).then((bytes) => bytes > mostBeside && tooHard()), lookMilliseconds),
        );
        thread.postMessage(work);
      });
    } finally {
      for (const timer of timers) clearInterval(timer);
      await thread.terminate();
      this.all.delete(thread);
    }
  }
}

/** The bytes that a thread holds beside its objects; 0 where it has ended. */
async function besideOf(thread: Worker): Promise<number> {
  const statistics = await thread.getHeapStatistics().catch(() => null);
  return statistics?.external_memory ?? 0;
}
