import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const words = 'A kettle that whistles, three cups that nearly match, and a tea that tastes of smoke. ';

/**
 * A page of a site on an origin of its own: `/with` has the chat in it, `/without` has not. Browsers run what is of one host
 * in one process, so that what slows the page slows the chat in its frame too.
 */
export class SitePage {
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async open(script: string): Promise<SitePage> {
    const server = createServer((request, response) => {
      const chat = request.url === '/with' ? script : '';
      response.setHeader('content-type', 'text/html; charset=utf-8').end(`<!doctype html><html lang="en"><head>
        <meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A shop</title>
        <link rel="icon" href="data:,">${chat}</head><body><h1>A shop</h1>
        ${`<p>${words.repeat(6)}</p>`.repeat(30)}<p><a href="#top">Up</a></p></body></html>`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new SitePage(server, `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
