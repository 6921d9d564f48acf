import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { AwsV4Signer } from 'aws4fetch';
import type { OutgoingClient, OutgoingStream } from '../http/index.js';
import { type ByteRange, FileStorage, absent } from './file-storage.js';

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

type Method = 'GET' | 'PUT' | 'DELETE';
const deletedAtOnce = 8;
/** Pages of a thousand names: more than any workspace has files. */
const mostPages = 10_000;
const tries = 3;

/** Files in a bucket of an object store. Every call is signed, the bytes that are put included. */
export class ObjectStorage extends FileStorage {
  constructor(
    private readonly http: OutgoingClient,
    private readonly bucket: Bucket,
  ) {
    super();
  }

  override async put(name: string, body: Buffer): Promise<void> {
    await this.done('PUT', this.urlOf(name), {}, body);
  }

  override async read(name: string, range?: ByteRange): Promise<Readable> {
    const headers: Record<string, string> =
      range === undefined ? {} : { range: `bytes=${String(range.start)}-${String(range.end)}` };
    const { status, body } = await this.call('GET', this.urlOf(name), headers, null);
    if (status === 200 || status === 206) return body;
    letGo(body);
    throw status === 404 ? absent(name) : refusal('GET', status);
  }

  override async remove(name: string): Promise<void> {
    await this.done('DELETE', this.urlOf(name), {}, null);
  }

  override async removeAll(folder: string): Promise<void> {
    for (let page = 0; page < mostPages; page += 1) {
      // The first page each time: what stood on it is gone by then.
      const names = await this.list(`${folder}/`);
      if (names.length === 0) return;
      for (let at = 0; at < names.length; at += deletedAtOnce)
        await Promise.all(names.slice(at, at + deletedAtOnce).map((name) => this.remove(name)));
    }
    throw new Error('The object store goes on listing what was deleted.');
  }

  /** Every name that begins so, in their order. */
  async *names(prefix: string): AsyncGenerator<string> {
    for (let after: string | null = ''; after !== null;) {
      const names: string[] = await this.list(prefix, after);
      yield* names;
      after = names.at(-1) ?? null;
    }
  }

  private async list(prefix: string, after = ''): Promise<string[]> {
    const query = new URLSearchParams({ 'list-type': '2', prefix: `${this.bucket.prefix}${prefix}` });
    if (after !== '') query.set('start-after', `${this.bucket.prefix}${after}`);
    const { status, body } = await this.call('GET', `${this.bucket.url}/?${query.toString()}`, {}, null);
    const text = (await body.toArray()).map((chunk: Buffer) => chunk.toString('latin1')).join('');
    if (status !== 200) throw refusal('GET', status);
    // Names are ours alone: words of hex digits, which XML leaves as they are.
    return [...text.matchAll(/<Key>([\w./-]+)<\/Key>/g)].map(([, key = '']) => key.slice(this.bucket.prefix.length));
  }

  /** A call that says yes or throws; tried again where the store could not say either. */
  private async done(method: Method, url: string, headers: Record<string, string>, body: Buffer | null): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const status = await this.statusOf(method, url, headers, body);
      if ((status >= 200 && status <= 299) || (method === 'DELETE' && status === 404)) return;
      if (attempt >= tries || (status < 500 && status !== 429)) throw refusal(method, status);
      await new Promise((resolve) => setTimeout(resolve, 100 * attempt));
    }
  }

  private async statusOf(method: Method, url: string, headers: Record<string, string>, body: Buffer | null) {
    const answer = await this.call(method, url, headers, body);
    letGo(answer.body);
    return answer.status;
  }

  private async call(
    method: Method,
    url: string,
    more: Record<string, string>,
    body: Buffer | null,
  ): Promise<OutgoingStream> {
    const { accessKeyId, secretAccessKey, region } = this.bucket;
    const digest = createHash('sha256')
      .update(body ?? '')
      .digest('hex');
    const headers = { ...more, 'x-amz-content-sha256': digest };
    const signer = new AwsV4Signer({ method, url, headers, accessKeyId, secretAccessKey, region, service: 's3' });
    const signed = await signer.sign();
    const request = { method, headers: Object.fromEntries(signed.headers), timeout: 120_000 };
    return this.http.stream(signed.url.toString(), body === null ? request : { ...request, body });
  }

  private urlOf(name: string): string {
    return `${this.bucket.url}/${this.bucket.prefix}${name}`;
  }
}

/** Nobody reads what is left of an answer; that it breaks off is no trouble then. */
function letGo(body: Readable): void {
  body.on('error', () => undefined);
  body.resume();
}

function refusal(method: Method, status: number): Error {
  return new Error(`The object store did not take a ${method} (HTTP ${String(status)}).`);
}
