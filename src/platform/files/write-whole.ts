import { open, rename, rm } from 'node:fs/promises';

/** How a file is called while it is being written. */
export const unfinished = '.part';

/**
 * Writes a file for its owner alone that is there once it is whole and on disk; gives its size in bytes. Where it fails
 * nothing is left, and where one is being written already it throws EEXIST.
 */
export async function writeWhole(target: string, bytes: AsyncIterable<Buffer>): Promise<number> {
  const part = `${target}${unfinished}`;
  const file = await open(part, 'wx', 0o600);
  let size = 0;
  try {
    for await (const chunk of bytes) {
      await file.writeFile(chunk);
      size += chunk.length;
    }
    await file.sync();
  } catch (error) {
    await file.close();
    await rm(part, { force: true });
    throw error;
  }
  await file.close();
  await rename(part, target);
  return size;
}
