import pg from 'pg';
import type { Page } from 'playwright-core';
import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { eventually } from '../support/client.js';
import { Dashboard, startWithPages } from './dashboard.js';
import { Customers, ayse, john } from './playing-customers.js';
import { steps } from './steps.js';

/** An owner sees to what a customer may ask for; a viewer looks on with every screen that shows this customer. */
describe('a customer who is erased by hand', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let sql: pg.Client;
  let ada: WatchedPage;
  let vera: WatchedPage;
  let pages: Dashboard;
  let customers: Customers;
  /** What the viewer has open, by the place in the address. */
  const hers: Record<string, Page> = {};

  beforeAll(async () => {
    [app, browser] = await Promise.all([startWithPages(), TestBrowser.launch()]);
    sql = new pg.Client({ connectionString: app.database.ownerUrl });
    await sql.connect();
    const viewport = { width: 1440, height: 900 };
    [ada, vera] = await Promise.all([browser.person({ viewport }), browser.person({ viewport })]);
    pages = new Dashboard(ada.page, app.url);
    customers = new Customers(app.sandbox.url);
    await pages.signUp('Ada', 'ada@example.com', 'Demo Shop');
    await pages.connect('messenger');
    await customers.write(ayse, 'İADE etmek istiyorum.');
    await customers.write(john, 'Where is my order?');
    await pages.inbox();
    await pages.row(ayse.name).click();
    await pages.row(john.name).waitFor();
    await new Dashboard(vera.page, app.url).signUp('Vera', 'vera@example.com', 'Her own');
    const [, workspaceId = ''] = /\/w\/([^/]+)/.exec(ada.page.url()) ?? [];
    await sql.query(
      `insert into members (workspace_id, id, user_id, role)
       select $1, gen_random_uuid(), id, 'VIEWER' from users where email = 'vera@example.com'`,
      [workspaceId],
    );
    for (const place of ['contacts', 'search?q=iade']) {
      const page = (hers[place] = await vera.context.newPage());
      await page.goto(`${app.url}/w/${workspaceId}/${place}`);
    }
    await vera.page.goto(ada.page.url());
  }, 120_000);
  afterEach(() => expect(browser.troubles()).toEqual([]));
  afterAll(async () => {
    await browser?.close();
    await sql?.end();
    await app?.close();
  });

  const step = steps();
  const privacy = () => ada.page.locator('.contact-pane section').filter({ hasText: 'Privacy' });
  const dialog = (name: string) => ada.page.getByRole('dialog', { name });
  const gone = (page: Page, text: string) =>
    eventually(async () => ((await page.getByText(text).count()) === 0 ? true : null));

  step('is not a viewer’s to erase', async () => {
    const pane = vera.page.getByRole('complementary', { name: 'Customer', exact: true });
    await pane.getByRole('heading', { name: 'Notes about this customer' }).waitFor();
    expect(await pane.getByText('Privacy').count()).toBe(0);
    expect(await vera.page.getByRole('button', { name: 'Erase this person' }).count()).toBe(0);
    await vera.page.getByRole('article').getByText('İADE etmek').waitFor();
    await hers['contacts']?.getByText(ayse.name).waitFor();
    await hers['search?q=iade']?.locator('mark', { hasText: 'İADE' }).waitFor();
  });

  step('stays as long as a legal hold says so', async () => {
    browser.expectTrouble(/LEGAL_HOLD/);
    await privacy().getByRole('button', { name: 'Place a legal hold' }).click();
    await dialog('Place a legal hold').getByLabel('Why it has to be kept').fill('Case 12/2026');
    expect(await pages.violations()).toEqual([]);
    await dialog('Place a legal hold').getByRole('button', { name: 'Place the hold' }).click();
    await privacy().getByText('Case 12/2026').waitFor();
    await erase(ayse.name);
    await dialog('Erase this person').getByText('A legal hold protects this.').waitFor();
    await dialog('Erase this person').getByRole('button', { name: 'Cancel' }).click();
    await privacy().getByRole('button', { name: 'Release the hold' }).click();
    await dialog('Release the hold').getByRole('button', { name: 'Release the hold' }).click();
    await ada.page.getByText('The hold is released.').waitFor();
    await gone(ada.page, 'Case 12/2026');
  });

  step('is given a copy of what is kept of them', async () => {
    await privacy().getByRole('button', { name: 'Give them a copy' }).click();
    const copy = dialog('Give them a copy');
    await copy.getByLabel('How do you know').fill('She asked for it in this conversation.');
    await copy.getByRole('button', { name: 'Make the copy' }).click();
    const href = await copy.getByRole('link', { name: 'Fetch the copy' }).getAttribute('href');
    expect((await fetch(href ?? '')).status).toBe(200);
    await copy.getByText('Close').last().click();
  });

  step('is erased once their name was typed, and the page leaves them', async () => {
    await ada.page.setViewportSize({ width: 390, height: 844 });
    await ada.page.getByRole('link', { name: 'Customer details' }).click();
    await erase('Somebody else');
    await dialog('Erase this person').getByText('What you typed does not match.').waitFor();
    expect(await pages.scrollsSideways()).toBe(false);
    // As it can be typed on a keyboard that is not Turkish.
    await dialog('Erase this person').getByLabel('Name').fill('ayse kaya');
    await ada.page.keyboard.press('Enter');
    const told = dialog('This person is being erased');
    const href = await told.getByRole('link', { name: 'How far the request is' }).getAttribute('href');
    const code = (await told.locator('strong').textContent()) ?? '';
    expect(href).toContain(code);
    expect((await fetch(href ?? '')).status).toBe(200);
    expect(await pages.violations()).toEqual([]);
    await ada.page.keyboard.press('Escape');
    await ada.page.waitForURL('**/inbox/open');
    await ada.page.setViewportSize({ width: 1440, height: 900 });
    await pages.row(john.name).waitFor();
    expect(await pages.row(ayse.name).count()).toBe(0);
  });

  step('is forgotten by every other screen, with nothing loaded again', async () => {
    for (const page of [vera.page, ...Object.values(hers)]) await gone(page, ayse.name);
    await vera.page.getByText('This conversation is not here').waitFor();
    await gone(vera.page, 'İADE etmek');
    await gone(hers['search?q=iade'] ?? vera.page, 'İADE etmek');
    await hers['contacts']?.getByText(john.name).waitFor();
  });

  step('goes with one conversation alone, where no more is asked', async () => {
    expect(await vera.page.getByRole('button', { name: 'Delete the conversation' }).count()).toBe(0);
    await pages.row(john.name).click();
    await pages.message('Where is my order?').waitFor();
    await ada.page.getByRole('button', { name: 'Delete the conversation' }).click();
    const sure = dialog('Delete the conversation');
    await sure.getByText('The customer stays.').waitFor();
    expect(await pages.violations()).toEqual([]);
    await sure.getByRole('button', { name: 'Erase for good' }).click();
    await ada.page.getByText('The conversation is erased.').waitFor();
    await ada.page.waitForURL('**/inbox/open');
    await gone(ada.page, 'Where is my order?');
    await gone(vera.page, 'Where is my order?');
    expect(await hers['contacts']?.getByText(john.name).count()).toBe(1);
  });

  step('is not alone: a member asks about their own data', async () => {
    await pages.settings('Profile');
    await ada.page.getByLabel('What do you ask for?').selectOption('PORT');
    await ada.page.getByLabel('In your words').fill('All of it, please.');
    await ada.page.getByRole('button', { name: 'Ask for it' }).click();
    const asked = ada.page.getByRole('list', { name: 'What you asked for' }).getByRole('listitem');
    await asked.getByText('My data, to take along').waitFor();
    await asked.getByText('at the latest').waitFor();
    const href = await asked.getByRole('link').getAttribute('href');
    expect((await fetch(href ?? '')).status).toBe(200);
    expect(await pages.violations()).toEqual([]);
  });

  async function erase(typed: string): Promise<void> {
    await privacy().getByRole('button', { name: 'Erase this person' }).click();
    await dialog('Erase this person').getByLabel('Name').fill(typed);
    await ada.page.keyboard.press('Enter');
  }
});
