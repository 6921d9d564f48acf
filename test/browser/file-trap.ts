import { type IncomingMessage, type ServerResponse, get } from 'node:http';
import type { BrowserContext, Page } from 'playwright-core';
import type { TestBrowser } from '../support/browser.js';
import { LoopbackServer } from '../support/loopback-server.js';
import type { HostileFile } from './hostile-files.js';

/** What an opened address came to. */
interface Opened {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The name under which the browser would save it; null where it was shown instead. */
  readonly saved: string | null;
}

/** A page that uses every one of these addresses in every way in which a page can use a file. */
function trapPage(urls: readonly string[]): string {
  const ways = urls.map((url) => {
    const at = url.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    return [
      `<img src="${at}">`,
      `<iframe src="${at}"></iframe>`,
      `<object data="${at}"></object>`,
      `<embed src="${at}">`,
      `<script src="${at}"></script>`,
      `<script type="module" src="${at}"></script>`,
      `<link rel="stylesheet" href="${at}">`,
    ].join('');
  });
  return `<!doctype html><meta charset="utf-8"><title>still</title><script>heard=[];name='still';
addEventListener('message',(event)=>heard.push(String(event.data)))</script><body>${ways.join('\n')}`;
}

/**
 * Where hostile files want to be heard: a site with pages that use them, an ear below `/hit/`, and the same files as a
 * careless server would hand them out, so that it is known that each could have been heard. What is below `/files/` is
 * the server's own answer, unchanged: so its files are used by pages of another origin, and by pages of their own.
 */
export class FileTrap {
  /** What was heard of each file, by its number: requests, dialogs, messages, titles, names. */
  readonly heard = new Map<string, string[]>();
  private files: readonly HostileFile[] = [];
  private readonly pages = new Map<string, string>();
  private count = 0;
  private context: BrowserContext | null = null;

  private server!: LoopbackServer;

  private constructor(private readonly behind: string) {}

  /** `behind` is the server whose files it has below `/files/`. */
  static async start(behind: string): Promise<FileTrap> {
    const trap = new FileTrap(behind);
    trap.server = await LoopbackServer.start((request, response) => trap.serve(request, response));
    return trap;
  }

  get url(): string {
    return this.server.url;
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }

  /** Lets a careless server hand these out. */
  lay(files: readonly HostileFile[]): void {
    this.files = files;
  }

  /** The address of a file at the careless server. */
  careless({ number }: HostileFile): string {
    return `${this.url}/careless/${String(number)}`;
  }

  /** Everything that was heard since the last time. */
  takeHeard(): Record<string, readonly string[]> {
    const heard = Object.fromEntries([...this.heard].map(([number, ways]) => [number, [...new Set(ways)].sort()]));
    this.heard.clear();
    return heard;
  }

  /** Opens an address by itself, as someone does who clicks a link, and stays a moment. */
  async open(browser: TestBrowser, url: string): Promise<Opened> {
    const page = await this.page(browser);
    const { status, headers } = await fetch(url);
    const download = page.waitForEvent('download', { timeout: 1_500 }).catch(() => null);
    const shown = await page.goto(url, { waitUntil: 'load' }).then(
      () => true,
      () => false,
    );
    const saved = shown ? null : await download;
    if (shown) await this.listen(page);
    await page.close();
    return { status, headers: Object.fromEntries(headers), saved: saved?.suggestedFilename() ?? null };
  }

  /** Uses addresses on a page of this site. */
  async use(browser: TestBrowser, urls: readonly string[]): Promise<void> {
    this.count += 1;
    const path = `/trap/${String(this.count)}`;
    this.pages.set(path, trapPage(urls));
    const page = await this.page(browser);
    await page.goto(`${this.url}${path}`, { waitUntil: 'load' });
    await this.listen(page);
    await page.close();
  }

  /** The same file with this site's own origin. */
  own(url: string): string {
    return url.replace(this.behind, this.url);
  }

  private async page(browser: TestBrowser): Promise<Page> {
    this.context ??= (await browser.person({ acceptDownloads: true })).context;
    const page = await this.context.newPage();
    page.on('dialog', (dialog) => {
      this.note(dialog.message(), 'dialog');
      void dialog.dismiss().catch(() => undefined);
    });
    return page;
  }

  /** What a page was told, and what became of it. Requests are heard by themselves. */
  private async listen(page: Page): Promise<void> {
    await page.waitForTimeout(250);
    const [title, name, messages] = await page
      .evaluate<[string, string, string[]]>('[document.title, window.name, window.heard ?? []]')
      .catch(() => ['', '', []] as const);
    this.note(title, 'title');
    this.note(name, 'name');
    for (const message of messages) this.note(message, 'message');
  }

  private note(words: string, way: string): void {
    const number = /\/hit\/(\d+)/.exec(words)?.[1];
    if (number === undefined && !words.startsWith('ran')) return;
    const ways = this.heard.get(number ?? 'one of them') ?? [];
    ways.push(way);
    this.heard.set(number ?? 'one of them', ways);
  }

  private serve(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '/';
    if (path.startsWith('/hit/')) {
      this.note(path, `request ${path.split('/')[3] ?? ''}`.trim());
      response.writeHead(204, { 'access-control-allow-origin': '*' }).end();
      return;
    }
    if (path.startsWith('/files/')) {
      get(`${this.behind}${path}`, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(response);
      }).on('error', () => response.destroy());
      return;
    }
    const file = path.startsWith('/careless/') ? this.files[Number(path.slice('/careless/'.length))] : undefined;
    const page = this.pages.get(path);
    if (file !== undefined) response.writeHead(200, { 'content-type': file.type || 'text/html' }).end(file.body);
    else if (page !== undefined) response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
    else response.writeHead(404).end();
  }
}
