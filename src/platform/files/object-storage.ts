import type { Readable } from 'node:stream';
import type { OutgoingClient } from '../http/index.js';
import { type ByteRange, FileStorage, absent } from './file-storage.js';
import { type Bucket, type BucketMethod, SignedBucket, bucketRefusal, letGo } from './signed-bucket.js';
import { uploadInParts } from './upload-in-parts.js';

const deletedAtOnce = 8;
/** Pages of a thousand names: more than any workspace has files. */
const mostPages = 10_000;

/** Files in a bucket of an object store. */
export class ObjectStorage extends FileStorage {
  private readonly bucket: SignedBucket;

  constructor(http: OutgoingClient, bucket: Bucket, patience?: number) {
    super();
    this.bucket = new SignedBucket(http, bucket, patience);
  }

  override async put(name: string, body: Buffer): Promise<void> {
    await this.done('PUT', name, body);
  }

  override async putStream(name: string, content: AsyncIterable<Buffer>): Promise<void> {
    await uploadInParts(this.bucket, name, content, (body) => this.put(name, body));
  }

  override async read(name: string, range?: ByteRange): Promise<Readable> {
    const headers: Record<string, string> =
      range === undefined ? {} : { range: `bytes=${String(range.start)}-${String(range.end)}` };
    const { status, body } = await this.bucket.of('GET', name, headers);
    if (status === 200 || status === 206) return body;
    letGo(body);
    throw status === 404 ? absent(name) : bucketRefusal('GET', status);
  }

  override async remove(name: string): Promise<void> {
    await this.done('DELETE', name, null);
  }

  override async removeAll(folder: string): Promise<void> {
    for (let page = 0; page < mostPages; page += 1) {
      // The first page each time: what stood on it is gone by then.
      const names = await this.bucket.list(`${folder}/`);
      if (names.length === 0) return;
      for (let at = 0; at < names.length; at += deletedAtOnce)
        await Promise.all(names.slice(at, at + deletedAtOnce).map((name) => this.remove(name)));
    }
    throw new Error('The object store goes on listing what was deleted.');
  }

  /** Every name that begins so, in their order. */
  async *names(prefix: string): AsyncGenerator<string> {
    for (let after: string | undefined; ;) {
      const names: string[] = await this.bucket.list(prefix, after);
      if (names.length === 0) return;
      yield* names;
      after = names.at(-1) ?? after;
    }
  }

  /** A call that says yes or throws. */
  private async done(method: BucketMethod, name: string, body: Buffer | null): Promise<void> {
    const status = await this.bucket.settled(method, name, {}, body);
    if ((status >= 200 && status <= 299) || (method === 'DELETE' && status === 404)) return;
    throw bucketRefusal(method, status);
  }
}
