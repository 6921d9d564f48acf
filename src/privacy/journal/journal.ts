import type { SystemDatabase } from '../../platform/database/index.js';
import type { SigningKeys } from '../proof/signing-keys.js';
import {
  type JournalEntry,
  type JournalPosition,
  type JournalRecord,
  beginning,
  refuseWords,
} from './journal-entry.js';
import { JournalLines, tornOf } from './journal-lines.js';
import { JournalLock } from './journal-lock.js';
import { type JournalStore, NumberTaken } from './journal-store.js';

/** What is wrong with the journal, and at which of its lines (from 1). */
export class JournalBroken extends Error {
  constructor(
    readonly place: string,
    readonly line: number,
    readonly reason: string,
  ) {
    super(`The erasure journal at ${place} is broken at line ${String(line)}: ${reason}.`);
  }
}

/** What was found of the whole journal. */
export interface JournalVerdict {
  readonly entries: number;
  readonly last: JournalPosition;
  /** Writes that were cut off and noted by the entry behind them. */
  readonly torn: number;
  readonly broken: { readonly line: number; readonly reason: string } | null;
}

interface Waiting {
  readonly record: JournalRecord;
  readonly resolve: (position: JournalPosition) => void;
  readonly reject: (error: unknown) => void;
}

const takenTries = 5;

/**
 * The journal of what happened about privacy, outside the database, so that a restore of an old backup can do it again.
 * Lines are added and never changed: each signed, and over the one before it. An entry is on disk when `append` resolves,
 * so call it before the commit: what is in the journal and was never committed is done again after a restore all the
 * same, which erases what was to be erased; the other way round it would come back.
 */
export class Journal {
  private readonly lines: JournalLines;
  private readonly lock: JournalLock;
  private waiting: Waiting[] = [];
  private writing: Promise<void> | null = null;

  constructor(
    private readonly store: JournalStore,
    system: SystemDatabase,
    keys: SigningKeys,
  ) {
    this.lines = new JournalLines(keys);
    this.lock = new JournalLock(system);
  }

  /** Writes an entry down; what waits at the same moment is written together. */
  append(record: JournalRecord): Promise<JournalPosition> {
    refuseWords(record);
    return new Promise((resolve, reject) => {
      this.waiting.push({ record, resolve, reject });
      this.writing ??= this.writeAll();
    });
  }

  /** Throws where nothing could be written to it now, in words. */
  async ready(): Promise<void> {
    // In this order: what is written meanwhile is no gap.
    const known = await this.known();
    this.refuseGap((await this.end()).position, known);
  }

  /** The end of the journal. */
  async position(): Promise<JournalPosition> {
    return (await this.end()).position;
  }

  /** How far the database knows that it was written. */
  known(): Promise<JournalPosition> {
    return this.lock.known();
  }

  /** The entries behind a place, or all. Every line is checked on the way; throws where one is broken or the place is not there. */
  async *read(after: JournalPosition | null): AsyncGenerator<JournalEntry> {
    const from = after ?? beginning;
    let found = from.seq === 0;
    for await (const { entry } of this.walk()) {
      if (entry === null) continue;
      if (entry.seq > from.seq) yield entry;
      if (entry.seq !== from.seq) continue;
      if (entry.hash !== from.hash) throw this.lacks(from);
      found = true;
    }
    if (!found) throw this.lacks(from);
  }

  /** Walks all of it and names the first broken line. */
  async verify(): Promise<JournalVerdict> {
    let [entries, torn, last] = [0, 0, beginning];
    try {
      for await (const { entry, torn: noted } of this.walk()) {
        if (noted) torn += 1;
        if (entry === null) continue;
        entries += 1;
        last = { seq: entry.seq, hash: entry.hash };
      }
      return { entries, last, torn, broken: null };
    } catch (error) {
      if (!(error instanceof JournalBroken)) throw error;
      return { entries, last, torn, broken: { line: error.line, reason: error.reason } };
    }
  }

