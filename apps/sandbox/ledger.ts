import type { Obj } from './json.ts';

export const LEDGER_KINDS = [
  'sends',
  'webhooks',
  'graph',
  'telegram',
  'openai',
  'turnstile',
  'shopify',
  'billing',
] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

/** One thing that happened, in the order in which it happened. */
export interface LedgerEntry extends Obj {
  seq: number;
  kind: LedgerKind;
  at: string;
}

/** What the platforms received and sent: the witness that tests and people consult. */
export class Ledger {
  private entries: LedgerEntry[] = [];
  private next = 1;
  private readonly limit: number;
  private readonly heard: (entry: LedgerEntry) => void;

  constructor(limit: number, heard: (entry: LedgerEntry) => void) {
    this.limit = limit;
    this.heard = heard;
  }

  /** Writes one entry; the returned entry may still be completed by whoever wrote it. */
  record(kind: LedgerKind, facts: Obj): LedgerEntry {
    const entry: LedgerEntry = { ...facts, seq: this.next++, kind, at: new Date().toISOString() };
    this.entries.push(entry);
    // Trimmed in lumps: cutting one by one would copy the whole list for each entry.
    if (this.entries.length > this.limit * 1.25) this.entries = this.entries.slice(-this.limit);
    this.heard(entry);
    return entry;
  }

  /** Tells listeners that an entry was completed. */
  changed(entry: LedgerEntry): void {
    this.heard(entry);
  }

  /** Entries after a sequence number, oldest first. */
  list(kind: LedgerKind | undefined, since: number, limit = Number.POSITIVE_INFINITY): LedgerEntry[] {
    const found = this.entries.filter((entry) => entry.seq > since && (kind === undefined || entry.kind === kind));
    return limit < found.length ? found.slice(-limit) : found;
  }

  /** The number of the newest entry ever written. */
  get last(): number {
    return this.next - 1;
  }

  /** Forgets everything; numbers go on, so that an old `since` stays meaningful. */
  clear(): void {
    this.entries = [];
  }
}
