/**
 * Work that nothing waits for and that is lost with the process: a few at a time, in their order. What is more than may
 * wait is left out.
 */
export class PassingWork {
  private readonly waiting: (() => Promise<void>)[] = [];
  private readonly running = new Set<Promise<void>>();
  private closed = false;

  constructor(private readonly limits: { readonly atOnce: number; readonly mostWaiting: number }) {}

  /** Whether no more is taken now. */
  get full(): boolean {
    return this.closed || this.waiting.length >= this.limits.mostWaiting;
  }

  /** Takes one that handles its own failures, unless there is no room. */
  add(run: () => Promise<void>): void {
    if (this.full) return;
    this.waiting.push(run);
    this.begin();
  }

  /** Takes no more, drops what waits, and waits for what has begun. */
  async close(): Promise<void> {
    this.closed = true;
    this.waiting.length = 0;
    await Promise.allSettled(this.running);
  }

  private begin(): void {
    while (this.running.size < this.limits.atOnce) {
      const next = this.waiting.shift();
      if (next === undefined) return;
      const done = next().finally(() => {
        this.running.delete(done);
        this.begin();
      });
      this.running.add(done);
    }
  }
}
