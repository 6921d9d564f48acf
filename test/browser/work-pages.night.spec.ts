import type { TestApp } from '../support/app.js';
import { TestBrowser } from '../support/browser.js';
import { startWithPages } from './dashboard.js';
import { looks } from './page-looks.js';
import { WorkPages } from './work-pages.js';

/** With SCREENSHOTS=folder it also leaves a picture of each page in each look; LOOKS=360.dark.ar,... takes some of them. */
describe('the pages on which the work is done', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let pages: WorkPages;
  const chosen = process.env['LOOKS']?.split(',');
  const wanted = looks.filter(
    ({ width, theme, language }) => chosen?.includes(`${String(width)}.${theme}.${language}`) ?? true,
  );

  beforeAll(async () => {
    [app, browser] = await Promise.all([startWithPages(), TestBrowser.launch()]);
    pages = await WorkPages.start(app, browser, wanted);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  it.each([
    [
      'stand the checks of accessibility in both themes and directions, fit, and cut no word off',
      () => pages.looksRight(),
      wanted.length,
    ],
    ['grow with the text to twice its size, and fit a window four times as large', () => pages.growsAndReflows(), 2],
    ['are translated whole, and hold words that are two fifths longer', () => pages.speaksAll(browser), null],
    ['hide nothing that Tab comes to, and have nothing too small to press', () => pages.reachable(), 2],
  ] as const)(
    '%s',
    async (_what, walk, ways) => {
      const before = pages.looked;
      pages.wrong.length = 0;
      await walk();
      const stops = pages.stops.length;
      const all = stops + pages.otherPlaces.length + pages.entrances.length;
      expect(pages.looked - before).toBe(ways === null ? all : stops * ways);
      expect(pages.wrong).toEqual([]);
      expect(browser.troubles()).toEqual([]);
    },
    900_000,
  );
});