  /** Waits until all is written, and gives up the connection. */
  async close(): Promise<void> {
    while (this.writing !== null) await this.writing;
    await this.lock.close();
  }

  private lacks({ seq }: JournalPosition): JournalBroken {
    return new JournalBroken(this.store.place, seq, `entry ${String(seq)}, which was written, is not there`);
  }

  private async *walk(): AsyncGenerator<{ entry: JournalEntry | null; torn: boolean }> {
    let previous = beginning;
    let number = 0;
    let loose: Buffer[] = [];
    const broken = (reason: string) => new JournalBroken(this.store.place, number, reason);
    for await (const { bytes, ended } of this.store.lines()) {
      number += 1;
      const read = await this.lines.read(bytes, previous);
      if (read.entry === null) {
        if (read.fault !== null) throw broken(read.fault);
        loose.push(bytes, Buffer.from(ended ? '\n' : ''));
        continue;
      }
      const between = tornOf(Buffer.concat(loose));
      if (between?.digest !== read.torn?.digest || between?.bytes !== read.torn?.bytes)
        throw broken('what stands before it is no entry, or one was taken out there');
      loose = [];
      previous = { seq: read.entry.seq, hash: read.entry.hash };
      yield { entry: read.entry, torn: between !== null };
    }
    // What stands behind the last entry was being written when the machine stopped; the next entry will note it.
    if (loose.length > 0) yield { entry: null, torn: true };
  }

  private async writeAll(): Promise<void> {
    // Behind the work of this turn, so that what it asks for is written together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        const positions = await this.write(batch.map(({ record }) => record));
        batch.forEach(({ resolve }, index) => {
          resolve(positions[index] ?? beginning);
        });
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    // At once, before anyone who waited goes on: what they ask for next begins a round of its own.
    this.writing = null;
  }

  private async write(records: readonly JournalRecord[]): Promise<JournalPosition[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.lock.hold(async (known) => {
          const positions = await this.add(records, known);
          return { result: positions, head: positions.at(-1) ?? known };
        });
      } catch (error) {
        if (!(error instanceof NumberTaken) || attempt >= takenTries) throw error;
      }
    }
  }

  private async add(records: readonly JournalRecord[], known: JournalPosition): Promise<JournalPosition[]> {
    const { position, torn, open } = await this.end();
    this.refuseGap(position, known);
    const added: { seq: number; line: string }[] = [];
    const positions: JournalPosition[] = [];
    let last = position;
    for (const record of records) {
      const written = await this.lines.write(record, last, added.length === 0 ? torn : null);
      last = written.position;
      positions.push(last);
      added.push({ seq: last.seq, line: written.line });
    }
    await this.store.add(added, open);
    return positions;
  }

  private refuseGap(position: JournalPosition, known: JournalPosition): void {
    if (position.seq < known.seq || (position.seq === known.seq && position.hash !== known.hash))
      throw new Error(
        `The erasure journal at ${this.store.place} ends at entry ${String(position.seq)}, and entry ${String(known.seq)} was written: put the journal back, or name the one place for all processes in JOURNAL_URL. See docs/journal.md.`,
      );
  }

  /** The last entry, what stands behind it, and whether that has to be ended by a line feed. */
  private async end() {
    const lines = await this.store.end();
    const loose: Buffer[] = [];
    const open = lines.at(-1)?.ended === false;
    for (const { bytes } of lines.toReversed()) {
      const read = await this.lines.read(bytes, null);
      if (read.entry !== null) {
        const { seq, hash } = read.entry;
        return { position: { seq, hash }, torn: tornOf(Buffer.concat(loose)), open };
      }
      if (read.fault !== null)
        throw new Error(`The erasure journal at ${this.store.place} is broken at its end: ${read.fault}.`);
      loose.unshift(bytes, Buffer.from('\n'));
    }
    return { position: beginning, torn: tornOf(Buffer.concat(loose)), open };
  }
}
