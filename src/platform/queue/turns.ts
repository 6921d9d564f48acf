import { FairWaiting, type Hint } from './fair-waiting.js';
import type { Worker } from './worker.js';

/** The turns of one kind of job in this process: who runs, and who waits. */
export class Turns {
  readonly waiting = new FairWaiting();
  private readonly active = new Map<string, number>();
  private running = 0;

  constructor(private readonly worker: Worker) {}

  /** Whether one more of a workspace may run. One place is always left to the others. */
  mayRun(workspaceId: string): boolean {
    const { concurrency } = this.worker;
    const most = concurrency > 2 ? concurrency - 1 : concurrency;
    return this.running < concurrency && (this.active.get(workspaceId) ?? 0) < most;
  }

  /** The next whose turn it is. */
  next(): Hint | null {
    return this.waiting.take((workspaceId) => this.mayRun(workspaceId));
  }

  begin(workspaceId: string): void {
    this.running += 1;
    this.active.set(workspaceId, (this.active.get(workspaceId) ?? 0) + 1);
  }

  end(workspaceId: string): void {
    this.running -= 1;
    const left = (this.active.get(workspaceId) ?? 1) - 1;
    if (left === 0) this.active.delete(workspaceId);
    else this.active.set(workspaceId, left);
  }
}
