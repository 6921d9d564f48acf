import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { Dashboard, startWithPages } from './dashboard.js';

/** How a page is looked at. */
export interface Look {
  readonly width: number;
  readonly theme: 'light' | 'dark';
  readonly language: 'en' | 'tr' | 'ar';
}

/** Every look there is; a phone, a tablet, a desk. */
export const looks: readonly Look[] = [360, 768, 1440].flatMap((width) =>
  (['light', 'dark'] as const).flatMap((theme) =>
    (['en', 'tr', 'ar'] as const).map((language) => ({ width, theme, language })),
  ),
);

/** One page or dialog: how it is come by, from the address. */
export interface Stop {
  readonly name: string;
  readonly path: string;
  readonly open?: (page: Page) => Promise<unknown>;
}

/** The form of a page. */
export const ofForm = (page: Page) => page.locator('main form').first();
/** Presses its button. */
export const press = (page: Page) => ofForm(page).locator('button[type=submit]').click();
/** Opens a dialog by what is to be pressed. */
export const inDialog = (selector: string, dialog = 'dialog[open]') =>
  async function open(page: Page) {
    await page.locator(selector).first().click();
    await page.locator(dialog).waitFor();
  };

/** Words that are cut off by the box they stand in, and are not meant to be: seen in the page. */
export const cutWords = `[...document.querySelectorAll('body *')].filter((element) => {
  const style = getComputedStyle(element);
  const words = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
  if (!words || element.closest('.visually-hidden, svg, select') || element.checkVisibility({ visibilityProperty: true }) === false) return false;
  if (style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none' || element.clientWidth === 0) return false;
  const scrolls = ['auto', 'scroll'].includes(style.overflowX);
  return !scrolls && style.display !== 'inline' && element.scrollWidth > element.clientWidth + 1;
}).map((element) => element.tagName.toLowerCase() + '.' + element.className + ': ' + element.textContent.trim().slice(0, 60))`;

/** Tables, lines of buttons and places that stay one line on a phone, and what is written or shown as it was written. */
const meantToScroll =
  '.table-frame, .report-scroll, .settings-nav, .view-links, .thread-actions, .draft-panel > .button-row, .snippet, textarea, input, select, pre';

/**
 * What scrolls sideways inside the window, and is not meant to: seen in the page. A part that may be scrolled down can be scrolled
 * sideways too, and whatever sticks out of it is found by nobody.
 */
const scrollsInside = `[...document.querySelectorAll('main, main *, nav, aside, aside *, dialog[open], dialog[open] *')].filter((element) =>
  ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) && element.clientWidth > 0 &&
  element.scrollWidth > element.clientWidth + 1 &&
  !element.matches('${meantToScroll}')
).map((element) => element.tagName.toLowerCase() + '.' + element.className + ' by ' + (element.scrollWidth - element.clientWidth))`;

/** Whether a page whose parts scroll on their own scrolls as a whole as well: below it there is nothing. */
const tallerThanWindow = `document.querySelector('.shell') !== null && document.documentElement.scrollHeight > window.innerHeight + 1`;

/** Pages and dialogs, each looked at in every wanted way: rules of accessibility, width, words cut off. */
export abstract class PageLooks {
  readonly wrong: string[] = [];
  looked = 0;
  private readonly pictures = process.env['SCREENSHOTS'];

  protected constructor(
    protected readonly url: string,
    private readonly wanted: readonly Look[],
  ) {}

  /** Goes to each stop in each language, and looks at it in every wanted way. */
  protected async walk({ page }: WatchedPage, stops: readonly Stop[]): Promise<void> {
    for (const language of new Set(this.wanted.map((look) => look.language))) {
      for (const { name, path: address, open } of stops) {
        // Small windows open nothing by what stands beside the list: the page is opened at a desk.
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.goto(`${this.url}/favicon.svg`);
        await page.evaluate(`localStorage.setItem('parley.language', '${language}')`);
        const asked = /^\/(?:privacy|policies)/.test(address) ? `${address}?lang=${language}` : address;
        await page.goto(`${this.url}${asked}`);
        await page.locator('h1, h2').first().waitFor();
        await open?.(page);
        for (const look of this.wanted) if (look.language === language) await this.look(page, name, look);
      }
    }
  }

  private async look(page: Page, name: string, look: Look): Promise<void> {
    await page.setViewportSize({ width: look.width, height: look.width === 360 ? 740 : 900 });
    await page.emulateMedia({ colorScheme: look.theme });
    const called = `${name}.${look.language}.${look.theme}.${String(look.width)}`;
    const dashboard = new Dashboard(page, this.url);
    const add = (what: string) => this.wrong.push(`${called}: ${what}`);
    // The rules look at colours, names and places: once at each end of the widths and in each direction is enough.
    const { width, language } = look;
    if ((width === 360 && language === 'tr') || (width === 1440 && language !== 'tr'))
      (await dashboard.violations()).forEach(add);
    if (await dashboard.scrollsSideways()) add('wider than the window');
    for (const part of await page.evaluate<string[]>(scrollsInside)) add(`scrolls sideways: ${part}`);
    if (await page.evaluate(tallerThanWindow)) add('taller than the window');
    for (const words of await page.evaluate<string[]>(cutWords)) add(`cut off: ${words}`);
    this.looked += 1;
    if (this.pictures === undefined) return;
    await mkdir(this.pictures, { recursive: true });
    // What scrolls inside the window is to be on the picture whole.
    const inner = await page.evaluate<number>(
      `Math.max(0, ...[...document.querySelectorAll('.settings-main')].map((one) => one.scrollHeight))`,
    );
    if (inner > 0) await page.setViewportSize({ width: look.width, height: Math.max(740, inner + 360) });
    await page.screenshot({ path: path.join(this.pictures, `${called}.png`), fullPage: true });
  }
}

/**
 * Declares a test for each walk over some pages: how it is called, how many stops it makes, and the walk. With
 * SCREENSHOTS=folder it also leaves a picture of each page in each look; LOOKS=360.dark.tr,... takes some of them.
 */
export function lookAt<Pages extends PageLooks & { stop(): Promise<void> }>(
  start: (app: TestApp, browser: TestBrowser, wanted: readonly Look[]) => Promise<Pages>,
  walks: readonly (readonly [string, number, (pages: Pages) => Promise<void>])[],
  startApp: () => Promise<TestApp> = startWithPages,
): void {
  let app: TestApp;
  let browser: TestBrowser;
  let pages: Pages;
  const chosen = process.env['LOOKS']?.split(',');
  const wanted = looks.filter(
    ({ width, theme, language }) => chosen?.includes(`${String(width)}.${theme}.${language}`) ?? true,
  );

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), TestBrowser.launch()]);
    pages = await start(app, browser, wanted);
    // What is refused on purpose: links and domains that are none.
    browser.expectTrouble(/status of 400/u);
  }, 120_000);
  afterAll(async () => {
    await pages?.stop();
    await browser?.close();
    await app?.close();
  });

  it.each(walks)(
    '%s',
    async (_which, stops, walk) => {
      const before = pages.looked;
      await walk(pages);
      expect(pages.looked - before).toBe(stops * wanted.length);
      expect(pages.wrong).toEqual([]);
      expect(browser.troubles()).toEqual([]);
    },
    900_000,
  );
}
