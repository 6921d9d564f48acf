import type { TestApp } from '../support/app.js';
import { TestBrowser } from '../support/browser.js';
import { ChannelPages } from './channel-pages.js';
import { startWithPages } from './dashboard.js';
import { looks } from './page-looks.js';

/** With SCREENSHOTS=folder it also leaves a picture of each page in each look; LOOKS=360.dark.tr,... takes some of them. */
describe('the pages of channels stand the checks of accessibility, fit, and cut no word off', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let pages: ChannelPages;
  const chosen = process.env['LOOKS']?.split(',');
  const wanted = looks.filter(
    ({ width, theme, language }) => chosen?.includes(`${String(width)}.${theme}.${language}`) ?? true,
  );

  beforeAll(async () => {
    [app, browser] = await Promise.all([startWithPages(), TestBrowser.launch()]);
    pages = await ChannelPages.start(app, browser, wanted);
    // What is refused on purpose: a domain that is none.
    browser.expectTrouble(/status of 400/u);
  }, 120_000);
  afterAll(async () => {
    await pages?.stop();
    await browser?.close();
    await app?.close();
  });

  it.each([
    ['connecting', 11, () => pages.connecting()],
    ['living', 11, () => pages.living()],
  ] as const)(
    '%s',
    async (_which, stops, walk) => {
      const before = pages.looked;
      await walk();
      expect(pages.looked - before).toBe(stops * wanted.length);
      expect(pages.wrong).toEqual([]);
      expect(browser.troubles()).toEqual([]);
    },
    900_000,
  );
});
