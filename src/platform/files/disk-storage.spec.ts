import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { DiskStorage } from './disk-storage.js';

describe('files on disk that are put while they are made', () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(path.join(tmpdir(), 'disk-'))));
  afterEach(() => rm(folder, { recursive: true }));

  const words = async function* (fails: boolean): AsyncGenerator<Buffer> {
    yield Buffer.from('some ');
    await Promise.resolve();
    if (fails) throw new Error('gone');
    yield Buffer.from('words');
  };

  it('are there once they are whole', async () => {
    const storage = new DiskStorage(folder);
    await storage.putStream('w/aa/one', words(false));
    expect(await text(await storage.read('w/aa/one'))).toBe('some words');
  });

  it('are not there where making them failed, and neither is a part of them', async () => {
    const storage = new DiskStorage(folder);
    await expect(storage.putStream('w/aa/one', words(true))).rejects.toThrow('gone');
    expect(await readdir(path.join(folder, 'w/aa'))).toEqual([]);
  });
});
