import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Place } from './residue.js';

const page = 8_192;

/** Every file of a server under a folder, as it lies on disk; pages of zeros are left out, which is most of a log. */
export async function rawFiles(folder: string): Promise<Place[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const places: Place[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    // A file that is gone by now is gone.
    const bytes = await readFile(file).catch(() => null);
    if (bytes !== null) places.push({ where: path.relative(folder, file), bytes: withoutZeros(bytes) });
  }
  return places;
}

function withoutZeros(bytes: Buffer): Buffer {
  const zeros = Buffer.alloc(page);
  const kept: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += page) {
    const block = bytes.subarray(at, at + page);
    if (!block.equals(zeros.subarray(0, block.length))) kept.push(block);
  }
  return Buffer.concat(kept);
}
