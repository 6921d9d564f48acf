import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';
import { type WrittenEntry, elsewhere, entryHead, entrySizes, listedEntry, zipEnd } from './zip-records.js';

/** One file of a zip. */
export interface ZipEntry {
  /** Its path inside, with slashes; never one that leads out of where it is unpacked. */
  readonly name: string;
  readonly content: AsyncIterable<string | Buffer>;
}

interface Tally {
  checksum: number;
  size: number;
}

/**
 * The bytes of a zip, one entry after the other, none held for longer than it takes to pass it on. An entry holds less than
 * 4 GB; the whole may be of any size.
 */
export async function* writeZip(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Buffer> {
  const written: WrittenEntry[] = [];
  const names = new Set<string>();
  let at = 0;
  for await (const { name, content } of entries) {
    requireInside(name, names);
    const bytes = Buffer.from(name);
    const begin = at;
    const tally: Tally = { checksum: 0, size: 0 };
    const head = entryHead(bytes);
    yield head;
    let packed = 0;
    for await (const chunk of deflated(content, tally)) {
      packed += chunk.length;
      yield chunk;
    }
    if (tally.size >= elsewhere || packed >= elsewhere) throw new Error('One file of a zip is larger than 4 GB.');
    const entry = { name: bytes, ...tally, packed, at: begin };
    const sizes = entrySizes(entry);
    yield sizes;
    at += head.length + packed + sizes.length;
    written.push(entry);
  }
  let length = 0;
  for (const entry of written) {
    const listed = listedEntry(entry);
    length += listed.length;
    yield listed;
  }
  yield zipEnd(written.length, at, length);
}

async function* deflated(content: AsyncIterable<string | Buffer>, tally: Tally): AsyncGenerator<Buffer> {
  const packer = createDeflateRaw({ level: 6 });
  const feeding = pipeline(Readable.from(counted(content, tally), { objectMode: true, highWaterMark: 1 }), packer);
  // What went wrong breaks the packer off, and is thrown by reading it.
  feeding.catch(() => undefined);
  yield* packer as AsyncIterable<Buffer>;
  await feeding;
}

async function* counted(content: AsyncIterable<string | Buffer>, tally: Tally): AsyncGenerator<Buffer> {
  for await (const chunk of content) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    tally.checksum = crc32(bytes, tally.checksum);
    tally.size += bytes.length;
    yield bytes;
  }
}

/** Names are ours; one that leads out of the folder, or stands twice, is a fault of ours. */
function requireInside(name: string, names: Set<string>): void {
  const parts = name.split('/');
  if (/[\\:\0-\x1f]/.test(name) || parts.some((part) => part === '' || part === '.' || part === '..'))
    throw new Error('A file of a zip has a name that leads out of it.');
  if (names.has(name)) throw new Error('A file of a zip is there twice.');
  names.add(name);
}
