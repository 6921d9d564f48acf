import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { RowDigest, type RowSum, type StoredTable } from '../../platform/database/index.js';
import { BackupDamaged } from './backup-damaged.js';
import type { BackupKeys } from './backup-keys.js';
import { type Frame, framesIn } from './frames.js';
import type { HeldFile, Manifest, Totals } from './manifest.js';
import { unseal } from './sealed-stream.js';

/** What is done with each part of a backup. What it does not read is read all the same, to be checked. */
export interface PartReader {
  begin?(manifest: Manifest): Promise<void>;
  table?(table: StoredTable, rows: AsyncIterable<Buffer>): Promise<void>;
  /** After the last table. */
  tablesDone?(): Promise<void>;
  file?(file: HeldFile, bytes: AsyncIterable<Buffer>): Promise<void>;
}

/** What was read, and the sums of the tables as they were when the backup was made. */
export interface WhatWasRead {
  readonly manifest: Manifest;
  readonly totals: Totals;
  readonly tables: ReadonlyMap<string, RowSum>;
}

/** Reads a backup to its end, and checks every chunk, every table and file, and the counts. Throws BackupDamaged. */
export async function readParts(
  sealed: AsyncIterable<Buffer>,
  keys: BackupKeys,
  reader: PartReader = {},
): Promise<WhatWasRead> {
  const plain = createZstdDecompress();
  const ended = pipeline(Readable.from(unseal(sealed, keys), { objectMode: false }), plain);
  // Whatever breaks off is told to whoever reads.
  ended.catch(() => undefined);
  return new Reading(framesIn(plain as AsyncIterable<Buffer>), reader).read();
}

class Reading {
  private manifest: Manifest | null = null;
  private readonly tables = new Map<string, RowSum>();
  private readonly counted = { tables: 0, rows: 0, files: 0, fileBytes: 0 };
  private tablesAreDone = false;

  constructor(
    private readonly frames: AsyncGenerator<Frame>,
    private readonly reader: PartReader,
  ) {}

  async read(): Promise<WhatWasRead> {
    for (;;) {
      const frame = await this.next();
      if (frame.kind === 'begin' && this.manifest === null) {
        this.manifest = wordsOf<Manifest>(frame);
        await this.reader.begin?.(this.manifest);
      } else if (this.manifest === null) throw outOfOrder();
      else if (frame.kind === 'table' && !this.tablesAreDone) await this.table(wordsOf<StoredTable>(frame));
      else if (frame.kind === 'file') await this.file(wordsOf<HeldFile>(frame));
      else if (frame.kind === 'end') return await this.end(this.manifest, wordsOf<Totals>(frame));
      else throw outOfOrder();
    }
  }

  private async table(table: StoredTable): Promise<void> {
    const digest = new RowDigest();
    const part = this.part((chunk) => digest.add(chunk));
    await this.reader.table?.(table, part.bytes());
    const said = await part.rest();
    const sum = digest.end();
    if (sum.digest !== said.digest || sum.rows !== said.rows)
      throw new BackupDamaged(`The rows of ${table.name} are not those that were written.`);
    this.tables.set(table.name, sum);
    this.counted.tables += 1;
    this.counted.rows += sum.rows;
  }

  private async file(file: HeldFile): Promise<void> {
    await this.noMoreTables();
    const digest = createHash('sha256');
    let size = 0;
    const part = this.part((chunk) => {
      digest.update(chunk);
      size += chunk.length;
    });
    await this.reader.file?.(file, part.bytes());
    const said = await part.rest();
    if (digest.digest('hex') !== said.digest)
      throw new BackupDamaged(`The file ${file.id} is not the one that was written.`);
    this.counted.files += 1;
    this.counted.fileBytes += size;
  }

  private async end(manifest: Manifest, said: Totals): Promise<WhatWasRead> {
    await this.noMoreTables();
    for (const [what, count] of Object.entries(this.counted))
      if (said[what as keyof Totals] !== count)
        throw new BackupDamaged(`The backup holds ${String(count)} ${what}, and says that it holds others.`);
    if (manifest.tables.some(({ name }) => !this.tables.has(name))) throw outOfOrder();
    if (!((await this.frames.next()).done ?? false)) throw outOfOrder();
    return { manifest, totals: said, tables: this.tables };
  }

  private async noMoreTables(): Promise<void> {
    if (this.tablesAreDone) return;
    this.tablesAreDone = true;
    await this.reader.tablesDone?.();
  }

  /** The bytes of one table or file, and what is said of them after. */
  private part(see: (chunk: Buffer) => void) {
    let said: RowSum | null = null;
    const bytes = async function* (this: Reading): AsyncGenerator<Buffer> {
      while (said === null) {
        const frame = await this.next();
        if (frame.kind === 'done') {
          said = wordsOf<RowSum>(frame);
        } else {
          if (frame.kind !== 'bytes') throw outOfOrder();
          see(frame.body);
          yield frame.body;
        }
      }
    }.bind(this);
    const rest = async (): Promise<RowSum> => {
      for await (const _ of bytes());
      return said ?? Promise.reject(outOfOrder());
    };
    return { bytes, rest };
  }

  private async next(): Promise<Frame> {
    const next = await this.frames.next();
    if (next.done === true) throw new BackupDamaged('The backup ends before all of it was written.');
    return next.value;
  }
}

function wordsOf<Words>({ body }: Frame): Words {
  return JSON.parse(body.toString()) as Words;
}

function outOfOrder(): BackupDamaged {
  return new BackupDamaged('The parts of the backup are not in the order in which they were written.');
}
