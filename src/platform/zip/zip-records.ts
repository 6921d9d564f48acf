/** The marks that begin the parts of a zip (APPNOTE 6.3.10). */
export const marks = {
  entry: 0x04034b50,
  sizes: 0x08074b50,
  listed: 0x02014b50,
  end: 0x06054b50,
  largeEnd: 0x06064b50,
  largeEndPlace: 0x07064b50,
} as const;

/** What an entry came to, once it was written. */
export interface WrittenEntry {
  readonly name: Buffer;
  readonly checksum: number;
  readonly packed: number;
  readonly size: number;
  /** Where it begins. */
  readonly at: number;
}

/** This value in a field of four bytes says that the true one stands elsewhere. */
export const elsewhere = 0xffff_ffff;
const elsewhereShort = 0xffff;

/** Sizes follow the bytes (bit 3), names are UTF-8 (bit 11). */
const flags = 0x0808;
const deflated = 8;
const version = 45;
/** 1 January 1980: the same content gives the same bytes, whenever it is written. */
const day = 0x0021;

/** What stands before an entry's bytes. */
export function entryHead(name: Buffer): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(marks.entry, 0);
  head.writeUInt16LE(version, 4);
  head.writeUInt16LE(flags, 6);
  head.writeUInt16LE(deflated, 8);
  head.writeUInt16LE(day, 12);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, name]);
}

/** What stands behind an entry's bytes. */
export function entrySizes({ checksum, packed, size }: Omit<WrittenEntry, 'name' | 'at'>): Buffer {
  const sizes = Buffer.alloc(16);
  sizes.writeUInt32LE(marks.sizes, 0);
  sizes.writeUInt32LE(checksum, 4);
  sizes.writeUInt32LE(packed, 8);
  sizes.writeUInt32LE(size, 12);
  return sizes;
}

/** An entry in the list of contents. */
export function listedEntry({ name, checksum, packed, size, at }: WrittenEntry): Buffer {
  const far = at >= elsewhere;
  const head = Buffer.alloc(46);
  head.writeUInt32LE(marks.listed, 0);
  head.writeUInt16LE(version, 4);
  head.writeUInt16LE(version, 6);
  head.writeUInt16LE(flags, 8);
  head.writeUInt16LE(deflated, 10);
  head.writeUInt16LE(day, 14);
  head.writeUInt32LE(checksum, 16);
  head.writeUInt32LE(packed, 20);
  head.writeUInt32LE(size, 24);
  head.writeUInt16LE(name.length, 28);
  head.writeUInt16LE(far ? 12 : 0, 30);
  head.writeUInt32LE(far ? elsewhere : at, 42);
  if (!far) return Buffer.concat([head, name]);
  const place = Buffer.alloc(12);
  place.writeUInt16LE(1, 0);
  place.writeUInt16LE(8, 2);
  place.writeBigUInt64LE(BigInt(at), 4);
  return Buffer.concat([head, name, place]);
}

/** The end of a zip: how many entries there are, and where their list stands. */
export function zipEnd(entries: number, at: number, length: number): Buffer {
  const end = Buffer.alloc(22);
  const large = entries >= elsewhereShort || at >= elsewhere || length >= elsewhere;
  end.writeUInt32LE(marks.end, 0);
  end.writeUInt16LE(large ? elsewhereShort : entries, 8);
  end.writeUInt16LE(large ? elsewhereShort : entries, 10);
  end.writeUInt32LE(large ? elsewhere : length, 12);
  end.writeUInt32LE(large ? elsewhere : at, 16);
  return large ? Buffer.concat([largeEnd(entries, at, length), end]) : end;
}

function largeEnd(entries: number, at: number, length: number): Buffer {
  const end = Buffer.alloc(56 + 20);
  end.writeUInt32LE(marks.largeEnd, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt16LE(version, 12);
  end.writeUInt16LE(version, 14);
  end.writeBigUInt64LE(BigInt(entries), 24);
  end.writeBigUInt64LE(BigInt(entries), 32);
  end.writeBigUInt64LE(BigInt(length), 40);
  end.writeBigUInt64LE(BigInt(at), 48);
  end.writeUInt32LE(marks.largeEndPlace, 56);
  end.writeBigUInt64LE(BigInt(at + length), 64);
  end.writeUInt32LE(1, 72);
  return end;
}
