import type { Readable } from 'node:stream';
import { type SignedBucket, bucketRefusal, letGo } from './signed-bucket.js';

/** No part but the last may be smaller than 5 MB; there may be ten thousand. */
const partBytes = 8_000_000;
const tries = 3;

/**
 * Puts bytes as they are made, some at a time: the object is there once the last part is, and not before. What fits into
 * one part is put as a whole by `put`.
 */
export async function uploadInParts(
  bucket: SignedBucket,
  name: string,
  content: AsyncIterable<Buffer>,
  put: (body: Buffer) => Promise<void>,
): Promise<void> {
  let upload: Upload | null = null;
  try {
    for await (const { bytes, last } of inParts(content)) {
      if (last && upload === null) return await put(bytes);
      upload ??= await Upload.begin(bucket, name);
      await upload.add(bytes);
    }
    await upload?.end();
  } catch (error) {
    // What is begun and never ended is kept, and paid for, out of everybody's sight.
    await upload?.giveUp().catch(() => undefined);
    throw error;
  }
}

class Upload {
  /** What the store called each part, in their order. */
  private readonly tags: string[] = [];

  private constructor(
    private readonly bucket: SignedBucket,
    private readonly name: string,
    private readonly id: string,
  ) {}

  static async begin(bucket: SignedBucket, name: string): Promise<Upload> {
    const { status, body } = await bucket.of('POST', `${name}?uploads=`);
    const [, id] = /<UploadId>([^<&]+)<\/UploadId>/.exec(await textOf(body)) ?? [];
    if (status !== 200 || id === undefined) throw bucketRefusal('POST', status);
    return new Upload(bucket, name, encodeURIComponent(id));
  }

  async add(bytes: Buffer): Promise<void> {
    const place = `${this.name}?partNumber=${String(this.tags.length + 1)}&uploadId=${this.id}`;
    for (let attempt = 1; ; attempt += 1) {
      const { status, headers, body } = await this.bucket.of('PUT', place, {}, bytes);
      letGo(body);
      if (status === 200) return void this.tags.push(headers['etag'] ?? '');
      if (attempt >= tries || (status < 500 && status !== 429)) throw bucketRefusal('PUT', status);
      await new Promise((resolve) => setTimeout(resolve, 100 * attempt));
    }
  }

  async end(): Promise<void> {
    const parts = this.tags.map(
      (tag, index) => `<Part><PartNumber>${String(index + 1)}</PartNumber><ETag>${tag}</ETag></Part>`,
    );
    const list = Buffer.from(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`);
    const { status, body } = await this.bucket.of('POST', `${this.name}?uploadId=${this.id}`, {}, list);
    // The store may say 200 at once and that it failed behind it.
    if ((await textOf(body)).includes('<Error>') || status !== 200) throw bucketRefusal('POST', status);
  }

  async giveUp(): Promise<void> {
    await this.bucket.settled('DELETE', `${this.name}?uploadId=${this.id}`, {}, null);
  }
}

/** Bytes in parts of one size; the last is what is left, and may be nothing. */
async function* inParts(content: AsyncIterable<Buffer>): AsyncGenerator<{ bytes: Buffer; last: boolean }> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of content) {
    held.push(chunk);
    size += chunk.length;
    if (size < partBytes) continue;
    yield { bytes: Buffer.concat(held), last: false };
    held = [];
    size = 0;
  }
  yield { bytes: Buffer.concat(held), last: true };
}

async function textOf(body: Readable): Promise<string> {
  return (await body.toArray()).map((chunk: Buffer) => chunk.toString('latin1')).join('');
}
