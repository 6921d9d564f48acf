import { crc32, inflateRawSync } from 'node:zlib';

/** The files of a zip, read by its list of contents as any program does, each checked against what is said of it. */
export function unzip(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end === -1) throw new Error('There is no list of contents.');
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let entry = zip.readUInt16LE(end + 10); entry > 0; entry -= 1) {
    if (zip.readUInt32LE(at) !== 0x02014b50) throw new Error('The list of contents is broken.');
    const [checksum, packed, size] = [16, 20, 24].map((offset) => zip.readUInt32LE(at + offset));
    const length = zip.readUInt16LE(at + 28);
    const place = zip.readUInt32LE(at + 42);
    const name = zip.toString('utf8', at + 46, at + 46 + length);
    at += 46 + length + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    if (zip.readUInt32LE(place) !== 0x04034b50 || zip.toString('utf8', place + 30, place + 30 + length) !== name)
      throw new Error(`${name} is not where the list says.`);
    const begin = place + 30 + zip.readUInt16LE(place + 26) + zip.readUInt16LE(place + 28);
    const content = inflateRawSync(zip.subarray(begin, begin + (packed ?? 0)));
    if (content.length !== size || crc32(content) !== checksum) throw new Error(`${name} is damaged.`);
    if (files.has(name)) throw new Error(`${name} is there twice.`);
    files.set(name, content);
  }
  return files;
}
