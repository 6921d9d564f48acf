import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { Line } from '../support/line.js';
import { Dashboard, startWithPages } from './dashboard.js';
import { Customers, ayse } from './playing-customers.js';

describe('the live inbox when its line is cut', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let line: Line;
  let ada: WatchedPage;
  let pages: Dashboard;
  let customers: Customers;

  beforeAll(async () => {
    // The page is asked for from the line's address, which has to count as the server's own.
    [app, browser] = await Promise.all([startWithPages(), TestBrowser.launch()]);
    line = await Line.to(app.url);
    ada = await browser.person();
    pages = new Dashboard(ada.page, line.url);
    customers = new Customers(app.sandbox.url);
    await pages.signUp('Ada', 'ada@example.com', 'Demo Shop');
    await pages.connect('messenger');
    await pages.inbox();
    await customers.write(ayse, 'before');
    await pages.row(ayse.name).click();
    await pages.message('before').waitFor();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await line?.close();
    await app?.close();
  });

  it('says so within 3 s, and catches up without a message missed or doubled', async () => {
    // What a browser reports of a line that is gone.
    browser.expectTrouble(/ERR_(EMPTY_RESPONSE|CONNECTION|SOCKET|INCOMPLETE)|WebSocket connection to/u);
    const banner = ada.page.getByText('The live connection is lost');
    for (const round of [1, 2, 3]) {
      line.cut();
      await banner.waitFor({ timeout: 3_000 });
      await customers.write(ayse, `while it was cut, ${String(round)}`);
      await app.drainDeliveries();
      line.mend();
      await ada.page.getByRole('button', { name: 'Reconnect now' }).click();
      await pages.message(`while it was cut, ${String(round)}`).waitFor();
      await banner.waitFor({ state: 'hidden' });
      await customers.write(ayse, `after it was mended, ${String(round)}`);
      await pages.message(`after it was mended, ${String(round)}`).waitFor();
    }
    const said = await pages.thread.getByRole('article').allInnerTexts();
    const of = (words: string) => said.filter((text) => text.includes(words)).length;
    expect(said).toHaveLength(7);
    for (const round of [1, 2, 3]) {
      expect(of(`while it was cut, ${String(round)}`)).toBe(1);
      expect(of(`after it was mended, ${String(round)}`)).toBe(1);
    }
  });

  it('comes back by itself, with nobody pressing anything', async () => {
    line.cut();
    const banner = ada.page.getByText('The live connection is lost');
    await banner.waitFor({ timeout: 3_000 });
    line.mend();
    await banner.waitFor({ state: 'hidden' });
    await customers.write(ayse, 'by itself');
    await pages.message('by itself').waitFor();
    expect(await pages.message('by itself').count()).toBe(1);
    expect(browser.troubles()).toEqual([]);
  });
});
