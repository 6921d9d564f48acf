import { ZipDamaged } from './zip-damaged.js';
import { elsewhere, marks } from './zip-records.js';

/** An entry as the list of contents of a zip names it. */
export interface ListedEntry {
  readonly name: string;
  readonly isPacked: boolean;
  readonly checksum: number;
  readonly packed: number;
  readonly size: number;
  /** Where it begins. */
  readonly at: number;
}

const listedLength = 46;
const isEncrypted = 0x0001;
const mostEntries = 2_000_000;
/** What is written here shrinks to a tenth; what shrinks more than this was made to. */
const mostGrowth = 200;
const harmlessBytes = 20_000_000;

/** The entries of a list of contents, each checked: names that lead out, overlaps and bombs are refused. */
export function entriesOf(list: Buffer, count: number, listAt: number): Map<string, ListedEntry> {
  const entries = new Map<string, ListedEntry>();
  if (count > mostEntries) throw new ZipDamaged('It holds too many files.');
  let at = 0;
  for (let place = 0; place < count; place += 1) {
    if (at + listedLength > list.length || list.readUInt32LE(at) !== marks.listed) throw brokenList();
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => list.readUInt16LE(at + offset));
    const end = at + listedLength + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0);
    if (end > list.length) throw brokenList();
    const entry = entryOf(list.subarray(at, end));
    if (entries.has(entry.name)) throw new ZipDamaged(`It holds ${inQuotes(entry.name)} twice.`);
    entries.set(entry.name, entry);
    at = end;
  }
  requireApart([...entries.values()], listAt);
  return entries;
}

function entryOf(listed: Buffer): ListedEntry {
  const nameEnd = listedLength + listed.readUInt16LE(28);
  const name = nameOf(listed.subarray(listedLength, nameEnd));
  const method = listed.readUInt16LE(10);
  if ((listed.readUInt16LE(8) & isEncrypted) !== 0 || (method !== 0 && method !== 8))
    throw new ZipDamaged(`${inQuotes(name)} in it is packed in a way that is not read here.`);
  const [size, packed, at] = largeNumbers(
    listed.subarray(nameEnd, nameEnd + listed.readUInt16LE(30)),
    [24, 20, 42].map((offset) => listed.readUInt32LE(offset)),
  );
  if (size > harmlessBytes && size > packed * mostGrowth)
    throw new ZipDamaged(`${inQuotes(name)} in it would become too large.`);
  return { name, isPacked: method === 8, checksum: listed.readUInt32LE(16), packed, size, at };
}

/** Values that have no room in four bytes stand behind the name, in this order. */
function largeNumbers(extra: Buffer, short: readonly number[]): [number, number, number] {
  let large = Buffer.alloc(0);
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2))
    if (extra.readUInt16LE(at) === 1) large = Buffer.from(extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2)));
  const [size = 0, packed = 0, at = 0] = short.map((value) => {
    if (value !== elsewhere) return value;
    if (large.length < 8) throw brokenList();
    const number = Number(large.readBigUInt64LE(0));
    large = large.subarray(8);
    if (!Number.isSafeInteger(number)) throw brokenList();
    return number;
  });
  return [size, packed, at];
}

function nameOf(bytes: Buffer): string {
  let name: string;
  try {
    name = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ZipDamaged('It holds a file whose name is no text.');
  }
  const parts = name.split('/');
  if (
    name.length > 400 ||
    /[\\:\0-\x1f\x7f]/.test(name) ||
    parts.some((part) => part === '' || part === '.' || part === '..')
  )
    throw new ZipDamaged(`It holds a file whose name leads out of it: ${inQuotes(name)}.`);
  return name;
}

/** Two entries that share bytes are how a small zip becomes a large one. */
function requireApart(entries: readonly ListedEntry[], listAt: number): void {
  const inTurn = entries.toSorted((one, other) => one.at - other.at);
  inTurn.forEach(({ name, at, packed }, place) => {
    const next = inTurn[place + 1]?.at ?? listAt;
    if (at + 30 + Buffer.byteLength(name) + packed > next)
      throw new ZipDamaged(`${inQuotes(name)} in it lies where something else does.`);
  });
}

function brokenList(): ZipDamaged {
  return new ZipDamaged('Its list of contents is broken.');
}

/** A name as it may stand in a sentence. */
export function inQuotes(name: string): string {
  return JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}…` : name);
}
