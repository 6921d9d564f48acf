import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import { DatabaseSnapshot } from '../../platform/database/index.js';
import type { FileStore } from '../../platform/files/index.js';
import type { BackupKeys } from './backup-keys.js';
import { type BackupPlace, nameOf } from './backup-place.js';
import type { JournalPlace, Manifest, Totals } from './manifest.js';
import { seal } from './sealed-stream.js';
import { WriteParts } from './write-parts.js';

/** What a backup is made of and with. */
export interface BackupSources {
  readonly ownerUrl: string;
  readonly files: Pick<FileStore, 'read'>;
  readonly keys: BackupKeys;
  readonly place: BackupPlace;
  /** How far the erasure journal is now. */
  journal(): Promise<JournalPlace | null>;
  /** Told of each step. */
  say(line: string): void;
}

/** A backup that was made. */
export interface CreatedBackup extends Totals {
  readonly name: string;
  readonly createdAt: Date;
  readonly size: number;
  readonly journal: JournalPlace | null;
  readonly seconds: number;
}

/** Raised when what a backup holds can no longer be read by releases before. */
const version = '1';

/**
 * Makes a backup of everything that the deployment keeps, as it was at one moment, while the server goes on. It streams from
 * the database to where it is kept, and takes the same memory however much there is.
 */
export async function createBackup(sources: BackupSources): Promise<CreatedBackup> {
  const since = performance.now();
  // Before the snapshot: what is erased between the two is erased once more by a restore, which does no harm.
  const journal = await sources.journal();
  return DatabaseSnapshot.take(sources.ownerUrl, async (snapshot) => {
    // On a schedule that is tighter than a backup takes they would pile up.
    if (!(await snapshot.isOnly()))
      throw new Error('Another backup of this database is being made just now. Nothing was done.');
    const at = await snapshot.at();
    const manifest: Manifest = {
      at: at.toISOString(),
      migrations: await snapshot.migrations(),
      tables: await snapshot.tables(),
      sequences: await snapshot.sequences(),
      keys: await snapshot.keys(),
      journal,
    };
    const name = nameOf(at, randomBytes(4).toString('hex'));
    const parts = new WriteParts(snapshot, sources.files, (line) => sources.say(line));
    const packed = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 3 } });
    const read = pipeline(Readable.from(parts.of(manifest), { objectMode: false }), packed);
    // What breaks off the reading is told by the stream, to whoever writes.
    read.catch(() => undefined);
    const sealed = seal(packed as AsyncIterable<Buffer>, sources.keys, { createdAt: manifest.at, version });
    const size = await sources.place.write(name, sealed);
    await read;
    const totals = parts.counted;
    await sources.place.log(JSON.stringify({ at: new Date(), created: name, size, ...totals }));
    return { name, createdAt: at, size, journal, ...totals, seconds: (performance.now() - since) / 1_000 };
  });
}
