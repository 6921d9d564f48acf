import { deflateRawSync } from 'node:zlib';
import { troubleWithArchive } from './archives.js';

interface Entry {
  readonly name: string;
  readonly content: Buffer;
  /** What the list of contents says that it becomes; the truth where not given. */
  readonly claimed?: number;
}

const packings = new Map<Buffer, Buffer>();
function packedOf(content: Buffer): Buffer {
  const packed = packings.get(content) ?? deflateRawSync(content, { level: 9 });
  packings.set(content, packed);
  return packed;
}

/** A zip of these entries, as any program writes it. */
function zip(entries: readonly Entry[], claimedCount = entries.length): Buffer {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const { name, content, claimed } of entries) {
    const packed = packedOf(content);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(content.length, 22);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(claimed ?? content.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    parts.push(head, Buffer.from(name), packed);
    list.push(entry, Buffer.from(name));
    at += head.length + name.length + packed.length;
  }
  const contents = Buffer.concat(list);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(claimedCount, 8);
  end.writeUInt16LE(claimedCount, 10);
  end.writeUInt32LE(contents.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, contents, end]);
}

describe('archives (case U2)', () => {
  const words = Buffer.from(Array.from({ length: 20_000 }, (_, index) => `word ${String(index * 7919)}`).join(' '));

  it('are kept where they become what archives become', () => {
    expect(troubleWithArchive(zip([{ name: 'a.txt', content: words }]))).toBeNull();
    expect(troubleWithArchive(Buffer.from('%PDF-1.4'))).toBeNull();
    expect(troubleWithArchive(Buffer.from('PK'))).toBeNull();
  });

  it.each<[string, Buffer]>([
    ['one that grows a thousandfold', zip([{ name: 'a', content: Buffer.alloc(30_000_000) }])],
    [
      'one of many that share their bytes',
      zip(Array.from({ length: 300 }, () => ({ name: 'a', content: words, claimed: 4_000_000 }))),
    ],
    ['one that says that it becomes four gigabytes', zip([{ name: 'a', content: words, claimed: 0xffff_fffe }])],
    ['one of too many files', zip([{ name: 'a', content: words }], 0xfffe)],
    ['one that hides how many there are', zip([{ name: 'a', content: words }], 0xffff)],
    ['one that says that there are more than there are', zip([{ name: 'a', content: words }], 2)],
    ['one without a list', zip([{ name: 'a', content: words }]).subarray(0, 500)],
  ])('are refused: %s', (_, body) => {
    expect(troubleWithArchive(body)).toMatch(/^It is an archive /);
  });
});
