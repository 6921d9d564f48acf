import type { TestApp } from '../support/app.js';
import { TestBrowser } from '../support/browser.js';
import { AccountPages } from './account-pages.js';
import { startWithPages } from './dashboard.js';
import { looks } from './page-looks.js';

/** With SCREENSHOTS=folder it also leaves a picture of each page in each look; LOOKS=360.dark.tr,... takes some of them. */
describe('the pages of accounts stand the checks of accessibility, fit, and cut no word off', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let pages: AccountPages;
  const chosen = process.env['LOOKS']?.split(',');
  const wanted = looks.filter(
    ({ width, theme, language }) => chosen?.includes(`${String(width)}.${theme}.${language}`) ?? true,
  );

  beforeAll(async () => {
    [app, browser] = await Promise.all([startWithPages(), TestBrowser.launch()]);
    pages = await AccountPages.start(app, browser, wanted);
    // What is refused on purpose: links that are none.
    browser.expectTrouble(/status of 400/u);
  }, 120_000);
  afterAll(async () => {
    await pages?.stop();
    await browser?.close();
    await app?.close();
  });

  it.each([
    ['before anybody is in', 2, () => pages.setUp()],
    ['inside', 23, () => pages.inside()],
    ['outside', 18, () => pages.outside()],
  ] as const)(
    '%s',
    async (_where, stops, walk) => {
      const before = pages.looked;
      await walk();
      expect(pages.looked - before).toBe(stops * wanted.length);
      expect(pages.wrong).toEqual([]);
      expect(browser.troubles()).toEqual([]);
    },
    900_000,
  );
});
