import { createHash, createHmac } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The key that opens the store. */
export const storeKey = { id: 'AKIATEST', secret: 'a/secret+of the store' } as const;

const digest = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const mac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();

/** What a signature covers, as AWS describes it (Signature Version 4). */
export interface SignedCall {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** The signature that a call has to carry, by the list of headers that it says to have signed. */
export function signatureOf(call: SignedCall, scope: string, signedHeaders: readonly string[], secret: string): string {
  const { method, url, headers } = call;
  const query = [...url.searchParams]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&');
  const lines = signedHeaders.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/\s+/g, ' ')}\n`).join('');
  const request = [
    method,
    url.pathname,
    query,
    lines,
    signedHeaders.join(';'),
    headers['x-amz-content-sha256'] ?? '',
  ].join('\n');
  const [day = '', region = '', service = ''] = scope.split('/');
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'] ?? '', scope, digest(request)].join('\n');
  const key = [region, service, 'aws4_request'].reduce<Buffer>(
    (made, part) => mac(made, part),
    mac(`AWS4${secret}`, day),
  );
  return mac(key, text).toString('hex');
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** A small server that speaks S3 as its documentation has it: signed calls, ranges, lists of a few names at a time. */
export class ObjectStore {
  readonly objects = new Map<string, Buffer>();
  /** Objects that are put in parts and are not ended yet. */
  readonly uploads = new Map<string, { readonly etag: string; readonly body: Buffer }[]>();
  readonly calls: string[] = [];
  /** Statuses of the next answers, before the store does as it is told again. */
  readonly troubles: number[] = [];
  /** How many of the next puts are done and answered as if they were not. */
  lostAnswers = 0;
  refused = 0;
  /** A part of the path of calls that are never answered, or only half. */
  hangsAt: { readonly path: string; readonly halfway: boolean } | null = null;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<ObjectStore> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const store = new ObjectStore(server, `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      // A caller that has enough of waiting breaks off in the middle of its call: then there is nothing to answer.
      store.answer(request, response).catch((error: unknown) => {
        if (!request.destroyed) throw error;
      });
    });
    return store;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** What the server is told of it. */
  environment(folder = ''): Record<string, string> {
    return {
      STORAGE_URL: `s3://files${folder}?endpoint=${encodeURIComponent(this.url)}&region=eu-test-1`,
      S3_ACCESS_KEY_ID: storeKey.id,
      S3_SECRET_ACCESS_KEY: storeKey.secret,
    };
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const url = new URL(request.url ?? '/', this.url);
    const method = request.method ?? 'GET';
    this.calls.push(`${method} ${url.pathname}`);
    if (this.hangsAt !== null && url.pathname.includes(this.hangsAt.path)) {
      if (this.hangsAt.halfway) response.writeHead(200, { 'content-length': 1_000 }).write('half');
      return;
    }
    const trouble = this.troubles.shift();
    if (trouble !== undefined) return void response.writeHead(trouble).end();
    if (!this.isSigned(request, url, body)) {
      this.refused += 1;
      return void response.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>');
    }
    const key = decodeURIComponent(url.pathname.slice('/files/'.length));
    if (url.searchParams.has('uploads') || url.searchParams.has('uploadId')) {
      this.answerUpload(method, key, url.searchParams, body, response);
    } else if (method === 'PUT' && request.headers['if-none-match'] === '*' && this.objects.has(key)) {
      response.writeHead(412).end('<Error><Code>PreconditionFailed</Code></Error>');
    } else if (method === 'PUT') {
      this.objects.set(key, body);
      if (this.lostAnswers > 0) {
        this.lostAnswers -= 1;
        return void response.writeHead(503).end();
      }
      response.writeHead(200, { etag: `"${createHash('md5').update(body).digest('hex')}"` }).end();
    } else if (method === 'DELETE') {
      this.objects.delete(key);
      response.writeHead(204).end();
    } else if (key === '') this.list(url, response);
    else this.get(key, request.headers.range, response);
  }

  /** Objects in parts: begun, filled, and ended or let go. */
  private answerUpload(
    method: string,
    key: string,
    query: URLSearchParams,
    body: Buffer,
    response: ServerResponse,
  ): void {
    const id = query.get('uploadId') ?? `up/${String(this.uploads.size + 1)}+`;
    const parts = this.uploads.get(id) ?? [];
    if (query.has('uploads')) {
      this.uploads.set(id, parts);
      return void response.writeHead(200).end(`<R><UploadId>${id}</UploadId></R>`);
    }
    if (!this.uploads.has(id)) return void response.writeHead(404).end('<Error><Code>NoSuchUpload</Code></Error>');
    if (method === 'PUT') {
      const etag = `"${createHash('md5').update(body).digest('hex')}"`;
      parts[Number(query.get('partNumber')) - 1] = { etag, body };
      return void response.writeHead(200, { etag }).end();
    }
    this.uploads.delete(id);
    if (method === 'DELETE') return void response.writeHead(204).end();
    const named = [...body.toString().matchAll(/<ETag>([^<]+)<\/ETag>/g)].map(([, etag]) => etag);
    const small = parts.slice(0, -1).some((part) => part.body.length < 5_242_880);
    if (small || JSON.stringify(named) !== JSON.stringify(parts.map(({ etag }) => etag)))
      return void response.writeHead(400).end('<Error><Code>InvalidPart</Code></Error>');
    this.objects.set(key, Buffer.concat(parts.map((part) => part.body)));
    response.writeHead(200).end('<R/>');
  }

  private get(key: string, range: string | undefined, response: ServerResponse): void {
    const body = this.objects.get(key);
    if (body === undefined) return void response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
    if (from === undefined) return void response.writeHead(200, { 'content-length': body.length }).end(body);
    const part = body.subarray(Number(from), Number(to) + 1);
    response.writeHead(206, { 'content-range': `bytes ${from}-${String(to)}/${String(body.length)}` }).end(part);
  }

  private list(url: URL, response: ServerResponse): void {
    const prefix = url.searchParams.get('prefix') ?? '';
    const after = url.searchParams.get('start-after') ?? '';
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
    const contents = keys.slice(0, 3).map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`);
    const more = `<IsTruncated>${String(keys.length > 3)}</IsTruncated>`;
    response
      .writeHead(url.searchParams.get('list-type') === '2' ? 200 : 400, { 'content-type': 'application/xml' })
      .end(`<?xml version="1.0"?><ListBucketResult><Name>files</Name>${more}${contents.join('')}</ListBucketResult>`);
  }

  private isSigned(request: IncomingMessage, url: URL, body: Buffer): boolean {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const [, id, scope = '', names = '', signature] =
      /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
        headers['authorization'] ?? '',
      ) ?? [];
    const signed = names.split(';');
    const [, region, service] = scope.split('/');
    return (
      id === storeKey.id &&
      region === 'eu-test-1' &&
      service === 's3' &&
      ['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => signed.includes(name)) &&
      headers['x-amz-content-sha256'] === digest(body) &&
      signature === signatureOf({ method: request.method ?? '', url, headers }, scope, signed, storeKey.secret)
    );
  }
}
