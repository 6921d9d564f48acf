import { randomBytes } from 'node:crypto';
import { BackupDamaged } from './backup-damaged.js';
import { BackupKeys } from './backup-keys.js';
import { readHeader, seal, unseal } from './sealed-stream.js';

const key = randomBytes(32).toString('base64');
const keys = new BackupKeys(key);
const about = { createdAt: '2026-01-02T03:04:05.000Z', version: '1' };
const MiB = 1_048_576;

async function* inPieces(bytes: Buffer, size = 100_003): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function all(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Opens bytes; gives the sentence with which they are refused, or null. */
async function refusal(sealed: Buffer, by = keys): Promise<string | null> {
  try {
    await all(unseal(inPieces(sealed), by));
    return null;
  } catch (error) {
    if (!(error instanceof BackupDamaged)) throw error;
    return error.message;
  }
}

describe('a sealed stream', () => {
  const plain = randomBytes(3 * MiB + 12_345);
  let sealed: Buffer;
  let front: number;
  /** Where each chunk begins, its length in front included, and the end. */
  const starts: number[] = [];

  beforeAll(async () => {
    sealed = await all(seal(inPieces(plain), keys, about));
    front = 10 + sealed.readUInt16BE(8);
    for (let at = front; at < sealed.length; at += 4 + sealed.readUInt32BE(at)) starts.push(at);
    starts.push(sealed.length);
  });

  it.each([0, 1, MiB - 1, MiB, MiB + 1, 2 * MiB])('of %i bytes opens to what it was', async (length) => {
    const bytes = plain.subarray(0, length);
    const opened = await all(unseal(inPieces(await all(seal(inPieces(bytes), keys, about))), keys));
    expect(opened.equals(bytes)).toBe(true);
  });

  it('holds nothing of what it seals, and says in front when it was made and by which key [promise 69]', async () => {
    const words = Buffer.from('a sentence that nobody shall read. '.repeat(1_000));
    const bytes = await all(seal(inPieces(words), keys, about));
    expect(bytes.includes('sentence')).toBe(false);
    const twice = await all(seal(inPieces(words), keys, about));
    expect(twice.subarray(front).equals(bytes.subarray(front))).toBe(false);
    expect(await readHeader(inPieces(bytes))).toMatchObject({ ...about, key: keys.currentId });
    expect(bytes.includes(Buffer.from(key, 'base64'))).toBe(false);
  });

  it('opens with an older key that is still there, and names the key that is missing', async () => {
    const newer = randomBytes(32).toString('base64');
    expect(await refusal(sealed, new BackupKeys(`${newer},${key}`))).toBeNull();
    const why = await refusal(sealed, new BackupKeys(newer));
    expect(why).toContain(keys.currentId);
    expect(why).toContain('Add the key that it was made with');
  });

  it('is refused with a bit of it changed, wherever that is, the front included', async () => {
    const places = [0, 9, front - 5, front, front + 3, front + 4, ...starts.slice(1, -1), sealed.length - 1];
    for (let n = 0; n < 200; n += 1) places.push(Math.floor((n / 200) * sealed.length));
    for (const place of places) {
      const changed = Buffer.from(sealed);
      changed[place] = (changed[place] ?? 0) ^ (1 << (place % 8));
      expect([place, await refusal(changed)]).toEqual([place, expect.any(String)]);
    }
  });

  it('is refused where it says in front that it was made at another time', async () => {
    const changed = Buffer.from(sealed);
    changed.write('2027', changed.indexOf('2026'));
    expect(await readHeader(inPieces(changed))).toMatchObject({ createdAt: '2027-01-02T03:04:05.000Z' });
    expect(await refusal(changed)).toContain('damaged');
  });

  it('is refused when cut off, wherever that is', async () => {
    for (const end of [
      ...starts.slice(1, -1),
      ...starts.slice(1).map((at) => at - 1),
      starts[1]! + 2,
      starts[2]! + 500,
    ])
      expect([end, await refusal(sealed.subarray(0, end))]).toEqual([end, expect.stringContaining('cut off')]);
    for (const end of [0, 5, front - 1]) expect(await refusal(sealed.subarray(0, end))).toEqual(expect.any(String));
  });

  it('is refused with its parts in another order, one left out, one twice, or something behind its end', async () => {
    const parts = starts.slice(0, -1).map((at, n) => sealed.subarray(at, starts[n + 1]));
    const [a, b, c, d] = parts as [Buffer, Buffer, Buffer, Buffer];
    const orders = [
      [b, a, c, d],
      [a, c, d],
      [a, b, b, c, d],
      [a, b, c, d, d],
      [b, c, d],
      [a, b, d, c],
    ];
    for (const order of orders)
      expect(await refusal(Buffer.concat([sealed.subarray(0, front), ...order]))).toEqual(expect.any(String));
    expect(await refusal(Buffer.concat([sealed, Buffer.from('x')]))).toEqual(expect.any(String));
    expect(await refusal(Buffer.concat([sealed.subarray(0, front), ...parts]))).toBeNull();
  });

  it('gives no byte of a part before it was checked', async () => {
    const changed = Buffer.from(sealed);
    const last = starts.at(-2) ?? 0;
    changed[last + 10] = (changed[last + 10] ?? 0) ^ 1;
    let given = 0;
    await expect(
      (async () => {
        for await (const chunk of unseal(inPieces(changed), keys)) given += chunk.length;
      })(),
    ).rejects.toThrow('part 4');
    expect(given).toBe(3 * MiB);
  });

  it('is refused where it is something else', async () => {
    expect(await refusal(Buffer.from('PK\u0003\u0004 a zip or what have you'))).toBe('This is no backup of Parley.');
  });
});
