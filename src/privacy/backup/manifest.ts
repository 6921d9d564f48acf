import type { StoredKey, StoredSequence, StoredTable } from '../../platform/database/index.js';

/** A place in the erasure journal. */
export interface JournalPlace {
  readonly seq: number;
  readonly hash: string;
}

/** What a backup says of itself, inside. */
export interface Manifest {
  /** The moment of the snapshot, by the database's clock. */
  readonly at: string;
  /** The migrations that made the database what it was. */
  readonly migrations: readonly string[];
  readonly tables: readonly StoredTable[];
  readonly sequences: readonly StoredSequence[];
  /** The keys that its secrets were written with, each proved without being shown; a backup of earlier days has none. */
  readonly keys?: readonly StoredKey[];
  /** How far the erasure journal was before the snapshot; null where there was none. */
  readonly journal: JournalPlace | null;
}

/** A file as a backup holds it. */
export interface HeldFile {
  readonly workspaceId: string;
  readonly id: string;
  readonly variant: 'whole' | 'small';
}

/** What a backup holds, counted. */
export interface Totals {
  readonly tables: number;
  readonly rows: number;
  readonly files: number;
  readonly fileBytes: number;
  /** Files whose rows stand there, and whose bytes were gone: erased while the backup was taken, or lost before. */
  readonly missingFiles: number;
}
