import { WebSocket } from 'ws';
import { eventually } from './client.js';

const protocol = 'graphql-transport-ws';

/** A frame of the protocol. */
export type SocketFrame = Readonly<Record<string, unknown>>;

/** A socket in the protocol's own frames, for what a well-behaved client does not do. */
export class RawSocket {
  readonly frames: SocketFrame[] = [];
  /** The code it was closed with; null while it is open. */
  closed: number | null = null;
  reason = '';
  readonly socket: WebSocket;

  constructor(url: string, headers: Readonly<Record<string, string>>) {
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, protocol, { headers });
    this.socket.on('message', (data) => this.frames.push(JSON.parse((data as Buffer).toString()) as SocketFrame));
    this.socket.on('close', (code, reason) => {
      this.closed = code;
      this.reason = reason.toString();
    });
    this.socket.on('error', () => (this.closed ??= 1006));
  }

  /** Says hello and waits until it is taken. */
  async init(payload: SocketFrame = {}): Promise<void> {
    await this.say({ type: 'connection_init', payload });
    await this.frame('connection_ack');
  }

  /** Sends a frame as soon as the socket is open; nothing where it is closed. */
  async say(frame: unknown): Promise<void> {
    await eventually(() =>
      Promise.resolve(this.socket.readyState === WebSocket.OPEN || this.closed !== null ? true : null),
    );
    if (this.closed !== null) return;
    this.socket.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));
  }

  /** The code it is closed with. */
  async end(milliseconds = 4_000): Promise<number> {
    return eventually(() => Promise.resolve(this.closed), milliseconds);
  }

  /** The first frame of a type, and where an id is given, of that operation. */
  async frame(type: string, id?: string): Promise<SocketFrame> {
    const wanted = (frame: SocketFrame) => frame['type'] === type && (id === undefined || frame['id'] === id);
    return eventually(() => Promise.resolve(this.frames.find(wanted) ?? null), 4_000);
  }

  close(): void {
    this.socket.terminate();
  }
}
