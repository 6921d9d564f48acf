import type { Rating, ShownMessage } from '../../../libs/widget-protocol/index.js';

/** The messages that the visitor may see, as they are now. */
export class Thread {
  /** Under which key a message was shown before the server had it, so that it stays where it is. */
  readonly shownAs = new Map<string, string>();
  private shown = new Map<string, ShownMessage>();
  private held: ShownMessage[] = [];

  /** In their order: the server's ids are made in the order of time. */
  get messages(): readonly ShownMessage[] {
    return [...this.shown.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  get size(): number {
    return this.shown.size;
  }

  get lastAnswer(): string | null {
    return this.messages.findLast(({ from }) => from === 'business')?.id ?? null;
  }

  unreadAfter(read: string | null): number {
    return this.messages.filter(({ id, from }) => from === 'business' && (read === null || id > read)).length;
  }

  /** Whether it is an answer that was not there before. `sending`: something of this page is on its way. */
  take(message: ShownMessage, sending: boolean): boolean {
    const known = this.shown.has(message.id);
    // What this page sends comes by the stream too, and may come first: it waits until it is known which it is.
    if (message.from === 'visitor' && !known && sending) this.held.push(message);
    else this.shown.set(message.id, message);
    return message.from === 'business' && !known;
  }

  /** Puts another rating in the place of the one that it gives. */
  rated(id: string, rating: Rating | null): Rating | null {
    const message = this.shown.get(id);
    if (message !== undefined) this.shown.set(id, { ...message, rating });
    return message?.rating ?? null;
  }

  /** The server has what was shown under this key. */
  written(key: string, message: ShownMessage): void {
    this.shownAs.set(message.id, key);
    this.shown.set(message.id, message);
  }

  /** Nothing of this page is on its way: what waited is what another page of the visitor has sent. */
  release(): void {
    for (const one of this.held.splice(0)) if (!this.shown.has(one.id)) this.shown.set(one.id, one);
  }

  replace(messages: readonly ShownMessage[]): void {
    this.shown = new Map(messages.map((message) => [message.id, message]));
  }

  erase(ids: readonly string[]): void {
    for (const id of ids) this.shown.delete(id);
  }

  clear(): void {
    this.shown.clear();
    this.shownAs.clear();
    this.held = [];
  }
}
