/** What a watcher who does not read may pile up; the oldest goes first, for only the newest counts. */
const maxWaiting = 100;

type Watch<Event> = (push: (event: Event) => void) => () => void;

/**
 * What a resolver returns whose events are neither stored nor replayed. Written out, for a generator that waits cannot be
 * ended from outside: a watcher who leaves a quiet workspace would stay on the board until something happened.
 */
export class PassingStream<Field extends string, Event> implements AsyncIterableIterator<Record<Field, Event>> {
  private readonly waiting: Event[] = [];
  private readonly asked: ((next: IteratorResult<Record<Field, Event>, undefined>) => void)[] = [];
  private readonly leave: () => void;
  private over = false;

  /** `field` is the subscription's name. */
  constructor(
    private readonly field: Field,
    watch: Watch<Event>,
  ) {
    this.leave = watch((event) => this.push(event));
  }

  next(): Promise<IteratorResult<Record<Field, Event>, undefined>> {
    const event = this.waiting.shift();
    if (event !== undefined) return Promise.resolve({ done: false, value: this.named(event) });
    if (this.over) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => this.asked.push(resolve));
  }

  return(): Promise<IteratorResult<Record<Field, Event>, undefined>> {
    this.over = true;
    this.leave();
    this.waiting.length = 0;
    for (const resolve of this.asked.splice(0)) resolve({ done: true, value: undefined });
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private push(event: Event): void {
    const resolve = this.asked.shift();
    if (resolve !== undefined) resolve({ done: false, value: this.named(event) });
    else {
      if (this.waiting.length >= maxWaiting) this.waiting.shift();
      this.waiting.push(event);
    }
  }

  private named(event: Event): Record<Field, Event> {
    return { [this.field]: event } as Record<Field, Event>;
  }
}
