import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Injectable } from '@nestjs/common';
import type { createBullBoard } from '@bull-board/api';
import { idsOf, withoutWords } from './wordless-jobs.js';
import { Queues } from './queues.js';

/** What the board answers. */
export interface BoardAnswer {
  readonly status: number;
  /** By its hash, the one style that its scripts put into the page. */
  readonly style?: string;
  readonly type: string;
  readonly body: string | Buffer;
}

type ServerAdapter = Parameters<typeof createBullBoard>[0]['serverAdapter'];
type BoardQueues = Parameters<ServerAdapter['setQueues']>[0];
type BoardRoute = Parameters<ServerAdapter['setApiRoutes']>[0][number];

interface Board {
  readonly queues: BoardQueues;
  readonly routes: readonly { readonly pattern: RegExp; readonly route: BoardRoute }[];
  /** By its path below `static/`. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly html: string;
}

// Hides the scrollbars of its lists; another version may have another, and the browser's console then says its hash.
const ownStyle = "'sha256-r2N1TB/gHbBtBZFKg7ejmq1acVSREzucTAEw6ga4hoU='";
const base = '/admin/queues/';
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
};
// It asks an element that the page's policy forbids where it stands.
const askedBase = 'document.head.querySelector("base")?.getAttribute("href")';
const toldBase = 'document.documentElement.dataset.base';
// Its scripts fetch further scripts of their own, and colour what a job holds: of all that could become code or markup in
// its page, these two are let through (Trusted Types).
const trusted = `globalThis.trustedTypes?.createPolicy('default', {
  createScriptURL: (address) => {
    const { origin, pathname, href } = new URL(address, location.href);
    if (origin === location.origin && pathname.startsWith('${base}static/js/')) return href;
    throw new TypeError('No script of this address is run: ' + address);
  },
  createHTML: (html) => html.replace(/<(?!\\/?span(?: class="[\\w -]*")?>)/g, '&lt;'),
});
`;
const trustedName = 'static/js/trusted.js';
const logo = `${base}static/images/logo.svg`;
const settings = {
  boardLogo: { path: logo },
  favIcon: { default: logo, alternative: logo },
  boardTitle: 'Parley queues',
  hideDocsLink: true,
  miscLinks: [{ text: 'Parley', url: '/' }],
  // Asks Redis for the list of all its clients each time.
  showWorkers: false,
  pollingInterval: { showSetting: true },
};

/**
 * The board that shows Bull's queues, made on the first look. It reads only: Postgres is the truth about what is to be done,
 * so what were changed here would come back with the next sweep, or be lost until then. A job is two ids.
 */
@Injectable()
export class QueueBoard {
  private making: Promise<Board> | null = null;

  constructor(private readonly queues: Queues) {}

  /** The page; null where there are no queues, for want of a Redis. */
  async page(): Promise<BoardAnswer | null> {
    const board = await this.board();
    return board === null ? null : { status: 200, type: 'text/html; charset=utf-8', style: ownStyle, body: board.html };
  }

  /** A file that belongs to the page. */
  async file(name: string): Promise<BoardAnswer | null> {
    const body = (await this.board())?.files.get(name);
    if (body === undefined) return null;
    return { status: 200, type: types[path.extname(name)] ?? 'application/octet-stream', body };
  }

  /** What the page asks for. */
  async ask(place: string, query: Record<string, unknown>): Promise<BoardAnswer | null> {
    const board = await this.board();
    for (const { pattern, route } of board?.routes ?? []) {
      const found = pattern.exec(place);
      if (found === null || board === null) continue;
      const params = Object.fromEntries(
        Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
      );
      const { status = 200, body } = await route.handler({
        queues: board.queues,
        uiConfig: settings,
        params,
        query,
        body: {},
        headers: {},
      });
      return {
        status,
        type: 'application/json; charset=utf-8',
        body: typeof body === 'string' ? body : JSON.stringify(body, withoutWords),
      };
    }
    return null;
  }

