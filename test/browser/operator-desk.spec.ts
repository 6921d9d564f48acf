import pg from 'pg';
import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { eventually } from '../support/client.js';
import { Dashboard, startWithPages } from './dashboard.js';
import { Customers, john } from './playing-customers.js';
import { steps } from './steps.js';

/** The desk of those who run the deployment, walked by the first person who came in: each step stands on those before it. */
describe('the desk of those who run the deployment', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let ada: WatchedPage;
  let pages: Dashboard;
  let sql: pg.Client;
  let code = '';
  const step = steps();

  beforeAll(async () => {
    [app, browser] = await Promise.all([startWithPages(), TestBrowser.launch()]);
    sql = new pg.Client({ connectionString: app.database.ownerUrl });
    await sql.connect();
    ada = await browser.person({ viewport: { width: 1440, height: 900 } });
    pages = new Dashboard(ada.page, app.url);
    await pages.signUp('Ada', 'ada@example.com', 'Demo Shop');
    await pages.connect('messenger');
    await new Customers(app.sandbox.url).write(john, 'Where is my order?');
    await pages.inbox();
    await pages.row(john.name).waitFor();
  }, 120_000);
  afterAll(async () => {
    await sql?.end();
    await browser?.close();
    await app?.close();
  });
  afterEach(() => expect(browser.troubles()).toEqual([]));

  const main = () => ada.page.getByRole('main');
  const button = (name: string) => main().getByRole('button', { name, exact: true });
  const dialog = () => ada.page.locator('dialog[open]');
  const stands = (words: string) => main().locator('.chip').getByText(words, { exact: true }).first().waitFor();
  const card = (words: string) => main().getByRole('listitem').filter({ hasText: words });
  const back = () => main().getByRole('link', { name: 'Privacy requests of no workspace' }).click();
  const figure = (name: string) => main().locator('.report-total > div').filter({ hasText: name }).locator('dd');

  /** By the public form, as a program sends it; nobody owns it until somebody says whose it is. */
  async function asked(body: object): Promise<string> {
    const answer = await fetch(`${app.url}/privacy/requests`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const { confirmation_code } = (await answer.json()) as { confirmation_code: string };
    await eventually(async () => {
      const { rowCount } = await sql.query("select from due where kind = 'route-privacy-request'");
      return rowCount === 0 ? true : null;
    });
    return confirmation_code;
  }

  step('shows what nobody owns, what is overdue first, with how long all of it takes [promise 72]', async () => {
    const { page } = ada;
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'Operator’s desk' }).click();
    await main().getByText('No request is so far').waitFor();
    await button('Show everything').click();
    await main().getByText('Nobody has asked for anything yet').waitFor();
    expect(await figure('Waiting').innerText()).toBe('0');
    code = await asked({ text: 'Please delete what I wrote', businessName: 'Demo Shop', handle: 'lena.k' });
    await asked({ text: 'What do you have of me?', email: 'late@example.com' });
    await sql.query(`update instance_privacy_requests set due_at = now() - interval '3 days' where kind = 'ACCESS'`);
    await page.reload();
    await card('lena.k').waitFor();
    const cards = main().getByRole('list', { name: 'Requests' }).getByRole('listitem');
    expect(await cards.nth(0).innerText()).toContain('overdue for 3 days');
    expect([await figure('Waiting').innerText(), await figure('Overdue').innerText()]).toEqual(['2', '1']);
    expect(await pages.violations()).toEqual([]);
  });

  step('one is read, said what it asks for, given more time and answered [promise 60] [promise 73]', async () => {
    await card('late@example.com').getByRole('link').click();
    await main().getByText('What do you have of me?').waitFor();
    await button('Say what is asked for').click();
    await dialog().getByLabel('What do they ask for?').selectOption('Data to take along');
    await dialog().getByLabel('How do you know?').fill('They wrote once more');
    await dialog().getByRole('button', { name: 'That is asked for' }).click();
    await main().getByRole('heading', { name: 'Data to take along' }).waitFor();
    await button('Ask for proof').click();
    await dialog().getByLabel('What do you ask them?').fill('Is this your address?');
    await dialog().getByRole('button', { name: 'Send' }).click();
    await main().getByText('Is this your address?').waitFor();
    await button('Take longer').click();
    await dialog().getByLabel('Why does it take longer?').fill('Three shops are asked');
    await dialog().getByRole('button', { name: 'Take longer' }).click();
    await main().getByText('due in 90 days').or(main().getByText('due in 89 days')).first().waitFor();
    await button('Take longer').waitFor({ state: 'detached' });
    await button('Answer').click();
    await dialog().getByLabel('What was done?').fill('Nothing of yours is here');
    expect(await pages.violations()).toEqual([]);
    await dialog().getByRole('button', { name: 'Answer and close' }).click();
    await stands('Done');
    await main().getByText('Nothing of yours is here').waitFor();
    expect(await main().getByRole('button').count()).toBe(0);
  });

  step('one is given to the workspace that may be meant, whose words are then its own [promise 59]', async () => {
    await back();
    // Typed as it came by phone: in capitals, with space around it.
    await main().getByLabel('Find a request by its code').fill(` ${code.toUpperCase()} `);
    await button('Find').click();
    await main().getByText('Please delete what I wrote').waitFor();
    await button('Give it to a workspace').click();
    const choice = dialog().getByLabel('Workspace', { exact: true });
    expect(await choice.locator('optgroup[label="May be meant"] option').allInnerTexts()).toEqual(['Demo Shop']);
    await choice.selectOption('Another one, by its id');
    browser.expectTrouble(/status of 40\d/u);
    await dialog().getByLabel('Id of the workspace').fill('no id');
    await dialog().getByRole('button', { name: 'Give it to them' }).click();
    await dialog().getByRole('alert').waitFor();
    expect(await pages.violations()).toEqual([]);
    await choice.selectOption('Demo Shop');
    await dialog().getByRole('button', { name: 'Give it to them' }).click();
    await main().getByText('A workspace answers for it').waitFor();
    expect(await main().innerText()).not.toContain('Please delete what I wrote');
    await button('Ask the business to erase').click();
    await dialog().getByLabel('What do you ask of them?').fill('Please erase them this week');
    await dialog().getByRole('button', { name: 'Send' }).click();
    await main().getByText('The operator asks the controller to erase').waitFor();
    await ada.page.reload();
    await main().getByText('A workspace answers for it').waitFor();
    expect(await pages.violations()).toEqual([]);
  });

  step(
    'and erased directly on a stated ground, once its code is typed and it is known whom it is about [promise 60]',
    async () => {
      const { page } = ada;
      const here = page.url();
      const erase = async (typed: string) => {
        await button('Erase directly').click();
        await dialog().getByLabel('On which ground of the law?').fill('Art. 17 GDPR; they do not answer');
        await dialog().getByLabel('Code for following it').fill(typed);
        await dialog().getByRole('button', { name: 'Erase for good' }).click();
      };
      await erase('something else');
      await dialog().locator('.field-error').waitFor();
      await dialog().getByRole('button', { name: 'Cancel' }).click();
      await erase(code);
      await dialog().getByText('Nobody is found yet').waitFor();
      expect(await pages.violations()).toEqual([]);
      // The workspace's own desk has it with its words, and says whom it is about.
      await page.goto(app.url);
      await pages.settings('Privacy');
      await card('lena.k').getByRole('link').click();
      await main().getByText('Please delete what I wrote').waitFor();
      await button('Say whom it is about').click();
      await dialog().getByLabel('Find a contact').fill(john.name);
      await dialog().getByRole('list', { name: 'Contacts found' }).getByRole('button', { name: john.name }).click();
      await dialog().getByRole('button', { name: 'It is about them' }).click();
      await main().getByRole('link', { name: john.name }).waitFor();
      await page.goto(here);
      await erase(code);
      await eventually(async () => {
        await page.reload();
        await main().getByRole('heading', { level: 1 }).waitFor();
        return (await main().locator('.chip').getByText('Done', { exact: true }).count()) > 0 ? true : null;
      }, 20_000);
      await main().getByRole('region', { name: 'Receipt of the erasure' }).waitFor();
      expect((await sql.query('select from contacts')).rowCount).toBe(0);
      await back();
      await main().getByText('No request is so far').waitFor();
      expect(await figure('Settled in a year').innerText()).toBe('2');
    },
  );

  step('is shown to nobody else, nor the way to it', async () => {
    const { page } = ada;
    await sql.query('update users set founded_instance = false');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.postData() ?? ''));
    await page.reload();
    await main().getByText('This is for those who run this deployment').waitFor();
    await page.getByRole('link', { name: 'Back to the inbox' }).click();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('navigation', { name: 'Settings' }).waitFor();
    expect(await page.getByText('Operator’s desk').count()).toBe(0);
    expect(asked.filter((body) => /"operationName":"Instance/u.test(body))).toEqual([]);
  });

  step('and whoever has no workspace comes to it all the same', async () => {
    const { page } = ada;
    await sql.query('update users set founded_instance = true');
    await sql.query('delete from members');
    await page.goto(app.url);
    await page.getByRole('link', { name: 'Operator’s desk' }).click();
    await main().getByRole('heading', { name: 'Privacy requests of no workspace' }).waitFor();
    expect(await pages.violations()).toEqual([]);
  });
});
