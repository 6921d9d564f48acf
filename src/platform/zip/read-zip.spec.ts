import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { crc32, deflateRawSync } from 'node:zlib';
import { ReadZip, ZipDamaged, type ZipEntry, writeZip } from './index.js';
import { entryHead, entrySizes, listedEntry, zipEnd } from './zip-records.js';

async function* entriesOf(files: Readonly<Record<string, Buffer>>): AsyncGenerator<ZipEntry> {
  for (const [name, body] of Object.entries(files)) {
    yield { name, content: Readable.from([body]) };
    await Promise.resolve();
  }
}

describe('a zip that is read', () => {
  const written = async (bytes: Buffer) => {
    const folder = await mkdtemp(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '', 'zip-'));
    const file = path.join(folder, 'a.zip');
    await writeFile(file, bytes);
    return file;
  };

  it('gives back what was written, entry by entry', async () => {
    const noise = Buffer.from(Array.from({ length: 700_000 }, (_, index) => (index * 7919) & 255));
    const zip = await ReadZip.open(
      await written(await buffer(Readable.from(writeZip(entriesOf({ 'şu-öğe': noise, empty: Buffer.alloc(0) }))))),
    );
    expect([...zip.entries.keys()]).toEqual(['şu-öğe', 'empty']);
    expect((await buffer(zip.content('şu-öğe'))).equals(noise)).toBe(true);
    expect(await buffer(zip.content('empty'))).toHaveLength(0);
    await expect(buffer(zip.content('other'))).rejects.toThrow('It lacks "other".');
    await zip.close();
  });

  it('finds its list where the short end has no room for its count', async () => {
    const body = Buffer.from('x');
    const packed = deflateRawSync(body);
    const [checksum, size] = [crc32(body), body.length];
    const parts: Buffer[] = [];
    const list: Buffer[] = [];
    let at = 0;
    const count = 66_000;
    for (let place = 0; place < count; place += 1) {
      const name = Buffer.from(`f${String(place)}`);
      const sizes = { checksum, packed: packed.length, size };
      const bytes = Buffer.concat([entryHead(name), packed, entrySizes(sizes)]);
      parts.push(bytes);
      list.push(listedEntry({ name, ...sizes, at }));
      at += bytes.length;
    }
    const listed = Buffer.concat(list);
    const zip = await ReadZip.open(await written(Buffer.concat([...parts, listed, zipEnd(count, at, listed.length)])));
    expect(zip.entries.size).toBe(count);
    expect((await buffer(zip.content('f65999'))).toString()).toBe('x');
    await zip.close();
  });

  it.each([
    ['holds more than it says', 24, 0],
    ['holds less than it says', 24, 9],
    ['is packed in a way of its own', 10, 99],
    ['is encrypted', 8, 0x0809],
  ])('is refused where an entry %s', async (_, offset, value) => {
    const bytes = await buffer(Readable.from(writeZip(entriesOf({ a: Buffer.from('some') }))));
    const listed = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    bytes.writeUInt16LE(value, listed + offset);
    const file = await written(bytes);
    const read = async () => {
      const zip = await ReadZip.open(file);
      try {
        await buffer(zip.content('a'));
      } finally {
        await zip.close();
      }
    };
    await expect(read()).rejects.toThrow(ZipDamaged);
  });
});
