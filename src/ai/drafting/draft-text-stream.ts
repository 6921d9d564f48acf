import type { DraftChunk } from './draft-chunk.type.js';

type Next = IteratorResult<{ draftText: DraftChunk }, undefined>;

/**
 * What the `draftText` resolver returns. Only what a reader does not have yet is made into a piece, at the moment when it
 * is asked for: one who does not read piles nothing up.
 */
export class DraftTextStream implements AsyncIterableIterator<{ draftText: DraftChunk }> {
  private latest = '';
  private sent = '';
  private finished = false;
  private over = false;
  private asked: ((next: Next) => void)[] = [];
  private leave: () => void = () => undefined;

  constructor(private readonly draftId: string) {}

  /** What is to be done when the reader leaves, or the last piece is made. */
  onLeave(leave: () => void): void {
    this.leave = leave;
  }

  /** All that there is so far; `done` where nothing follows. */
  show(text: string, done: boolean): void {
    if (this.finished) return;
    this.latest = text;
    this.finished = done;
    if (done) this.leave();
    this.hand();
  }

  next(): Promise<Next> {
    return new Promise((resolve) => {
      this.asked.push(resolve);
      this.hand();
    });
  }

  return(): Promise<Next> {
    this.over = true;
    this.finished = true;
    this.leave();
    this.hand();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private hand(): void {
    for (let resolve = this.asked[0]; resolve !== undefined; resolve = this.asked[0]) {
      const next = this.made();
      if (next === null) return;
      this.asked = this.asked.slice(1);
      resolve(next);
    }
  }

  private made(): Next | null {
    if (this.over) return { done: true, value: undefined };
    if (!this.finished && this.latest === this.sent) return null;
    const offset = sharedLength(this.sent, this.latest);
    const chunk = { draftId: this.draftId, offset, text: this.latest.slice(offset), done: this.finished };
    this.sent = this.latest;
    if (this.finished) this.over = true;
    return { done: false, value: { draftText: chunk } };
  }
}

/** How far two texts are the same, never in the middle of a character. */
function sharedLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) length += 1;
  const last = one.charCodeAt(length - 1);
  return last >= 0xd800 && last <= 0xdbff ? length - 1 : length;
}
