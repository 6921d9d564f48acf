import { LoopbackServer } from '../support/loopback-server.js';

/** The shop's own site, on hosts enough that it is read quickly: each is asked for one page at a time. */
export class HostileSite {
  private readonly pages = new Map<string, Buffer>();
  private servers: readonly LoopbackServer[] = [];

  static async start(): Promise<HostileSite> {
    const site = new HostileSite();
    site.servers = await Promise.all(
      [1, 2, 3, 4].map(() =>
        LoopbackServer.start((request, response) => {
          const page = site.pages.get(request.url ?? '');
          response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
          response.end(page);
        }),
      ),
    );
    return site;
  }

  get hosts(): readonly string[] {
    return this.servers.map(({ url }) => new URL(url).host);
  }

  /** Puts a page on the site; gives its address. */
  show(body: Buffer): string {
    const path = `/lamps/${String(this.pages.size)}`;
    this.pages.set(path, body);
    return `${this.servers[this.pages.size % this.servers.length]?.url ?? ''}${path}`;
  }

  async stop(): Promise<void> {
    for (const server of this.servers) await server.stop();
  }
}
