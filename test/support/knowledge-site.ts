import type { IncomingMessage, ServerResponse } from 'node:http';
import { LoopbackServer } from './loopback-server.js';

/** What the site says of one address. */
export interface SiteAnswer {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** What was asked of it. */
interface Asked {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** How many questions it answered at that moment. */
  readonly atOnce: number;
}

/** A shop's own site, on this machine; the operator lets workspaces read it. */
export class KnowledgeSite {
  /** What stands there, by path; everything else is not there. */
  pages: Record<string, SiteAnswer> = {};
  asked: Asked[] = [];
  private open = 0;
  private server!: LoopbackServer;

  static async start(): Promise<KnowledgeSite> {
    const site = new KnowledgeSite();
    site.server = await LoopbackServer.start((request, response) => site.answer(request, response));
    return site;
  }

  /** Its address. */
  get url(): string {
    return this.server.url;
  }

  /** What lets a workspace read it. */
  get allowed(): { AI_ALLOWED_HOSTS: string } {
    return { AI_ALLOWED_HOSTS: new URL(this.url).host };
  }

  /** Nothing stands there, and nothing was asked. */
  clear(): void {
    this.pages = {};
    this.asked = [];
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    this.open += 1;
    this.asked.push({ path: request.url ?? '', headers: request.headers, atOnce: this.open });
    const answer = this.pages[request.url ?? ''] ?? { status: 404, body: 'Nothing here.' };
    const etag = answer.headers?.['etag'];
    const same = etag !== undefined && request.headers['if-none-match'] === etag;
    setTimeout(() => {
      this.open -= 1;
      response.writeHead(same ? 304 : (answer.status ?? 200), {
        'content-type': answer.type ?? 'text/html; charset=utf-8',
        ...answer.headers,
      });
      response.end(same ? undefined : answer.body);
    }, 5);
  }
}

/** A page with such words. */
export const html = (words: string, more = ''): SiteAnswer => ({
  body: `<html><head><title>Shop</title>${more}</head><body>${words}</body></html>`,
});
