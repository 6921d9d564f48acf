import { buffer, text } from 'node:stream/consumers';
import { ObjectStore, signatureOf, storeKey } from '../../../test/support/object-store.js';
import { Config, EnvironmentError, readEnvironment } from '../config/index.js';
import { OutgoingClient } from '../http/index.js';
import { ObjectStorage } from './object-storage.js';

const secrets = {
  encryptionKeys: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
  passwordPepper: 'a pepper for the tests',
  metaVerifyToken: 'verify',
  sandboxAppSecret: 'sandbox',
  vapidPrivateKey: Buffer.alloc(32, 7).toString('base64url'),
  receiptSigningKey: Buffer.alloc(32, 11).toString('base64'),
};

describe('files in a bucket', () => {
  let store: ObjectStore;
  let http: OutgoingClient | undefined;
  const storageFor = (environment: Record<string, string>) => {
    const config = new Config(readEnvironment({ NODE_ENV: 'test', ...environment }), secrets, 'postgres://x', null);
    http = new OutgoingClient(config);
    if (config.bucket === null) throw new Error('The environment names no bucket.');
    return new ObjectStorage(http, config.bucket);
  };
  beforeAll(async () => {
    store = await ObjectStore.start();
  });
  beforeEach(() => {
    store.objects.clear();
    store.calls.length = 0;
    store.refused = 0;
  });
  afterEach(() => http?.onApplicationShutdown());
  afterAll(() => store.stop());

  it('are signed as AWS documents it, which the store of these specs knows how to check', () => {
    // Example: GET Object, from the documentation of Signature Version 4.
    const headers = {
      host: 'examplebucket.s3.amazonaws.com',
      range: 'bytes=0-9',
      'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'x-amz-date': '20130524T000000Z',
    };
    const call = { method: 'GET', url: new URL('https://examplebucket.s3.amazonaws.com/test.txt'), headers };
    const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    expect(signatureOf(call, '20130524/us-east-1/s3/aws4_request', Object.keys(headers), secret)).toBe(
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    );
  });

  it('are put, read whole and in part, and removed', async () => {
    const storage = storageFor(store.environment('/parley'));
    const body = Buffer.from('0123456789');
    await storage.put('w/aa/one', body);
    expect([...store.objects.keys()]).toEqual(['parley/w/aa/one']);
    expect(await buffer(await storage.read('w/aa/one'))).toEqual(body);
    expect(await text(await storage.read('w/aa/one', { start: 2, end: 5 }))).toBe('2345');
    await storage.remove('w/aa/one');
    await storage.remove('w/aa/one');
    await expect(storage.read('w/aa/one')).rejects.toMatchObject({ code: 'ENOENT' });
    expect([store.objects.size, store.refused]).toEqual([0, 0]);
  });

  it('go with their workspace, page by page, and no other', async () => {
    const storage = storageFor(store.environment('/parley'));
    for (let file = 0; file < 20; file += 1) await storage.put(`w1/aa/${String(file)}`, Buffer.from('x'));
    await storage.put('w10/aa/0', Buffer.from('y'));
    await storage.removeAll('w1');
    expect([...store.objects.keys()]).toEqual(['parley/w10/aa/0']);
  });

  describe('that are put while they are made', () => {
    const chunk = Buffer.alloc(1_000_000, 'x');
    const chunks = async function* (count: number): AsyncGenerator<Buffer> {
      for (let made = 0; made < count; made += 1) {
        yield chunk;
        await Promise.resolve();
      }
    };

    it('are whole once the last part is, however many there are', async () => {
      const storage = storageFor(store.environment('/parley'));
      await storage.putStream('w/aa/small', chunks(1));
      await storage.putStream('w/aa/large', chunks(21));
      expect(store.calls.filter((call) => call.startsWith('PUT'))).toHaveLength(4);
      expect([...store.objects].map(([name, body]) => [name, body.length])).toEqual([
        ['parley/w/aa/small', 1_000_000],
        ['parley/w/aa/large', 21_000_000],
      ]);
      expect([store.uploads.size, store.refused]).toEqual([0, 0]);
    });

    it('are not there where making them failed, and neither is what was put of them', async () => {
      const storage = storageFor(store.environment('/parley'));
      const broken = async function* (): AsyncGenerator<Buffer> {
        yield* chunks(9);
        throw new Error('gone');
      };
      await expect(storage.putStream('w/aa/one', broken())).rejects.toThrow('gone');
      expect(store.calls.some((call) => call.startsWith('DELETE'))).toBe(true);
      expect([store.objects.size, store.uploads.size]).toEqual([0, 0]);
    });
  });

  it('are tried again where the store was busy, and not where it said no', async () => {
    const storage = storageFor(store.environment());
    store.troubles.push(503, 500);
    await storage.put('w/aa/one', Buffer.from('x'));
    expect(store.calls).toHaveLength(3);
    store.troubles.push(503, 503, 503);
    await expect(storage.put('w/aa/two', Buffer.from('x'))).rejects.toThrow('HTTP 503');
    store.calls.length = 0;
    const stranger = storageFor({ ...store.environment(), S3_SECRET_ACCESS_KEY: `${storeKey.secret}x` });
    await expect(stranger.put('w/aa/three', Buffer.from('x'))).rejects.toThrow('HTTP 403');
    expect(store.calls).toHaveLength(1);
    await expect(stranger.read('w/aa/one')).rejects.toThrow('HTTP 403');
    expect([...store.objects.keys()]).toEqual(['w/aa/one']);
  });

  it('need an address and a key that are whole, or the server does not start', () => {
    const refusal = (environment: Record<string, string>) => {
      try {
        readEnvironment(environment);
        return [];
      } catch (error) {
        return error instanceof EnvironmentError ? error.problems : [String(error)];
      }
    };
    const key = { S3_ACCESS_KEY_ID: 'a', S3_SECRET_ACCESS_KEY: 'b' };
    expect(refusal({ STORAGE_URL: 's3://bucket' })).toHaveLength(2);
    for (const address of ['s3://', 's3://UPPER_case', 's3://bucket?endpoint=nowhere', 's3://bucket/a%2e%2e/b'])
      expect([address, refusal({ STORAGE_URL: address, ...key }).length]).toEqual([address, 1]);
    storageFor({ STORAGE_URL: 's3://bucket/a/b?region=eu-central-1', ...key });
    const config = new Config(
      readEnvironment({ STORAGE_URL: 's3://bucket/a/b?region=eu-central-1', ...key }),
      secrets,
      'postgres://x',
      null,
    );
    expect(config.bucket).toMatchObject({
      url: 'https://bucket.s3.eu-central-1.amazonaws.com',
      prefix: 'a/b/',
      region: 'eu-central-1',
    });
  });
});
