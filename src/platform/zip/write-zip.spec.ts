import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { unzip } from '../../../test/support/zip.js';
import { type ZipEntry, writeZip } from './index.js';
import { zipEnd } from './zip-records.js';

async function* entriesOf(files: Readonly<Record<string, readonly (string | Buffer)[]>>): AsyncGenerator<ZipEntry> {
  for (const [name, chunks] of Object.entries(files)) {
    yield { name, content: later(chunks) };
    await Promise.resolve();
  }
}
async function* later(chunks: readonly (string | Buffer)[]): AsyncGenerator<string | Buffer> {
  for (const chunk of chunks) {
    yield chunk;
    await Promise.resolve();
  }
}
const whole = (files: Parameters<typeof entriesOf>[0]) => buffer(Readable.from(writeZip(entriesOf(files))));

describe('a zip [promise 74]', () => {
  it('is read by its list of contents as it was written', async () => {
    const noise = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7919) & 255));
    const files = unzip(
      await whole({ 'index.html': ['<p>', 'Günaydın</p>'], 'files/şu-öğe.bin': [noise, noise], empty: [] }),
    );
    expect([...files.keys()]).toEqual(['index.html', 'files/şu-öğe.bin', 'empty']);
    expect(files.get('index.html')?.toString()).toBe('<p>Günaydın</p>');
    expect(files.get('files/şu-öğe.bin')?.equals(Buffer.concat([noise, noise]))).toBe(true);
    expect(files.get('empty')).toHaveLength(0);
  });

  it.each(['../a', 'a/../b', '/a', 'a//b', 'C:\\a', 'a\\b', 'a\0b', './a'])(
    'takes no name that leads out of it: %j',
    async (name) => {
      await expect(whole({ [name]: ['x'] })).rejects.toThrow('leads out of it');
    },
  );

  it('takes no name twice', async () => {
    const twice = async function* () {
      yield* entriesOf({ a: ['1'] });
      yield* entriesOf({ a: ['2'] });
    };
    await expect(buffer(Readable.from(writeZip(twice())))).rejects.toThrow('there twice');
  });

  it('breaks off with what went wrong while an entry was read', async () => {
    const broken = async function* (): AsyncGenerator<string> {
      yield 'some';
      await Promise.reject(new Error('gone'));
    };
    const entries = async function* (): AsyncGenerator<ZipEntry> {
      yield { name: 'a', content: broken() };
      await Promise.resolve();
    };
    await expect(buffer(Readable.from(writeZip(entries())))).rejects.toThrow('gone');
  });

  it('says where its list stands behind 4 GB, or with more files than the short end can count', () => {
    expect(zipEnd(3, 100, 50)).toHaveLength(22);
    for (const end of [zipEnd(70_000, 100, 50), zipEnd(3, 5_000_000_000, 50)]) {
      expect(end).toHaveLength(98);
      expect([end.readUInt32LE(0), end.readUInt32LE(56), end.readUInt32LE(76)]).toEqual([
        0x06064b50, 0x07064b50, 0x06054b50,
      ]);
    }
    expect(zipEnd(3, 5_000_000_000, 50).readBigUInt64LE(48)).toBe(5_000_000_000n);
  });
});
