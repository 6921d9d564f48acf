import type { WorkspaceTransaction } from './transaction.js';

/** A read transaction that several readers use, one after the other: its connection takes one statement at a time. */
export class SharedRead {
  private last: Promise<unknown> = Promise.resolve();
  private broken: unknown = null;

  constructor(private readonly tx: WorkspaceTransaction) {}

  /** What went wrong in it first, or null; after that nothing more can be read in it. */
  get failure(): unknown {
    return this.broken;
  }

  run<Result>(work: (tx: WorkspaceTransaction) => Promise<Result>): Promise<Result> {
    const result = this.last.then(() => work(this.tx));
    this.last = result.catch((error: unknown) => (this.broken ??= error));
    return result;
  }
}
