import type { ReadingReason } from './reading-words.js';

/** Why something cannot be read, by the name of its words and what they are filled in with. */
export class Unreadable extends Error {
  readonly reason: ReadingReason;
  readonly values: Readonly<Record<string, string>>;

  constructor(reason: ReadingReason, values: Readonly<Record<string, string>> = {}) {
    super(reason);
    this.name = 'Unreadable';
    this.reason = reason;
    this.values = values;
  }
}
