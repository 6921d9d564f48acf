import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';

/** A line between the browser and the server that can be cut, and held apart. */
export class Line {
  private readonly open = new Set<Socket>();
  private held = false;
  private frozen = false;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async to(target: string): Promise<Line> {
    const { hostname, port } = new URL(target);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const line = new Line(server, `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
    server.on('connection', (near) => {
      if (line.held) return near.destroy();
      const far = connect(Number(port), hostname);
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        line.open.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => {
          line.open.delete(socket);
          other.destroy();
        });
        socket.pipe(other);
      }
      if (line.frozen) line.stand();
      return undefined;
    });
    return line;
  }

  cut(): void {
    this.held = true;
    for (const socket of this.open) socket.destroy();
  }

  /** Nothing comes through any more, and neither end is told: as where a cable is pulled out beyond the next box. */
  freeze(): void {
    this.frozen = true;
    this.stand();
  }

  mend(): void {
    this.held = false;
    if (!this.frozen) return;
    this.frozen = false;
    // What stood is not taken up again: it would be long forgotten.
    for (const socket of this.open) socket.destroy();
  }

  private stand(): void {
    for (const socket of this.open) socket.unpipe().pause();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
