import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { AwsV4Signer } from 'aws4fetch';
import type { OutgoingClient, OutgoingStream } from '../http/index.js';

/** A bucket that speaks S3, and the key that opens it. */
export interface Bucket {
  /** Where it is, without a slash at the end. */
  readonly url: string;
  /** Stands before every name: nothing, or a folder with a slash at the end. */
  readonly prefix: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export type BucketMethod = 'GET' | 'PUT' | 'DELETE' | 'POST';
type Headers = Readonly<Record<string, string>>;
const tries = 3;
/** Milliseconds for a call, with all of its bytes. */
const usualPatience = 120_000;

/** Calls to a bucket of an object store. Each is signed, the bytes that are put included. */
export class SignedBucket {
  constructor(
    private readonly http: OutgoingClient,
    private readonly bucket: Bucket,
    private readonly patience = usualPatience,
  ) {}

  /** A page of names that begin so, behind one of them where it is given. */
  async list(prefix: string, after?: string): Promise<string[]> {
    const query = new URLSearchParams({ 'list-type': '2', prefix: `${this.bucket.prefix}${prefix}` });
    if (after !== undefined) query.set('start-after', `${this.bucket.prefix}${after}`);
    const { status, body } = await this.call('GET', `${this.bucket.url}/?${query.toString()}`, {}, null);
    const text = (await body.toArray()).map((chunk: Buffer) => chunk.toString('latin1')).join('');
    if (status !== 200) throw bucketRefusal('GET', status);
    // Names are ours alone: words of hex digits, which XML leaves as they are.
    return [...text.matchAll(/<Key>([\w./-]+)<\/Key>/g)].map(([, key = '']) => key.slice(this.bucket.prefix.length));
  }

  /** The answer to a call about one name; the body is the caller's to read or to let go. */
  of(method: BucketMethod, name: string, headers: Headers = {}, body: Buffer | null = null): Promise<OutgoingStream> {
    return this.call(method, `${this.bucket.url}/${this.bucket.prefix}${name}`, headers, body);
  }

  /** The status of such a call, tried again where the store could not say yes or no. */
  async settled(method: BucketMethod, name: string, headers: Headers, body: Buffer | null): Promise<number> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.of(method, name, headers, body);
      letGo(answer.body);
      if (attempt >= tries || (answer.status < 500 && answer.status !== 429)) return answer.status;
      await new Promise((resolve) => setTimeout(resolve, 100 * attempt));
    }
  }

  private async call(method: BucketMethod, url: string, more: Headers, body: Buffer | null): Promise<OutgoingStream> {
    const { accessKeyId, secretAccessKey, region } = this.bucket;
    const digest = createHash('sha256')
      .update(body ?? '')
      .digest('hex');
    const headers = { ...more, 'x-amz-content-sha256': digest };
    const signer = new AwsV4Signer({ method, url, headers, accessKeyId, secretAccessKey, region, service: 's3' });
    const signed = await signer.sign();
    const request = { method, headers: Object.fromEntries(signed.headers), timeout: this.patience };
    return this.http.stream(signed.url.toString(), body === null ? request : { ...request, body });
  }
}

/** Nobody reads what is left of an answer; that it breaks off is no trouble then. */
export function letGo(body: Readable): void {
  body.on('error', () => undefined);
  body.resume();
}

/** The store said no. */
export function bucketRefusal(method: BucketMethod, status: number): Error {
  return new Error(`The object store did not take a ${method} (HTTP ${String(status)}).`);
}
