import { type Socket, connect } from 'node:net';
import { eventually } from './client.js';

/** An upload that says what it is going to send, and then sends no more than it is told to. */
export class StuckUpload {
  /** What the server said so far. */
  said = '';
  closed = false;
  private readonly socket: Socket;

  constructor(url: string, path: string, headers: Readonly<Record<string, string>>, bytes = 5_000_000) {
    const { hostname, port, host } = new URL(url);
    const lines = Object.entries({
      host,
      'content-type': 'multipart/form-data; boundary=x',
      'content-length': String(bytes),
      ...headers,
    }).map(([name, value]) => `${name}: ${value}`);
    this.socket = connect({ host: hostname, port: Number(port) });
    this.socket.setEncoding('latin1');
    this.socket.on('data', (text: string) => (this.said += text));
    this.socket.on('close', () => (this.closed = true));
    this.socket.on('error', () => undefined);
    this.socket.write(`POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n--x\r\n`);
  }

  /** The status of the answer. */
  status(milliseconds?: number): Promise<number> {
    return eventually(() => Promise.resolve(this.answered()), milliseconds);
  }

  /** The same now; null while there is none. */
  answered(): number | null {
    return this.said === '' ? null : Number(this.said.split(' ')[1]);
  }

  end(): void {
    this.socket.destroy();
  }
}
