import type { WorkspaceTransaction } from './transaction.js';

/** A reading that several readers take part in. */
export class SharedRead {
  private broken: unknown = null;

  constructor(private readonly tx: WorkspaceTransaction) {}

  /** What went wrong in it first, or null. */
  get failure(): unknown {
    return this.broken;
  }

  async run<Result>(work: (tx: WorkspaceTransaction) => Promise<Result>): Promise<Result> {
    try {
      return await work(this.tx);
    } catch (error) {
      this.broken ??= error;
      throw error;
    }
  }
}