  private async board(): Promise<Board | null> {
    if (this.queues.opened.size === 0) return null;
    this.making ??= this.make().catch((error: unknown) => {
      this.making = null;
      throw error;
    });
    return this.making;
  }

  private async make(): Promise<Board> {
    const [{ createBullBoard: create }, { BullAdapter }] = await Promise.all([
      import('@bull-board/api'),
      import('@bull-board/api/bullAdapter'),
    ]);
    const folder = path.dirname(createRequire(import.meta.url).resolve('@bull-board/ui/package.json'));
    let queues: BoardQueues = new Map();
    const routes: BoardRoute[] = [];
    const adapter: ServerAdapter = {
      setQueues: (given) => ((queues = given), adapter),
      setApiRoutes: (given) => (routes.push(...given), adapter),
      setViewsPath: () => adapter,
      setStaticPath: () => adapter,
      setEntryRoute: () => adapter,
      setErrorHandler: () => adapter,
      setUIConfig: () => adapter,
    };
    create({
      queues: [...this.queues.opened.values()].map((queue) => {
        const shown = new BullAdapter(queue, { readOnlyMode: true });
        shown.setFormatter('data', idsOf);
        shown.setFormatter('returnValue', () => null);
        shown.setFormatter('progress', () => 0);
        shown.setFormatter('name', () => queue.name);
        return shown;
      }),
      serverAdapter: adapter,
      options: { uiBasePath: folder, uiConfig: settings },
    });
    const files = await filesOf(path.join(folder, 'dist/static'));
    const template = await readFile(path.join(folder, 'dist/index.ejs'), 'utf8');
    return { queues, routes: readingRoutes(routes), files, html: pageOf(template) };
  }
}

/** Only what reads: nothing else of the board has an address here. */
function readingRoutes(routes: readonly BoardRoute[]): Board['routes'] {
  return (
    routes
      // What a job has written down as it ran may be anybody's words.
      .filter(({ method, route }) => method === 'get' && ![route].flat().some((place) => place.endsWith('/logs')))
      .flatMap((route) =>
        [route.route].flat().map((place) => ({
          pattern: new RegExp(`^${place.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
          route,
        })),
      )
  );
}

async function filesOf(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, Buffer>();
  let told = 0;
  for (const entry of entries) {
    if (!entry.isFile() || types[path.extname(entry.name)] === undefined) continue;
    const whole = path.join(entry.parentPath, entry.name);
    const bytes = await readFile(whole);
    const asks = entry.name.endsWith('.js') && bytes.includes(askedBase);
    if (asks) told += 1;
    const body = asks ? Buffer.from(bytes.toString().replaceAll(askedBase, toldBase)) : bytes;
    files.set(path.relative(folder, whole).split(path.sep).join('/'), body);
  }
  files.set(trustedName.replace('static/', ''), Buffer.from(trusted));
  if (told === 0) throw new Error('The queue board no longer asks where it stands as it did: look at the new version.');
  return files;
}

/** A page of our own with the board's scripts and styles: theirs asks another host for fonts, and has parts in line. */
function pageOf(template: string): string {
  const names = (pattern: RegExp) => [...template.matchAll(pattern)].map(([, name = '']) => name);
  const styles = names(/href="(static\/css\/[\w.-]+\.css)"/g);
  const scripts = names(/src="(static\/js\/[\w.-]+\.js)"/g);
  const config = JSON.stringify(settings);
  return `<!doctype html>
<html lang="en" dir="ltr" data-base="${base}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${settings.boardTitle}</title>
<link rel="icon" type="image/svg+xml" id="fav-logo" href="${logo}">
${styles.map((name) => `<link rel="stylesheet" href="${base}${name}">`).join('\n')}
</head>
<body>
<div id="__UI_CONFIG__" hidden>${config.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</div>
<div id="root"></div>
${[trustedName, ...scripts].map((name) => `<script defer src="${base}${name}"></script>`).join('\n')}
</body>
</html>
`;
}
