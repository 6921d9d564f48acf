import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';
import type { TestBrowser } from '../support/browser.js';
import { LoopbackServer } from '../support/loopback-server.js';
import { carelessPages, isHeard } from './careless-page.js';
import { type HostileWords, runs } from './hostile-words.js';

/** Payloads that one careless page holds. */
const together = 10;

/** What of a page's own tree would run, load or lead astray, were it there: seen in the page. */
const astray = `[...document.querySelectorAll('*')].flatMap((element) => [...element.attributes].flatMap(({ name, value }) => {
  const where = element.tagName.toLowerCase() + ' ' + name + '=' + value.slice(0, 80);
  const leads = ['href', 'src', 'action', 'formaction', 'xlink:href', 'data', 'poster', 'srcset', 'ping', 'background'].includes(name);
  if (/^on/.test(name) || name === 'srcdoc' && !element.hasAttribute('sandbox')) return [where];
  if (['id', 'name', 'class', 'style', 'for', 'target', 'http-equiv', 'is', 'slot'].includes(name) && /\\/\\/f\\d+\\./.test(value)) return [where];
  if (!leads) return [];
  const url = URL.parse(value, document.baseURI);
  if (url === null) return [where];
  const { protocol, origin } = url;
  if (!['http:', 'https:', 'mailto:', 'tel:'].includes(protocol) && !(element.tagName === 'IMG' && protocol === 'blob:')) return [where];
  return element.tagName === 'A' || origin === location.origin ? [] : [where];
})).concat([...document.querySelectorAll('base, object, embed, applet, portal, math, template, script:not([src])')].map(({ outerHTML }) => outerHTML.slice(0, 100)))`;

/** All words that a page shows: text, what fields hold, and what is read out or shown on a touch. */
const shown = `[document.title, document.body.textContent, ...[...document.querySelectorAll('input, textarea, select, option')].map(({ value }) => value),
  ...[...document.querySelectorAll('[title], [aria-label], [placeholder], [alt]')].flatMap((element) => ['title', 'aria-label', 'placeholder', 'alt'].map((name) => element.getAttribute(name) ?? ''))].join(' ')`;

/**
 * Hears whatever runs, whatever is asked for elsewhere, and whatever a page's policy had to refuse. It has a page of its own
 * that is careless with the same words, so that it is known that they would have been heard.
 */
export class WordTrap {
  /** What was heard, by payload where it says so. */
  private readonly heard = new Map<string, Set<string>>();
  private careless: ReadonlyMap<string, string> = new Map();

  private server!: LoopbackServer;

  private constructor() {}

  static async start(): Promise<WordTrap> {
    const trap = new WordTrap();
    trap.server = await LoopbackServer.start((request, response) => {
      const path = request.url ?? '/';
      const careless = trap.careless.get(path);
      if (careless !== undefined) response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(careless);
      else {
        if (path.startsWith('/hit/')) trap.note(path, 'request');
        response.writeHead(204, { 'access-control-allow-origin': '*' }).end();
      }
    });
    return trap;
  }

  get url(): string {
    return this.server.url;
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }

  /** Sets every ear at the pages of a context. `home` is the one origin that may be asked. */
  async listen(context: BrowserContext, home: string): Promise<void> {
    await context.exposeBinding(runs, (_source, number: unknown) => this.note(`/hit/${String(number)}`, 'ran'));
    await context.exposeBinding('tellOfRefusal', (_source, what: string) => this.note(what, 'refused'));
    await context.addInitScript(`document.addEventListener('securitypolicyviolation', (event) =>
      tellOfRefusal(event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sample));`);
    context.on('dialog', (dialog) => {
      this.note(dialog.message(), 'dialog');
      void dialog.dismiss().catch(() => undefined);
    });
    context.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(`${home}/`) && !/^(?:data|blob|about):/u.test(url)) this.note(url, 'asked');
    });
    context.on('page', (page) => this.note(page.url(), 'window'));
  }

  /** What was heard since the last time. */
  take(): Record<string, readonly string[]> {
    const heard = Object.fromEntries([...this.heard].map(([what, ways]) => [what, [...ways].sort()]));
    this.heard.clear();
    return heard;
  }

  /** What a page shows, and what in it ought not to be there. */
  async look(page: Page): Promise<{ readonly text: string; readonly astray: readonly string[] }> {
    return { text: await page.evaluate<string>(shown), astray: await page.evaluate<string[]>(astray) };
  }

  /**
   * The numbers of those words that are heard by pages that are careless with them, some at a time: until all are heard
   * that ought to be, or for so long.
   */
  async beCareless(browser: TestBrowser, words: readonly HostileWords[]): Promise<ReadonlySet<number>> {
    const heard = new Set<number>();
    const { page, context } = await browser.person();
    await this.listen(context, this.url);
    for (let at = 0; at < words.length; at += together) {
      const some = words.slice(at, at + together);
      this.careless = carelessPages(some);
      const misses = () => some.some((word) => isHeard(word) && !this.heard.has(String(word.number)));
      // Words that lead the page elsewhere may keep it from ever being loaded.
      await page.goto(`${this.url}/careless`, { waitUntil: 'commit' });
      for (let tries = 0; tries < 150 && misses(); tries += 1) await delay(100);
      // What ought not to be heard has its time too.
      await delay(600);
      for (const { number } of some) if (this.heard.has(String(number))) heard.add(number);
    }
    await context.close();
    this.heard.clear();
    return heard;
  }

  private note(words: string, way: string): void {
    const what = /\/hit\/(\d+)/u.exec(words)?.[1] ?? words.slice(0, 200);
    this.heard.set(what, (this.heard.get(what) ?? new Set()).add(way));
  }
}
