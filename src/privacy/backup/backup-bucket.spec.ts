import { randomBytes } from 'node:crypto';
import { Config, loadEnvironment } from '../../platform/config/index.js';
import { ObjectStorage } from '../../platform/files/index.js';
import { OutgoingClient } from '../../platform/http/index.js';
import { ObjectStore, storeKey } from '../../../test/support/object-store.js';
import { makeDataDirectory } from '../../../test/support/server-process.js';
import { BackupBucket } from './backup-bucket.js';
import type { BackupPlace } from './backup-place.js';
import { nameOf } from './backup-place.js';
import { backupPlaceOf } from './open-backups.js';
import { pruneBackups } from './prune-backups.js';

async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 700_000) yield bytes.subarray(at, at + 700_000);
}

describe('backups in a bucket', () => {
  let store: ObjectStore;
  let config: Config;
  let http: OutgoingClient;
  let place: BackupPlace;
  const name = nameOf(new Date('2026-05-06T07:08:09Z'), '0a0b0c0d');

  beforeAll(async () => {
    store = await ObjectStore.start();
    const { environment, secrets } = loadEnvironment({
      NODE_ENV: 'test',
      DATA_DIR: await makeDataDirectory(),
      BACKUP_URL: `s3://files/kept?endpoint=${encodeURIComponent(store.url)}&region=eu-test-1`,
      S3_ACCESS_KEY_ID: storeKey.id,
      S3_SECRET_ACCESS_KEY: storeKey.secret,
    });
    config = new Config(environment, secrets, '', null);
    http = new OutgoingClient(config);
    place = backupPlaceOf(config, http);
  });
  afterAll(async () => {
    await http.onApplicationShutdown();
    await store.stop();
  });

  it('come back as they were, in parts, and are listed once all parts are there [G20]', async () => {
    const bytes = randomBytes(40 * 1_048_576);
    const broken = async function* () {
      yield bytes.subarray(0, 20 * 1_048_576);
      throw new Error('the line was cut');
    };
    await expect(place.write(name, broken())).rejects.toThrow('cut');
    expect(await place.list()).toEqual([]);
    expect(await place.unfinished()).toEqual([name]);
    expect(await place.write(name, inPieces(bytes))).toBe(bytes.length);
    expect(await place.list()).toEqual([{ name, createdAt: new Date('2026-05-06T07:08:09Z'), size: bytes.length }]);
    expect([...store.objects.keys()].filter((key) => key.includes('/part-'))).toHaveLength(3);
    const read: Buffer[] = [];
    for await (const chunk of place.read(name)) read.push(chunk);
    expect(Buffer.concat(read).equals(bytes)).toBe(true);
    expect(store.refused).toBe(0);
  });

  it('wait for a store that hangs no longer than is agreed, and say so', async () => {
    const bytes = randomBytes(17 * 1_048_576);
    const bucket = config.backupBucket;
    if (bucket === null) throw new Error('No bucket was named.');
    const hasty = new BackupBucket(new ObjectStorage(http, bucket, 4_000), 's3://files/kept');
    const other = nameOf(new Date('2026-05-07T07:08:09Z'), '0b0c0d0e');
    const all = async () => {
      for await (const _ of hasty.read(name));
    };
    store.hangsAt = { path: 'part-000001', halfway: false };
    await expect(hasty.write(other, inPieces(bytes))).rejects.toThrow('did not answer in time');
    await expect(all()).rejects.toThrow('did not answer in time');
    store.hangsAt = { path: 'part-000001', halfway: true };
    await expect(all()).rejects.toThrow('s3://files/kept did not give all of');
    store.hangsAt = null;
    // What was begun is no backup, and the one that was there is as it was.
    expect((await hasty.list()).map((kept) => kept.name)).toEqual([name]);
    expect(await hasty.unfinished()).toEqual([other]);
    await hasty.remove(other);
    await all();
  }, 60_000);

  it('go when they are too old, with every part, and a line of it stays [promise 70] [P9]', async () => {
    expect(await pruneBackups(place, { now: new Date('2026-08-02T00:00:00Z') })).toEqual([]);
    expect(await pruneBackups(place, { now: new Date('2026-08-04T00:00:00Z') })).toMatchObject([{ name }]);
    const left = [...store.objects.keys()];
    expect(left.filter((key) => !key.startsWith('kept/log/'))).toEqual([]);
    expect(store.objects.get(left[0] ?? '')?.toString()).toContain(name);
  });
});
