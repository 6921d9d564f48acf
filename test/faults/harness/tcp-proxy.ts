import { type Server, type Socket, connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
}

/** A cable between two processes that can be cut, held and mended. */
export class TcpProxy {
  private readonly pairs = new Set<Pair>();
  private held = false;
  private refusing = false;
  private answersToLose = 0;
  private bytesToPass: number | null = null;

  private constructor(
    private readonly server: Server,
    private target: { readonly host: string; readonly port: number },
  ) {}

  static async start(port: number, host = '127.0.0.1'): Promise<TcpProxy> {
    const server = createServer({ noDelay: true });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const proxy = new TcpProxy(server, { host, port });
    server.on('connection', (near) => proxy.join(near));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** The same URL, by way of this cable. */
  through(url: string): string {
    const changed = new URL(url);
    changed.hostname = '127.0.0.1';
    changed.port = String(this.port);
    return changed.href.replace(/\/$/, url.endsWith('/') ? '/' : '');
  }

  /** How many connections there are. */
  get connections(): number {
    return this.pairs.size;
  }

  /** Sends the other end elsewhere: connections from now on go there. */
  aimAt(port: number): void {
    this.target = { ...this.target, port };
  }

  /** Cuts every connection, without a word to either side. */
  cut(): void {
    for (const { near, far } of this.pairs) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
    this.pairs.clear();
  }

  /** Cuts one connection. */
  cutOne(index: number): void {
    const pair = [...this.pairs][index % Math.max(1, this.pairs.size)];
    pair?.near.resetAndDestroy();
    pair?.far.destroy();
  }

  /** Nothing passes in either direction until `release`; connections stay open. */
  hold(): void {
    this.held = true;
    for (const { near, far } of this.pairs) {
      near.pause();
      far.pause();
    }
  }

  release(): void {
    this.held = false;
    this.refusing = false;
    for (const { near, far } of this.pairs) {
      near.resume();
      far.resume();
    }
  }

  /** Cuts what there is, and refuses what comes, until `release`. */
  part(): void {
    this.refusing = true;
    this.cut();
  }

  /** The next `count` answers are lost: the question arrives, and the connection breaks when its answer begins. */
  loseAnswers(count: number): void {
    this.answersToLose = count;
  }

  /** Cuts a connection in the middle of its answer: once so many bytes of answers have passed. */
  cutAfter(bytes: number): void {
    this.bytesToPass = bytes;
  }

  /** Whether that has not happened yet. */
  get waitsToCut(): boolean {
    return this.bytesToPass !== null;
  }

  /** How many of them are still to be lost. */
  get stillToLose(): number {
    return this.answersToLose;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(near: Socket): void {
    if (this.refusing) {
      near.on('error', () => undefined);
      near.resetAndDestroy();
      return;
    }
    const far = connect({ ...this.target, noDelay: true });
    const pair = { near, far };
    this.pairs.add(pair);
    const end = () => {
      this.pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) socket.on('error', end).on('close', end);
    near.on('data', (chunk) => {
      if (!far.write(chunk)) near.pause();
    });
    far.on('drain', () => this.held || near.resume());
    far.on('data', (chunk) => {
      if (this.answersToLose > 0) {
        this.answersToLose -= 1;
        near.resetAndDestroy();
        far.destroy();
        return;
      }
      if (this.bytesToPass !== null && (this.bytesToPass -= chunk.length) <= 0) {
        this.bytesToPass = null;
        near.resetAndDestroy();
        far.destroy();
        return;
      }
      if (!near.write(chunk)) far.pause();
    });
    near.on('drain', () => this.held || far.resume());
    near.on('end', () => far.end());
    far.on('end', () => near.end());
    if (this.held) {
      near.pause();
      far.pause();
    }
  }
}
