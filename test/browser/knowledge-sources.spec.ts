import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { Dashboard, startWithPages } from './dashboard.js';
import { steps } from './steps.js';

/** What somebody gives to answer from that they did not type. */
describe('knowledge from files', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let ada: WatchedPage;
  let pages: Dashboard;
  const step = steps();

  beforeAll(async () => {
    [app, browser] = await Promise.all([startWithPages(), TestBrowser.launch()]);
    ada = await browser.person({ viewport: { width: 1440, height: 900 } });
    pages = new Dashboard(ada.page, app.url);
    await pages.signUp('Ada', 'ada@example.com', 'Demo Shop');
    await pages.settings('Knowledge');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });
  afterEach(() => expect(browser.troubles()).toEqual([]));

  const main = () => ada.page.getByRole('main');
  const source = (title: string) => main().getByRole('listitem').filter({ hasText: title });
  const give = async (title: string, name: string, mimeType: string, text: string) => {
    await main().getByRole('button', { name: 'File', exact: true }).click();
    await main().getByLabel('Title').fill(title);
    await main()
      .getByLabel('File', { exact: true })
      .setInputFiles({ name, mimeType, buffer: Buffer.from(text) });
    await main().getByRole('button', { name: 'Add knowledge' }).click();
  };

  step('a file is read, and can be answered from', async () => {
    await give('Returns', 'returns.md', 'text/markdown', '# Returns\n\nWhat does not fit goes back within 30 days.');
    await source('Returns').getByText('Ready').waitFor({ timeout: 30_000 });
    await source('Returns').getByText('1 passage').waitFor();
    expect(await pages.violations()).toEqual([]);
  });
});
