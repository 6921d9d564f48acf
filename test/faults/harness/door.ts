import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';

/** The way to a server that can be shut: nobody listens there then, as where a platform is down. */
export class Door {
  private readonly open = new Set<Socket>();
  private target = 0;

  private constructor(
    private server: Server,
    readonly port: number,
  ) {}

  static async start(): Promise<Door> {
    const door = new Door(createServer(), 0);
    const { server, port } = await door.listen(0);
    return Object.assign(door, { server, port });
  }

  /** Leads to this port from now on. */
  leadTo(port: number): void {
    this.target = port;
  }

  /** Ends every connection, and refuses new ones. */
  async shut(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.open) socket.destroy();
    await closed;
  }

  async reopen(): Promise<void> {
    this.server = (await this.listen(this.port)).server;
  }

  private async listen(port: number) {
    const server = createServer((near) => {
      const far = connect(this.target, '127.0.0.1');
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.open.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => {
          this.open.delete(socket);
          other.destroy();
        });
        socket.pipe(other);
      }
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return { server, port: (server.address() as AddressInfo).port };
  }
}
