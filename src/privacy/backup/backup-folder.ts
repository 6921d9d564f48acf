import { createReadStream } from 'node:fs';
import { appendFile, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { unfinished, writeWhole } from '../../platform/files/index.js';
import { BackupPlace, type KeptBackup, timeIn } from './backup-place.js';

/** A disk that is full, a share that is used up, a file that may not grow any further. */
const full: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Backups in a folder of this machine, a file each. */
export class BackupFolder extends BackupPlace {
  constructor(private readonly folder: string) {
    super();
  }

  override get where(): string {
    return this.folder;
  }

  override async write(name: string, bytes: AsyncIterable<Buffer>): Promise<number> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const size = await writeWhole(path.join(this.folder, name), bytes).catch((error: unknown) => {
      throw fullIn(this.folder, error);
    });
    await this.keepName();
    return size;
  }

  override read(name: string): AsyncIterable<Buffer> {
    return createReadStream(path.join(this.folder, name), { highWaterMark: 1_048_576 });
  }

  override async list(): Promise<KeptBackup[]> {
    const kept: KeptBackup[] = [];
    for (const name of await this.names()) {
      const createdAt = timeIn(name);
      if (createdAt !== null) kept.push({ name, createdAt, size: (await stat(path.join(this.folder, name))).size });
    }
    return kept;
  }

  override async unfinished(): Promise<string[]> {
    const names = (await this.names()).filter((name) => name.endsWith(unfinished));
    return names.filter((name) => timeIn(name.slice(0, -unfinished.length)) !== null);
  }

  override async remove(name: string): Promise<void> {
    await rm(path.join(this.folder, path.basename(name)), { force: true });
    await this.keepName();
  }

  override async log(line: string): Promise<void> {
    await appendFile(path.join(this.folder, 'backups.log'), `${line}\n`, { mode: 0o600, flush: true });
  }

  private async names(): Promise<string[]> {
    const names = await readdir(this.folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    return names.sort();
  }

  /** A name that is new, or gone, is on the disk too. */
  private async keepName(): Promise<void> {
    const folder = await open(this.folder);
    await folder.sync().catch(() => undefined);
    await folder.close();
  }
}

/** No room left, in words; any other error as it is. */
function fullIn(folder: string, error: unknown): unknown {
  if (!full.has((error as NodeJS.ErrnoException).code ?? '')) return error;
  return new Error(`There is no room left in ${folder}: the backup was not made, and nothing of it was left there.`, {
    cause: error,
  });
}
