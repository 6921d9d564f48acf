import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a browser was pushed. */
export interface Pushed {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** A browser that takes pushes: what it gives a site, and how it reads what comes. */
export class PushBrowser {
  private readonly pair = createECDH('prime256v1');
  private readonly secret = randomBytes(16);
  readonly path = `/push/${randomBytes(6).toString('hex')}`;

  constructor(private readonly service: PushService) {
    this.pair.generateKeys();
  }

  get subscription() {
    return {
      endpoint: `${this.service.url}${this.path}`,
      p256dh: this.pair.getPublicKey('base64url'),
      auth: this.secret.toString('base64url'),
    };
  }

  /** What was pushed to it so far, read. */
  read(): Record<string, string>[] {
    return this.service.pushed
      .filter(({ path }) => path === this.path)
      .map(({ body }) => JSON.parse(this.decrypt(body)) as Record<string, string>);
  }

  /** The receiving side of RFC 8291, written from the standard and not from our sender. */
  private decrypt(body: Buffer): string {
    const salt = body.subarray(0, 16);
    const sender = body.subarray(21, 21 + body.readUInt8(20));
    const sealed = body.subarray(21 + sender.length);
    const derive = (secret: Buffer, from: Buffer, info: Buffer, length: number) =>
      Buffer.from(hkdfSync('sha256', secret, from, info, length));
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.pair.getPublicKey(), sender]);
    const input = derive(this.pair.computeSecret(sender), this.secret, info, 32);
    const key = derive(input, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
    const nonce = derive(input, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
    const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16));
    const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    return plain.subarray(0, plain.lastIndexOf(2)).toString();
  }
}

/** A browser maker's push service on this machine; name its url in PUSH_SERVICES. */
export class PushService {
  readonly pushed: Pushed[] = [];
  /** What it answers. */
  status = 201;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<PushService> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const service = new PushService(server, `http://127.0.0.1:${String(port)}`);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        service.pushed.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) });
        response.writeHead(service.status).end();
      });
    });
    return service;
  }

  browser(): PushBrowser {
    return new PushBrowser(this);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
