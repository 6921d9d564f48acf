import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
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

  override async putStream(name: string, content: AsyncIterable<Buffer>): Promise<void> {
    const target = this.pathOf(name);
    const part = `${target}.part`;
    await mkdir(path.dirname(target), { recursive: true });
    try {
      await pipeline(content, createWriteStream(part, { mode: 0o600, flush: true }));
      await rename(part, target);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
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
