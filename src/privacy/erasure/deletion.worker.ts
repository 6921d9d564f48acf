import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { deletion } from './deletion.js';
import { FinishErasure } from './finish-erasure.js';

/** After so long the job goes back into the queue, so that it never counts as one that does not end. */
const turnSeconds = 30;
/** A hold that is released wakes it; this is for what no release told. */
const heldSeconds = 3_600;

/** Finishes erasures that were begun. */
@Injectable()
export class DeletionWorker implements Worker, OnModuleInit {
  readonly kind = deletion;
  readonly concurrency = 2;
  readonly maxSeconds = 300;

  constructor(
    private readonly queues: Queues,
    private readonly finish: FinishErasure,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run(job: Job): Promise<Again | undefined> {
    const until = performance.now() + 1_000 * turnSeconds;
    while (!job.signal.aborted && performance.now() < until) {
      const turn = await this.finish.turn(job.workspaceId, job.rowId);
      if (turn === 'done') return undefined;
      if (turn === 'held') return { afterSeconds: heldSeconds };
    }
    return { afterSeconds: 0 };
  }
}
