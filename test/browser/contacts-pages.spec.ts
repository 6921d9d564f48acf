import pg from 'pg';
import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { newId } from '../../src/platform/database/index.js';
import { Dashboard, startWithPages } from './dashboard.js';
import { Customers, ayse, john } from './playing-customers.js';
import { steps } from './steps.js';

/** Contacts, from what they write of themselves to the group that they are in: each step stands on those before it. */
describe('contacts, their fields and segments', () => {
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
    await customers.write(john, 'Where is my order?');
    await customers.write(ayse, 'Hello, my mail is ayse@example.com and my name is Ayşe Öz');
    await pages.inbox();
    await pages.row(john.name).waitFor();
    await pages.row(ayse.name).click();
  }, 120_000);
  afterAll(async () => {
    await sql?.end();
    await browser?.close();
    await app?.close();
  });
  afterEach(() => expect(browser.troubles()).toEqual([]));
  const main = () => ada.page.getByRole('main');
  const dialog = () => ada.page.locator('dialog[open]');
  const pane = () => ada.page.getByRole('complementary', { name: 'Customer' });
  const proposed = (words: string) =>
    pane().getByRole('list', { name: 'They wrote' }).getByRole('listitem').filter({ hasText: words });
  const listed = (name: string) => main().locator('.contact-line').filter({ hasText: name });

  step('what a customer wrote of themselves stands beside it, and is kept or put away by one click', async () => {
    await proposed('ayse@example.com').first().getByText('my name is Ayşe Öz').waitFor();
    expect(await pages.violations()).toEqual([]);
    await proposed('E-mail').getByRole('button', { name: 'Keep' }).click();
    await pane().locator('.facts').getByText('ayse@example.com').waitFor();
    await proposed('Name').getByRole('button', { name: 'Put away' }).click();
    await pane().getByRole('heading', { name: 'They wrote' }).waitFor({ state: 'detached' });
    await pane().getByRole('heading', { name: ayse.name }).waitFor();
  });

  step('a field is made for all, and takes one of its choices', async () => {
    await pages.settings('Contact fields');
    await main().getByText('No fields yet').waitFor();
    await main().getByRole('button', { name: 'Add a field' }).click();
    await dialog().getByLabel('Name of the field').fill('Plan');
    await dialog().getByLabel('What it holds').selectOption('CHOICE');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().getByText('Write what there is to choose from.').waitFor();
    await dialog().getByLabel('What there is to choose from').fill('pro, free');
    expect(await pages.violations()).toEqual([]);
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().waitFor({ state: 'detached' });
    await main().getByText('0 customers have a value in it.').waitFor();
    await pages.inbox();
    await pages.row(ayse.name).click();
    await pane().getByRole('button', { name: 'Add a field' }).click();
    await pane().getByLabel('Field', { exact: true }).selectOption('Plan');
    await pane().getByLabel('Value').selectOption('pro');
    await pane().getByRole('button', { name: 'Save' }).click();
    await pane().locator('.fact-row').filter({ hasText: 'Plan' }).getByText('pro').waitFor();
  });

  step('called otherwise, it stands at the contact under its new name', async () => {
    await pages.settings('Contact fields');
    await main().getByText('1 customer has a value in it.').waitFor();
    await main().getByRole('button', { name: 'Edit' }).click();
    await dialog().getByLabel('Name of the field').fill('Package');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().waitFor({ state: 'detached' });
    await pages.inbox();
    await pages.row(ayse.name).click();
    await pane().locator('.fact-row').filter({ hasText: 'Package' }).getByText('pro').waitFor();
  });

  step('a segment shows who has something in common, and says how many', async () => {
    await sql.query(`update contacts set language = 'tr' where name = $1`, [ayse.name]);
    await ada.page.getByRole('link', { name: 'Contacts' }).first().click();
    await listed(john.name).waitFor();
    await main().getByRole('button', { name: 'New segment' }).click();
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().getByText('Give it a name.').waitFor();
    await dialog().getByLabel('Name of the segment').fill('Good ones');
    await dialog().getByLabel('E-mail address known').selectOption('yes');
    await dialog().getByLabel('Is blocked').selectOption('no');
    await dialog().getByLabel('First heard of within so many days').fill('30');
    for (const language of ['English', 'Turkish']) {
      await dialog().getByRole('combobox', { name: 'Writes in' }).selectOption(language);
      await dialog().getByRole('list', { name: 'Writes in' }).getByText(language, { exact: true }).waitFor();
    }
    await dialog().getByRole('button', { name: 'Without English' }).click();
    await dialog().getByRole('button', { name: 'Add a condition on a field' }).click();
    await dialog().getByLabel('Value').selectOption('pro');
    expect(await pages.violations()).toEqual([]);
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().waitFor({ state: 'detached' });
    await listed(john.name).waitFor({ state: 'detached' });
    await listed(ayse.name).waitFor();
    await main().getByRole('option', { name: 'Good ones (1)' }).waitFor({ state: 'attached' });
    const { rows } = await sql.query('select filter from contact_segments');
    expect(rows).toMatchObject([{ filter: { hasEmail: true, blocked: false, newWithinDays: 30, languages: ['tr'] } }]);
    await main().getByLabel('Show', { exact: true }).selectOption({ label: 'Everybody' });
    await listed(john.name).waitFor();
    expect(await pages.violations()).toEqual([]);
  });

  step(
    'a field that a segment looks at stays until the segment goes; then all lose it, and it is said how many',
    async () => {
      await pages.settings('Contact fields');
      await main().getByRole('button', { name: 'Delete' }).click();
      await dialog().getByText('1 customer loses what stands in it.').waitFor();
      await dialog().getByRole('button', { name: 'Delete' }).click();
      await dialog().getByText('The segment “Good ones” looks at this field.').waitFor();
      await dialog().getByRole('button', { name: 'Cancel' }).click();
      await ada.page.getByRole('link', { name: 'Contacts' }).first().click();
      await main().getByLabel('Show', { exact: true }).selectOption({ label: 'Good ones (1)' });
      await main().getByRole('button', { name: 'Delete the segment Good ones' }).click();
      await listed(john.name).waitFor();
      await pages.settings('Contact fields');
      await main().getByRole('button', { name: 'Delete' }).click();
      await dialog().getByRole('button', { name: 'Delete' }).click();
      await main().getByText('No fields yet').waitFor();
    },
  );

  step('who has the same proven address is suggested, and compared before they are made one', async () => {
    const { rows } = await sql.query<{ workspace: string; external: string; kind: string }>(
      `select i.workspace_id as workspace, i.external_id as external, i.kind from contact_identities i
         join contacts k on k.workspace_id = i.workspace_id and k.id = i.contact_id where k.name = $1`,
      [ayse.name],
    );
    const [of] = rows;
    const [channel, contact] = [newId(), newId()];
    await sql.query(
      `insert into channels (workspace_id, id, kind, provider, name, external_id, status)
       values ($1, $2, 'MESSENGER', 'meta', 'Second page', 'second', 'DISCONNECTED')`,
      [of?.workspace, channel],
    );
    await sql.query(`insert into contacts (workspace_id, id, name) values ($1, $2, 'Ayşe K.')`, [
      of?.workspace,
      contact,
    ]);
    await sql.query(
      `insert into contact_identities (workspace_id, channel_id, external_id, id, contact_id, original_contact_id, kind, thread_key)
       values ($1, $2, $3, $4, $5, $5, $6, $4)`,
      [of?.workspace, channel, of?.external, newId(), contact, of?.kind],
    );
    await pages.inbox();
    await pages.row(ayse.name).click();
    await ada.page.reload();
    await pane().getByText('Ayşe K. has the same address').waitFor();
    await pane().getByRole('button', { name: 'Compare' }).click();
    await dialog().getByText('What they become').waitFor();
    expect(await pages.violations()).toEqual([]);
    await dialog().getByRole('button', { name: 'Make them one' }).click();
    await pane().getByText('Ayşe K. joined on').waitFor();
    await pane().getByText('has the same address').waitFor({ state: 'detached' });
  });

  step('on a phone and in Arabic nothing of it sticks out', async () => {
    await ada.page.setViewportSize({ width: 375, height: 740 });
    for (const language of ['tr', 'ar', 'en']) {
      await ada.page.evaluate(`localStorage.setItem('parley.language', '${language}')`);
      for (const place of ['contacts', 'settings/contacts']) {
        await ada.page.goto(ada.page.url().replace(/(\/w\/[^/]+)\/.*$/u, `$1/${place}`));
        await main().locator('h1').first().waitFor();
        expect([language, place, await pages.scrollsSideways(), await pages.violations()]).toEqual([
          language,
          place,
          false,
          [],
        ]);
      }
    }
  });
});
