import { type KeyObject, createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { BackupDamaged } from './backup-damaged.js';
import type { BackupKeys } from './backup-keys.js';
import { BytesInTurn } from './bytes-in-turn.js';

/** What stands in front of a backup, for everyone to read; changing it makes the rest unreadable. */
export interface SealedHeader {
  readonly format: 1;
  readonly key: string;
  readonly salt: string;
  readonly createdAt: string;
  readonly version: string;
}

const magic = Buffer.from('PARLEYBK');
const chunkBytes = 1_048_576;
const tagBytes = 16;
const longestHeader = 4_096;

/**
 * Seals a stream: AES-256-GCM over chunks of 1 MiB. A chunk's nonce is its place and whether it is the last, so chunks that
 * are moved, left out or added, and an end that is cut off, are all seen; the header is bound to each.
 */
export async function* seal(
  plain: AsyncIterable<Buffer>,
  keys: BackupKeys,
  about: Pick<SealedHeader, 'createdAt' | 'version'>,
): AsyncGenerator<Buffer> {
  const salt = randomBytes(32);
  const header: SealedHeader = { format: 1, key: keys.currentId, salt: salt.toString('base64'), ...about };
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(2);
  length.writeUInt16BE(text.length);
  const front = Buffer.concat([magic, length, text]);
  const key = keys.of(keys.currentId, salt);
  const bound = createHash('sha256').update(front).digest();
  yield front;
  const source = new BytesInTurn(plain);
  for (let place = 0; ; place += 1) {
    const chunk = await source.take(chunkBytes);
    const isLast = await source.isAtEnd();
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(place, isLast)).setAAD(bound);
    const sealed = cipher.update(chunk);
    cipher.final();
    const size = Buffer.alloc(4);
    size.writeUInt32BE(sealed.length + tagBytes);
    yield Buffer.concat([size, sealed, cipher.getAuthTag()]);
    if (isLast) return;
  }
}

/** Opens what `seal` made; throws BackupDamaged, before it gives a byte of it, at the first chunk that is not as it was. */
export async function* unseal(sealed: AsyncIterable<Buffer>, keys: BackupKeys): AsyncGenerator<Buffer> {
  const source = new BytesInTurn(sealed);
  const { header, front } = await headerFrom(source);
  const key = keys.of(header.key, Buffer.from(header.salt, 'base64'));
  const bound = createHash('sha256').update(front).digest();
  for (let place = 0; ; place += 1) {
    const size = await source.take(4);
    const length = size.length === 4 ? size.readUInt32BE() : 0;
    if (size.length === 4 && (length < tagBytes || length > chunkBytes + tagBytes)) throw damagedAt(place);
    const chunk = await source.take(length);
    if (size.length < 4 || chunk.length < length) throw cutAfter(place);
    const isLast = await source.isAtEnd();
    const plain = open(key, bound, chunk, place, isLast);
    if (plain === null) {
      if (isLast && open(key, bound, chunk, place, false) !== null) throw cutAfter(place + 1);
      throw damagedAt(place);
    }
    yield plain;
    if (isLast) return;
  }
}

/** The header of a backup, without a key. */
export async function readHeader(sealed: AsyncIterable<Buffer>): Promise<SealedHeader> {
  return (await headerFrom(new BytesInTurn(sealed))).header;
}

async function headerFrom(source: BytesInTurn): Promise<{ header: SealedHeader; front: Buffer }> {
  const begin = Buffer.from(await source.take(magic.length + 2));
  const length = begin.length === magic.length + 2 ? begin.readUInt16BE(magic.length) : 0;
  if (!begin.subarray(0, magic.length).equals(magic) || length === 0 || length > longestHeader)
    throw new BackupDamaged('This is no backup of Parley.');
  const text = Buffer.from(await source.take(length));
  try {
    const header = JSON.parse(text.toString()) as SealedHeader;
    if (header.format !== 1) throw new BackupDamaged('This backup is of a later release of Parley.');
    return { header, front: Buffer.concat([begin, text]) };
  } catch (error) {
    if (error instanceof BackupDamaged) throw error;
    throw new BackupDamaged('The backup is damaged: what it says of itself in front cannot be read.');
  }
}

function nonceOf(place: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(place, 7);
  nonce.writeUInt8(isLast ? 1 : 0, 11);
  return nonce;
}

function open(key: KeyObject, bound: Buffer, chunk: Buffer, place: number, isLast: boolean): Buffer | null {
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(place, isLast), { authTagLength: tagBytes })
    .setAAD(bound)
    .setAuthTag(chunk.subarray(-tagBytes));
  try {
    const plain = decipher.update(chunk.subarray(0, -tagBytes));
    decipher.final();
    return plain;
  } catch {
    return null;
  }
}

function damagedAt(place: number): BackupDamaged {
  return new BackupDamaged(
    `The backup is damaged: its part ${String(place + 1)} (of 1 MiB each) is not the one that was written there. Nothing of it was used.`,
  );
}

function cutAfter(parts: number): BackupDamaged {
  return new BackupDamaged(
    `The backup is cut off after ${String(parts)} ${parts === 1 ? 'part' : 'parts'} of 1 MiB: its end is missing.`,
  );
}
