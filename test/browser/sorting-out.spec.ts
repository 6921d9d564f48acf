import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { eventually } from '../support/client.js';
import { Dashboard, startWithPages } from './dashboard.js';
import { Customers, ayse, john } from './playing-customers.js';

/** One person sorts an inbox out: each step stands on the ones before it. */
describe('an inbox that is sorted out', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let ada: WatchedPage;
  let pages: Dashboard;
  let customers: Customers;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startWithPages(), TestBrowser.launch()]);
    ada = await browser.person({ viewport: { width: 1440, height: 900 } });
    pages = new Dashboard(ada.page, app.url);
    customers = new Customers(app.sandbox.url);
    await pages.signUp('Ada', 'ada@example.com', 'Demo Shop');
    await pages.connect('messenger');
    await customers.write(ayse, 'İADE etmek istiyorum.');
    await customers.write(john, 'Where is my order?');
    await pages.inbox();
    await pages.row(ayse.name).waitFor();
    await pages.row(john.name).waitFor();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });
  afterEach(() => expect(browser.troubles()).toEqual([]));
  const until = (condition: () => Promise<boolean>) => eventually(async () => ((await condition()) ? true : null));

  it('changes several at once, and takes it back with one key', async () => {
    const { page } = ada;
    await page.getByRole('checkbox', { name: `Choose ${ayse.name}` }).check();
    await page.getByRole('checkbox', { name: `Choose ${john.name}` }).check();
    const bar = page.getByRole('group', { name: 'Choose several' });
    await bar.getByRole('button', { name: 'Tags' }).click();
    await page.getByLabel('Add tags').fill('return');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('region', { name: 'Undo' }).getByText('2 conversations').waitFor();
    const tags = pages.list.locator('.chip.tag');
    await until(async () => (await tags.count()) === 2);
    await page.keyboard.press('z');
    await until(async () => (await tags.count()) === 0);
  });

  it('keeps what narrows the list in its address, and under a name', async () => {
    const { page } = ada;
    await page.getByRole('button', { name: 'Filter the list' }).click();
    await page.getByRole('searchbox', { name: 'Words or names' }).fill('iade');
    await until(async () => (await pages.list.getByRole('link').count()) === 1);
    await page.reload();
    await pages.row(ayse.name).waitFor();
    expect(await pages.row(john.name).count()).toBe(0);
    await page.getByRole('button', { name: 'Save as view' }).click();
    await page.getByLabel('Name of the view').fill('Returns');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const saved = page.getByRole('navigation', { name: 'Saved views' }).getByRole('link', { name: 'Returns' });
    await until(async () => (await saved.getAttribute('aria-current')) === 'page');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await pages.row(john.name).waitFor();
    await saved.click();
    await until(async () => (await pages.row(john.name).count()) === 0);
    expect(await pages.violations()).toEqual([]);
  });

  it('finds a reply that was begun on another device', async () => {
    await pages.inbox();
    await pages.row(ayse.name).click();
    await pages.reply.fill('Merhaba, iade');
    // The same person, with nothing but the session: what stands there came from the server.
    const { cookies } = await ada.context.storageState();
    const phone = await browser.person({ storageState: { cookies, origins: [] } });
    await until(async () => {
      await phone.page.goto(ada.page.url());
      const box = phone.page.getByRole('textbox', { name: 'Reply to the customer' });
      await box.waitFor();
      await phone.page.waitForTimeout(400);
      return (await box.inputValue()) === 'Merhaba, iade';
    });
    await phone.context.close();
  });

  it('offers saved replies for a slash that is typed, and none for one that was kept', async () => {
    const { page } = ada;
    const offered = page.locator('.picker');
    await pages.reply.fill('/iade');
    await offered.waitFor();
    // Left, so it is kept.
    await pages.inbox();
    await pages.row(john.name).click();
    await until(async () => (await pages.reply.inputValue()) === '');
    await pages.row(ayse.name).click();
    await until(async () => (await pages.reply.inputValue()) === '/iade');
    await page.reload();
    await until(async () => (await pages.reply.inputValue()) === '/iade');
    expect(await offered.count()).toBe(0);
    await pages.reply.press('End');
    await pages.reply.pressSequentially('r');
    await offered.waitFor();
    await pages.reply.fill('Merhaba, iade');
  });

  it('takes a reply back before it leaves, through a reload', async () => {
    const { page } = ada;
    await page.evaluate("localStorage.setItem('parley.send-delay', '20')");
    await page.reload();
    await until(async () => (await pages.reply.inputValue()) === 'Merhaba, iade');
    await pages.reply.press('Control+Enter');
    await page.getByText('Sends in').waitFor();
    await page.reload();
    await pages.message('Merhaba, iade').getByRole('button', { name: 'Undo' }).click();
    await until(async () => (await pages.reply.inputValue()) === 'Merhaba, iade');
    expect((await customers.thread(ayse)).map(({ text }) => text)).not.toContain('Merhaba, iade');
    await pages.reply.press('Control+Enter');
    await page.getByRole('button', { name: 'Send now' }).click();
    await customers.received(ayse, 'Merhaba, iade');
  });

  it('marks what the search found, and shows what was counted', async () => {
    const { page } = ada;
    await page.getByRole('link', { name: 'Search' }).click();
    await page.getByRole('searchbox').fill('iade');
    await page.locator('mark', { hasText: 'İADE' }).waitFor();
    await page.getByRole('link', { name: 'Reports' }).click();
    await page.getByRole('img', { name: /2 messages of customers, 1 answers/u }).waitFor();
    expect(await pages.violations()).toEqual([]);
    expect(await pages.scrollsSideways()).toBe(false);
    const file = page.waitForEvent('download');
    await page.getByText('By channel').click();
    await page.getByRole('button', { name: 'Download as CSV' }).last().waitFor();
    await page.locator('details[open]').getByRole('button', { name: 'Download as CSV' }).click();
    expect((await file).suggestedFilename()).toMatch(/^channels-.*\.csv$/u);
    const pictures = process.env['SCREENSHOTS'];
    if (pictures) await page.screenshot({ path: `${pictures}/reports.png`, fullPage: true });
  });
});
