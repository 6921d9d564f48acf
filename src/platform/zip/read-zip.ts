import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { type ListedEntry, entriesOf, inQuotes } from './zip-list.js';
import { ZipDamaged } from './zip-damaged.js';
import { elsewhere, marks } from './zip-records.js';

const endLength = 22;
const longestComment = 65_535;
const placeLength = 20;
const headLength = 30;
const longestList = 300_000_000;
const chunkBytes = 262_144;

/** A zip on this machine, read entry by entry, a little at a time. Everything in it is taken for hostile. */
export class ReadZip {
  private constructor(
    private readonly file: FileHandle,
    readonly entries: ReadonlyMap<string, ListedEntry>,
  ) {}

  /** Opens a zip and reads its list of contents; throws ZipDamaged. */
  static async open(path: string): Promise<ReadZip> {
    const file = await open(path);
    try {
      return new ReadZip(file, await listIn(file));
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** The bytes of an entry; throws ZipDamaged where they are not what the list says, at the latest behind the last of them. */
  async *content(name: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name);
    if (entry === undefined) throw new ZipDamaged(`It lacks ${inQuotes(name)}.`);
    const begin = await this.beginOf(entry);
    let checksum = 0;
    let size = 0;
    for await (const chunk of this.unpacked(entry, begin)) {
      size += chunk.length;
      if (size > entry.size) throw damaged(name);
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
    if (size !== entry.size || checksum !== entry.checksum) throw damaged(name);
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  private async *unpacked({ name, isPacked, packed }: ListedEntry, begin: number): AsyncGenerator<Buffer> {
    if (!isPacked) {
      yield* this.bytes(begin, packed);
      return;
    }
    const unpacker = createInflateRaw();
    const feeding = pipeline(
      Readable.from(this.bytes(begin, packed), { objectMode: true, highWaterMark: 1 }),
      unpacker,
    );
    // Whatever breaks off is told by reading.
    feeding.catch(() => undefined);
    try {
      for await (const chunk of unpacker) yield chunk as Buffer;
      await feeding;
    } catch (error) {
      throw (error as { code?: string }).code?.startsWith('Z_') === true ? damaged(name) : error;
    } finally {
      unpacker.destroy();
    }
  }

  private async *bytes(from: number, length: number): AsyncGenerator<Buffer> {
    for (let done = 0; done < length;) {
      const chunk = await bytesAt(this.file, from + done, Math.min(chunkBytes, length - done));
      done += chunk.length;
      yield chunk;
    }
  }

  private async beginOf({ name, at }: ListedEntry): Promise<number> {
    const head = await bytesAt(this.file, at, headLength);
    const nameLength = head.readUInt16LE(26);
    const called = await bytesAt(this.file, at + headLength, nameLength);
    if (head.readUInt32LE(0) !== marks.entry || called.toString() !== name) throw damaged(name);
    return at + headLength + nameLength + head.readUInt16LE(28);
  }
}

async function listIn(file: FileHandle): Promise<Map<string, ListedEntry>> {
  const { size } = await file.stat();
  const tailAt = Math.max(0, size - endLength - longestComment);
  const tail = size < endLength ? Buffer.alloc(0) : await bytesAt(file, tailAt, size - tailAt);
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end === -1 || end + endLength > tail.length) throw new ZipDamaged('It is no zip, or its end is missing.');
  let [count, length, at] = [tail.readUInt16LE(end + 10), tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (count === 0xffff || length === elsewhere || at === elsewhere)
    [count, length, at] = await largeEnd(file, tail.subarray(0, end));
  if (length > longestList || at + length > size) throw new ZipDamaged('Its list of contents is broken.');
  return entriesOf(await bytesAt(file, at, length), count, at);
}

async function largeEnd(file: FileHandle, before: Buffer): Promise<[number, number, number]> {
  const place = before.subarray(-placeLength);
  if (place.length < placeLength || place.readUInt32LE(0) !== marks.largeEndPlace)
    throw new ZipDamaged('Its list of contents is broken.');
  const end = await bytesAt(file, largeNumber(place, 8), 56);
  if (end.readUInt32LE(0) !== marks.largeEnd) throw new ZipDamaged('Its list of contents is broken.');
  return [largeNumber(end, 32), largeNumber(end, 40), largeNumber(end, 48)];
}

function largeNumber(bytes: Buffer, offset: number): number {
  const number = Number(bytes.readBigUInt64LE(offset));
  if (!Number.isSafeInteger(number)) throw new ZipDamaged('Its list of contents is broken.');
  return number;
}

async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, at + done);
    if (bytesRead === 0) throw new ZipDamaged('It is cut off.');
    done += bytesRead;
  }
  return bytes;
}

function damaged(name: string): ZipDamaged {
  return new ZipDamaged(`${inQuotes(name)} in it is damaged.`);
}
