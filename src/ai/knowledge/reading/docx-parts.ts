import { inflateRawSync } from 'node:zlib';
import { readingLimits } from './limits.js';
import { Unreadable } from './unreadable.js';

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;

/**
 * The parts of an office document, each unpacked when it is asked for and no further than all may come to together: what an
 * archive says of the size of its parts is not believed.
 */
export class DocxParts {
  private readonly places = new Map<
    string,
    { readonly at: number; readonly packed: number; readonly method: number }
  >();
  private left: number = readingLimits.docxBytes;
  private readonly body: Buffer;

  constructor(body: Buffer) {
    this.body = body;
    let end = body.length - 22;
    while (end >= 0 && end > body.length - 66_000 && body.readUInt32LE(end) !== endMark) end -= 1;
    if (end < 0 || body.readUInt32LE(end) !== endMark) throw new Unreadable('BROKEN');
    let at = body.readUInt32LE(end + 16);
    for (let count = body.readUInt16LE(end + 10); count > 0; count -= 1) {
      if (at + 46 > body.length || body.readUInt32LE(at) !== entryMark) throw new Unreadable('BROKEN');
      const nameLength = body.readUInt16LE(at + 28);
      const name = body.toString('utf8', at + 46, at + 46 + nameLength);
      this.places.set(name, {
        at: body.readUInt32LE(at + 42),
        packed: body.readUInt32LE(at + 20),
        method: body.readUInt16LE(at + 10),
      });
      at += 46 + nameLength + body.readUInt16LE(at + 30) + body.readUInt16LE(at + 32);
    }
  }

  exists(name: string): boolean {
    return this.places.has(name);
  }

  /** As the library that reads documents asks for a part. */
  read(name: string, encoding?: string): Promise<string | Uint8Array> {
    const bytes = this.bytes(name);
    if (encoding === 'base64') return Promise.resolve(bytes.toString('base64'));
    return Promise.resolve(encoding === undefined ? bytes : new TextDecoder(encoding).decode(bytes));
  }

  private bytes(name: string): Buffer {
    const place = this.places.get(name);
    const { body } = this;
    if (place === undefined || place.at + 30 > body.length || body.readUInt32LE(place.at) !== localMark)
      throw new Unreadable('BROKEN');
    const start = place.at + 30 + body.readUInt16LE(place.at + 26) + body.readUInt16LE(place.at + 28);
    const packed = body.subarray(start, start + place.packed);
    if (place.method !== 0 && place.method !== 8) throw new Unreadable('BROKEN');
    const bytes = place.method === 0 ? packed : this.inflated(packed);
    this.left -= bytes.length;
    if (this.left <= 0) throw new Unreadable('TOO_HARD');
    return bytes;
  }

  private inflated(packed: Buffer): Buffer {
    try {
      return inflateRawSync(packed, { maxOutputLength: this.left });
    } catch (error) {
      throw new Unreadable((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'TOO_HARD' : 'BROKEN');
    }
  }
}
