import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { type ByteRange, FileStorage } from './file-storage.js';

/** Files in a folder of this machine. */
export class DiskStorage extends FileStorage {
  constructor(private readonly root: string) {
    super();
  }

  override async put(name: string, body: Buffer): Promise<void> {
    const target = this.pathOf(name);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(`${target}.part`, body, { flush: true, mode: 0o600 });
    await rename(`${target}.part`, target);
  }

  override async read(name: string, range?: ByteRange): Promise<Readable> {
    const target = this.pathOf(name);
    // Opened before anything is answered: a file that is gone is told as one.
    const file = await open(target);
    return createReadStream(target, { fd: file, ...range });
  }

  override async remove(name: string): Promise<void> {
    await rm(this.pathOf(name), { force: true });
  }

  override async removeAll(folder: string): Promise<void> {
    await rm(this.pathOf(folder), { recursive: true, force: true });
  }

  private pathOf(name: string): string {
    return path.join(this.root, ...name.split('/'));
  }
}
