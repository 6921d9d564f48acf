import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { eventually } from '../support/client.js';
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

  it('says so, and catches up without a message missed or doubled', async () => {
    // What a browser reports of a line that is gone.
    browser.expectTrouble(/ERR_(EMPTY_RESPONSE|CONNECTION|SOCKET|INCOMPLETE)|WebSocket connection to/u);
    const banner = ada.page.getByText('The live connection is lost');
    for (const round of [1, 2, 3]) {
      line.cut();
      // How soon is measured by night: this machine may be busy.
      await banner.waitFor();
      await customers.write(ayse, `while it was cut, ${String(round)}`);
      await app.drainDeliveries();
      line.mend();
      // It tries by itself too, and may be quicker than the hand.
      await Promise.any([
        ada.page.getByRole('button', { name: 'Reconnect now' }).click(),
        banner.waitFor({ state: 'hidden' }),
      ]);
      await pages.message(`while it was cut, ${String(round)}`).waitFor();
      await banner.waitFor({ state: 'hidden' });
      await customers.write(ayse, `after it was mended, ${String(round)}`);
      await pages.message(`after it was mended, ${String(round)}`).waitFor();
    }
    const said = await pages.thread.getByRole('article').allInnerTexts();
    const of = (words: string) => said.filter((text) => text.includes(words)).length;
    // The first message may have left the screen above.
    expect(said.filter((text) => !text.includes('before'))).toHaveLength(6);
    for (const round of [1, 2, 3]) {
      expect(of(`while it was cut, ${String(round)}`)).toBe(1);
      expect(of(`after it was mended, ${String(round)}`)).toBe(1);
    }
  });

  it('stays whole where a part of the page finds no line, and shows the part once there is one', async () => {
    browser.expectTrouble(/ERR_FAILED/u);
    let refused = 0;
    await ada.page.route('**/assets/snooze-dialog*', (route) => {
      refused += 1;
      return route.abort();
    });
    await ada.page.getByRole('button', { name: 'Snooze' }).click();
    await eventually(() => Promise.resolve(refused > 0 ? true : null));
    await pages.message('before').waitFor();
    await ada.page.unroute('**/assets/snooze-dialog*');
    await ada.page.getByRole('dialog').waitFor();
    await ada.page.keyboard.press('Escape');
  });

  it('comes back by itself, with nobody pressing anything', async () => {
    line.cut();
    const banner = ada.page.getByText('The live connection is lost');
    await banner.waitFor();
    line.mend();
    await banner.waitFor({ state: 'hidden' });
    await customers.write(ayse, 'by itself');
    await pages.message('by itself').waitFor();
    expect(await pages.message('by itself').count()).toBe(1);
    // The browser's own word for a worker whose script it asked for while there was no line.
    const noLine = 'An unknown error occurred when fetching the script.';
    expect(browser.troubles().filter((trouble) => !trouble.includes(noLine))).toEqual([]);
  });
});
