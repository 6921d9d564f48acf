import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { type ReceiptJson, hashOf } from '../../src/privacy/proof/page/check-receipts.mjs';
import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { eventually } from '../support/client.js';
import { Dashboard, startWithPages } from './dashboard.js';
import { Customers, ayse, john } from './playing-customers.js';
import { steps } from './steps.js';

/** The privacy desk, walked by an owner: each step stands on the ones before it. */
describe('the privacy desk', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let ada: WatchedPage;
  let pages: Dashboard;
  let sql: pg.Client;
  const step = steps();

  beforeAll(async () => {
    [app, browser] = await Promise.all([startWithPages(), TestBrowser.launch()]);
    sql = new pg.Client({ connectionString: app.database.ownerUrl });
    await sql.connect();
    ada = await browser.person({ viewport: { width: 1440, height: 900 } });
    pages = new Dashboard(ada.page, app.url);
    await pages.signUp('Ada', 'ada@example.com', 'Demo Shop');
    await pages.connect('messenger');
    const customers = new Customers(app.sandbox.url);
    await customers.write(ayse, 'Siparişim nerede?');
    await customers.write(john, 'Where is my order?');
    await pages.inbox();
    await pages.row(john.name).waitFor();
    await pages.row(ayse.name).waitFor();
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
  const find = async (within: 'form' | 'dialog', name: string) => {
    const place = within === 'form' ? main() : dialog();
    await place.getByLabel('Find a contact').fill(name);
    await place.getByRole('list', { name: 'Contacts found' }).getByRole('button', { name }).click();
  };
  const stands = (words: string) => main().locator('.chip').getByText(words, { exact: true }).first().waitFor();

  step(
    'a request is written down, and one about a child stands first, with its clock [promise 72] [promise 77]',
    async () => {
      const { page } = ada;
      await pages.settings('Privacy');
      await main().getByRole('link', { name: 'Write down a request' }).first().click();
      // Nobody is named yet: it is said what is missing.
      browser.expectTrouble(/status of 400/u);
      await button('Start the request').click();
      await main().getByRole('alert').getByText('one thing is enough').waitFor();
      await main().getByLabel('What do they ask for?').selectOption('Erasure');
      await find('form', john.name);
      await main().getByLabel('It is about a child').check();
      await main().getByLabel('What they wrote or said').fill('Please forget my son.');
      await button('Start the request').click();
      await stands('Waits for proof');
      await stands('About a child');
      await main().getByText('Please forget my son.').waitFor();
      await main().getByRole('link', { name: john.name }).waitFor();
      expect(await pages.violations()).toEqual([]);
      await page.getByRole('link', { name: 'Privacy' }).last().click();
      await main().getByRole('link', { name: 'Write down a request' }).click();
      await main().getByLabel('E-mail address').fill('nobody@example.com');
      await button('Start the request').click();
      await main().getByText('Whom it is about is not known yet').waitFor();
      await main().getByRole('link', { name: 'Privacy' }).click();
      const cards = main().getByRole('list', { name: 'Requests' }).getByRole('listitem');
      await cards.nth(1).waitFor();
      expect(await cards.nth(0).innerText()).toContain('About a child');
      expect(await cards.nth(1).innerText()).toContain('due in 30 days');
      expect(await pages.violations()).toEqual([]);
    },
  );

  step(
    'a legal hold stops an erasure, which goes on once it is released, to a receipt that anyone can check',
    async () => {
      const { page } = ada;
      await main().getByRole('link', { name: 'Legal holds' }).click();
      await button('Place a legal hold').click();
      await dialog().getByLabel('Why it has to be kept').fill('Case 12/2026, Ankara');
      await dialog().getByRole('button', { name: 'Place the hold' }).click();
      await dialog().getByText('Choose the contact first.').waitFor();
      await find('dialog', john.name);
      expect(await pages.violations()).toEqual([]);
      await dialog().getByRole('button', { name: 'Place the hold' }).click();
      await main().getByText('Case 12/2026, Ankara').waitFor();
      await stands('Stands');
      expect(await pages.violations()).toEqual([]);
      await main().getByRole('link', { name: 'Privacy' }).click();
      await main().getByRole('listitem').filter({ hasText: 'About a child' }).getByRole('link').click();
      await button('Vouch for who asks').click();
      await dialog().getByLabel('How do you know?').fill('His mother showed her passport');
      await dialog().getByRole('button', { name: 'I vouch for them' }).click();
      await stands('On legal hold');
      await main().getByText('His mother showed her passport').waitFor();
      await main().getByRole('link', { name: 'Privacy' }).click();
      await main().getByRole('link', { name: 'Legal holds' }).click();
      await button('Release the hold').click();
      await dialog().getByRole('button', { name: 'Release the hold' }).click();
      await stands('Released');
      await page.goBack();
      await main().getByLabel('Show').selectOption('Everything');
      await main().getByRole('listitem').filter({ hasText: 'About a child' }).getByRole('link').click();
      await stands('Done');
      const receipt = main().getByRole('region', { name: 'Receipt of the erasure' });
      await receipt.getByText('Contacts', { exact: true }).waitFor();
      await receipt.getByText(/^Kept until/).waitFor();
      expect(await main().innerText()).not.toContain(john.name);
      expect(await pages.violations()).toEqual([]);
      const [download] = await Promise.all([page.waitForEvent('download'), button('Download receipt.json').click()]);
      expect(download.suggestedFilename()).toBe('receipt.json');
      const file = JSON.parse(await readFile(await download.path(), 'utf8')) as ReceiptJson;
      expect(await hashOf(file)).toBe(file.hash);
      const href = await main().getByRole('link', { name: 'Check a receipt' }).getAttribute('href');
      expect(href).toBe('/privacy/verify?lang=en');
      // Whoever asked finds it by their code.
      const status = await main().locator('.facts a').getAttribute('href');
      expect(await (await fetch(status ?? '')).text()).toMatch(
        /href="[^"]+\/receipt\.json"[^>]*>Receipt of the erasure</u,
      );
    },
  );

  step(
    'a request is matched, takes longer, and is refused, each in its place in the list [promise 73] [promise 75]',
    async () => {
      const { page } = ada;
      await main().getByRole('link', { name: 'Privacy' }).click();
      await main().getByRole('listitem').filter({ hasText: 'nobody@example.com' }).getByRole('link').click();
      await button('Say whom it is about').click();
      await find('dialog', ayse.name);
      await dialog().getByRole('button', { name: 'It is about them' }).click();
      await main().getByRole('link', { name: ayse.name }).waitFor();
      await button('Ask for proof').click();
      await dialog().getByLabel('What do you ask them?').fill('Is this you?');
      await dialog().getByRole('button', { name: 'Send' }).click();
      await main().getByText('Is this you?').waitFor();
      await button('Take longer').click();
      await dialog().getByLabel('Why does it take longer?').fill('Two countries are asked');
      await dialog().getByRole('button', { name: 'Take longer' }).click();
      await stands('due in 90 days');
      // No law allows more: it is not offered again.
      await button('Take longer').waitFor({ state: 'detached' });
      await button('Refuse').click();
      await dialog().getByText('complain to a supervisory authority').waitFor();
      expect(await pages.violations()).toEqual([]);
      await dialog().getByLabel('Why is it refused?').fill('It was answered last week');
      await dialog().getByRole('button', { name: 'Refuse' }).click();
      await stands('Refused');
      await main().getByText('It was answered last week').waitFor();
      // What the server says of its steps is said in the reader's language; what a person wrote stays as it is.
      await page.evaluate(`localStorage.setItem('parley.language', 'tr')`);
      await page.reload();
      const last = main().getByRole('listitem').last();
      await last.getByText('Reddedildi:').waitFor();
      await last.getByText('It was answered last week', { exact: true }).waitFor();
      expect(await main().innerText()).not.toContain('Who asks');
      // So are its refusals.
      await page.goto(page.url().replace(/[^/]+$/u, 'new'));
      await main().locator('form button[type=submit]').click();
      await main().getByRole('alert').getByText('Neyle bulunabileceğini yazın').waitFor();
      expect(await main().getByRole('alert').innerText()).not.toContain('one thing is enough');
      await page.evaluate(`localStorage.setItem('parley.language', 'en')`);
      await page.reload();
      await main().getByRole('link', { name: 'Privacy' }).click();
      await main().getByText('No request is so far').waitFor();
      await main().getByLabel('Show').selectOption('Refused');
      await main().getByRole('listitem').filter({ hasText: 'nobody@example.com' }).waitFor();
      expect(new URL(page.url()).search).toBe('?state=REJECTED');
      await page.reload();
      await main().getByRole('listitem').filter({ hasText: 'nobody@example.com' }).waitFor();
    },
  );

  step('what is wrong of a contact is put right once it is proved who asks [promise 74]', async () => {
    await main().getByRole('link', { name: 'Write down a request' }).click();
    await main().getByLabel('What do they ask for?').selectOption('Correction');
    await find('form', ayse.name);
    const right = main().getByRole('group', { name: 'What is right' });
    await right.getByLabel('Name').fill('Ayşe Yılmaz');
    await right.getByLabel('E-mail addresses').fill('ayse@example.com, none');
    await button('Start the request').click();
    await right.getByText('“none” is no e-mail address.').waitFor();
    expect(await pages.violations()).toEqual([]);
    await right.getByLabel('E-mail addresses').fill('ayse@example.com, ayse@example.org');
    await button('Start the request').click();
    await button('Vouch for who asks').click();
    await dialog().getByLabel('How do you know?').fill('She showed her passport');
    await dialog().getByRole('button', { name: 'I vouch for them' }).click();
    await stands('Done');
    await main().getByText('What was wrong is put right.').waitFor();
    const { rows } = await sql.query<{ name: string; emails: string[] }>('select name, emails from contacts');
    expect(rows).toEqual([{ name: 'Ayşe Yılmaz', emails: ['ayse@example.com', 'ayse@example.org'] }]);
    await pages.settings('Privacy');
  });

  step(
    'what is asked for is said by whoever has read it, and put right in one step [promise 64] [promise 74]',
    async () => {
      await main().getByRole('link', { name: 'Write down a request' }).click();
      await find('form', 'Ayşe Yılmaz');
      await main().getByLabel('What they wrote or said').fill('My name is Ayşe Demir now');
      await button('Start the request').click();
      await main().getByRole('heading', { name: 'A copy of their data' }).waitFor();
      await button('Say what is asked for').click();
      await dialog().getByLabel('What do they ask for?').selectOption('Correction');
      await dialog().getByLabel('How do you know?').fill('She says so');
      expect(await pages.violations()).toEqual([]);
      await dialog().getByRole('button', { name: 'That is asked for' }).click();
      await main().getByRole('heading', { name: 'Correction' }).waitFor();
      await main().getByText('ACCESS → RECTIFY. She says so').waitFor();
      await button('Vouch for who asks').click();
      await dialog().getByLabel('How do you know?').fill('She showed her passport');
      await dialog().getByRole('button', { name: 'I vouch for them' }).click();
      await main().getByText('What is right is said in words').waitFor();
      await button('Put it right').click();
      await dialog().getByText('My name is Ayşe Demir now').waitFor();
      await dialog().getByRole('button', { name: 'Put it right' }).click();
      await dialog().getByText('Say what is right: one field is enough.').waitFor();
      await dialog().getByLabel('Phone numbers').fill('none');
      await dialog().getByRole('button', { name: 'Put it right' }).click();
      await dialog().getByText('“none” is no phone number.').waitFor();
      await dialog().getByLabel('Phone numbers').fill('');
      await dialog().getByLabel('Name').fill('Ayşe Demir');
      await dialog().getByRole('button', { name: 'Put it right' }).click();
      await stands('Done');
      expect((await sql.query<{ name: string }>('select name from contacts')).rows).toEqual([{ name: 'Ayşe Demir' }]);
      expect(await pages.violations()).toEqual([]);
      await pages.settings('Privacy');
      const settled = main().locator('.report-total > div').filter({ hasText: 'Settled in a year' });
      expect(Number(await settled.locator('dd').innerText())).toBeGreaterThan(2);
    },
  );

  step('an owner who keeps things for less time is told first what goes', async () => {
    await sql.query(`update conversations set last_activity_at = now() - interval '400 days'`);
    await pages.settings('Workspace');
    const days = main().getByLabel('Conversations: days after the last message');
    const form = main().locator('form', { has: ada.page.locator('input[name=conversationsDays]') });
    const save = form.getByRole('button', { name: 'Save' });
    await days.fill('500');
    await save.click();
    await dialog().getByText('Nothing is older than that today.').waitFor();
    await dialog().getByRole('button', { name: 'Save' }).click();
    await ada.page.getByText('Saved.').waitFor();
    await dialog().waitFor({ state: 'detached' });
    await days.fill('365');
    await save.click();
    await dialog().waitFor();
    expect(await dialog().innerText()).toContain('Conversations: 1');
    expect(await pages.violations()).toEqual([]);
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    const kept = async () => (await sql.query(`select from conversations`)).rowCount;
    expect(await kept()).toBe(1);
    await save.click();
    await dialog().getByRole('button', { name: 'Save and remove' }).click();
    await dialog().waitFor({ state: 'detached' });
    await eventually(async () => ((await kept()) === 0 ? true : null));
    // To keep things longer takes nothing away: nothing is asked.
    await days.fill('');
    await save.click();
    await eventually(async () => {
      const { rows } = await sql.query<{ days: string | null }>(
        `select retention->>'conversationsDays' as days from workspaces`,
      );
      return rows[0]?.days == null ? true : null;
    });
    expect(await dialog().count()).toBe(0);
    await pages.settings('Privacy');
  });

  step('a viewer is shown neither the desk nor the way to it', async () => {
    const { page } = ada;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.postData() ?? ''));
    await sql.query(`update members set role = 'VIEWER'`);
    for (const place of ['', '/new', '/holds']) {
      await page.goto(page.url().replace(/settings\/privacy.*$/u, `settings/privacy${place}`));
      await main().getByText('Your role does not open this page').waitFor();
    }
    expect(await page.getByRole('navigation', { name: 'Settings' }).getByText('Privacy').count()).toBe(0);
    expect(asked.filter((body) => /"operationName":"(?:PrivacyRequest|LegalHold)/u.test(body))).toEqual([]);
  });
});
