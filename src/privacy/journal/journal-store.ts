/** A line as it lies there; the last one may never have been ended. */
export interface StoredLine {
  readonly bytes: Buffer;
  readonly ended: boolean;
}

/** A line to be added, and its number. */
export interface NewLine {
  readonly seq: number;
  readonly line: string;
}

/** Another writer was first: what was to be added would follow what is no longer the end. */
export class NumberTaken extends Error {}

/** Where the journal lies: lines that are added and never changed. */
export abstract class JournalStore {
  /** In words for an operator. */
  abstract readonly place: string;
  /** All lines from the first one on. */
  abstract lines(): AsyncIterable<StoredLine>;
  /** The last lines, enough of them that one is an entry; all of them where there are few. */
  abstract end(): Promise<readonly StoredLine[]>;
  /** Adds lines; they are safe when it resolves. `open`: the last line that is there has to be ended first. */
  abstract add(lines: readonly NewLine[], open: boolean): Promise<void>;
}
