import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { eventually } from '../support/client.js';
import { Dashboard, startWithPages } from './dashboard.js';
import { Customers, ayse } from './playing-customers.js';

const keptFiles = `(async () => {
  const names = await caches.keys();
  const lists = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)));
  return lists.flat();
})()`;

/** With Debian's Chromium: the one from npm runs worker and page in one process, where each may wait for the other. */
describe('the pages where there is no network', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let ada: WatchedPage;
  let pages: Dashboard;
  /** Waits until it is so in the page. */
  const comes = (said: string) =>
    eventually(async () => ((await ada.page.evaluate<boolean>(said).catch(() => false)) ? true : null));

  beforeAll(async () => {
    [app, browser] = await Promise.all([startWithPages(), TestBrowser.launch()]);
    ada = await browser.person({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
    pages = new Dashboard(ada.page, app.url);
    await pages.signUp('Ada', 'ada@example.com', 'Demo Shop');
    await pages.connect('messenger');
    await pages.inbox();
    await new Customers(app.sandbox.url).write(ayse, 'Second');
    await pages.row(ayse.name).waitFor();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  it('say so where there is no network, keep nothing of anybody, and go on by themselves', async () => {
    const { page, context } = ada;
    await comes('navigator.serviceWorker.ready.then(({ active }) => active?.state === "activated")');
    // Pages that stood before the worker did are not led by it; from the next one on they are.
    await page.reload();
    await pages.inbox();
    await pages.row(ayse.name).click();
    await pages.message('Second').waitFor();
    await comes('navigator.serviceWorker.controller !== null');
    const kept = await page.evaluate<string[]>(keptFiles);
    const own = ['/appearance.js', '/favicon.svg', '/offline.css', '/offline.html', '/offline.js'];
    expect([...kept].sort()).toEqual(own);
    browser.expectTrouble(/ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_FAILED|WebSocket/u);
    const address = page.url();
    await context.setOffline(true);
    await page.goto(address).catch(() => undefined);
    await page.getByRole('heading', { level: 1, name: 'No connection' }).waitFor();
    expect(await pages.violations()).toEqual([]);
    await context.setOffline(false);
    await pages.message('Second').waitFor();
    expect(page.url()).toBe(address);
  }, 60_000);
});
