import { createHash } from 'node:crypto';
import { type DatabaseSnapshot, RowDigest, type StoredTable } from '../../platform/database/index.js';
import type { FileStore } from '../../platform/files/index.js';
import { frameOf, framesOf } from './frames.js';
import type { HeldFile, Manifest, Totals } from './manifest.js';

type Say = (line: string) => void;

/** All that a backup holds, in frames: what it is, every table, every file, and the counts. */
export class WriteParts {
  private readonly totals = { tables: 0, rows: 0, files: 0, fileBytes: 0, missingFiles: 0 };

  constructor(
    private readonly snapshot: DatabaseSnapshot,
    private readonly files: Pick<FileStore, 'read'>,
    private readonly say: Say,
  ) {}

  async *of(manifest: Manifest): AsyncGenerator<Buffer> {
    yield frameOf('begin', manifest);
    for (const table of manifest.tables) yield* this.table(table);
    for await (const { workspaceId, id, hasSmall } of this.snapshot.files()) {
      yield* this.file({ workspaceId, id, variant: 'whole' });
      if (hasSmall) yield* this.file({ workspaceId, id, variant: 'small' });
    }
    yield frameOf('end', this.counted);
  }

  get counted(): Totals {
    return { ...this.totals };
  }

  private async *table(table: StoredTable): AsyncGenerator<Buffer> {
    yield frameOf('table', table);
    const digest = new RowDigest();
    for await (const chunk of this.snapshot.rows(table)) {
      digest.add(chunk);
      yield* framesOf(chunk);
    }
    const sum = digest.end();
    yield frameOf('done', sum);
    this.totals.tables += 1;
    this.totals.rows += sum.rows;
    if (sum.rows > 0) this.say(`${table.name}: ${String(sum.rows)} rows`);
  }

  private async *file(file: HeldFile): AsyncGenerator<Buffer> {
    const bytes = await this.files.read(file.workspaceId, file.id, file.variant).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    });
    if (bytes === null) {
      this.totals.missingFiles += 1;
      return;
    }
    yield frameOf('file', file);
    const digest = createHash('sha256');
    let size = 0;
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      digest.update(chunk);
      size += chunk.length;
      yield* framesOf(chunk);
    }
    yield frameOf('done', { rows: size, digest: digest.digest('hex') });
    this.totals.files += 1;
    this.totals.fileBytes += size;
    if (this.totals.files % 1_000 === 0) this.say(`${String(this.totals.files)} files`);
  }
}
