import type { ActivityType } from '../activity.type.js';

/** What a watcher who does not read may pile up; the oldest goes first, for only the newest counts. */
const maxWaiting = 100;

type Next = IteratorResult<{ activity: ActivityType }, undefined>;
type Watch = (push: (activity: ActivityType) => void) => () => void;

/**
 * What the `activity` resolver returns. Written out, for a generator that waits cannot be ended from outside: a watcher
 * who leaves a quiet workspace would stay on the board until somebody typed.
 */
export class ActivityStream implements AsyncIterableIterator<{ activity: ActivityType }> {
  private readonly waiting: ActivityType[] = [];
  private readonly asked: ((next: Next) => void)[] = [];
  private readonly leave: () => void;
  private over = false;

  constructor(watch: Watch) {
    this.leave = watch((activity) => this.push(activity));
  }

  next(): Promise<Next> {
    const activity = this.waiting.shift();
    if (activity !== undefined) return Promise.resolve({ done: false, value: { activity } });
    if (this.over) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => this.asked.push(resolve));
  }

  return(): Promise<Next> {
    this.over = true;
    this.leave();
    this.waiting.length = 0;
    for (const resolve of this.asked.splice(0)) resolve({ done: true, value: undefined });
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private push(activity: ActivityType): void {
    const resolve = this.asked.shift();
    if (resolve !== undefined) resolve({ done: false, value: { activity } });
    else {
      if (this.waiting.length >= maxWaiting) this.waiting.shift();
      this.waiting.push(activity);
    }
  }
}
