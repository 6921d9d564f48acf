import pg from 'pg';
import { newId } from '../../src/platform/database/index.js';
import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { eventually } from '../support/client.js';
import { Dashboard, startWithPages } from './dashboard.js';
import { Customers, ayse, john } from './playing-customers.js';
import { steps } from './steps.js';

/** One customer is got to know: each step stands on the ones before it. */
describe('what is known of a customer', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let ada: WatchedPage;
  let pages: Dashboard;
  let owner: pg.Client;
  const customers = () => new Customers(app.sandbox.url);
  const step = steps();

  beforeAll(async () => {
    [app, browser] = await Promise.all([startWithPages(), TestBrowser.launch()]);
    owner = new pg.Client({ connectionString: app.database.ownerUrl });
    await owner.connect();
    ada = await browser.person({ viewport: { width: 1440, height: 900 } });
    pages = new Dashboard(ada.page, app.url);
    await pages.signUp('Ada', 'ada@example.com', 'Demo Shop');
    await pages.connect('messenger');
    await customers().write(ayse, 'İADE etmek istiyorum.');
    await customers().write(john, 'Where is my order?');
    await pages.inbox();
    await pages.row(john.name).waitFor();
    await pages.row(ayse.name).click();
  }, 120_000);
  afterAll(async () => {
    await owner?.end();
    await browser?.close();
    await app?.close();
  });
  afterEach(() => expect(browser.troubles()).toEqual([]));
  const pane = () => ada.page.getByRole('complementary', { name: 'Customer' });
  const until = (condition: () => Promise<boolean>) => eventually(async () => ((await condition()) ? true : null));
  /** Waits until the pane says exactly so. */
  const says = async (selector: string, ...words: readonly string[]) => {
    const wanted = [...words].sort().join();
    await until(async () => (await pane().locator(selector).allInnerTexts()).sort().join() === wanted);
  };
  const tagged = (...tags: readonly string[]) => says('.tag-list .tag', ...tags);
  const identities = async (count: number) => until(async () => (await pane().locator('.identity').count()) === count);
  const picture = async (name: string) => {
    const folder = process.env['SCREENSHOTS'];
    if (folder) await ada.page.screenshot({ path: `${folder}/${name}.png` });
  };

  step('details are changed where they stand, and what cannot be is said before it is sent', async () => {
    await pane().getByText('Verified', { exact: true }).waitFor();
    await pane().getByRole('button', { name: 'Change E-mail' }).click();
    await pane().getByLabel('E-mail').fill('ayse@example.com, nobody');
    await pane().getByText('“nobody” is no e-mail address').waitFor();
    await pane().getByLabel('E-mail').fill('ayse@example.com');
    await pane().getByLabel('E-mail').press('Enter');
    await pane().getByRole('link', { name: 'ayse@example.com' }).waitFor();
    await pane().getByRole('button', { name: 'Change Language' }).click();
    await pane().getByLabel('Language').selectOption('tr');
    await pane().getByRole('button', { name: 'Save' }).click();
    await pane().getByText('Turkish').waitFor();
  });

  step('tags are suggested, put on, taken off and put back', async () => {
    await pane().getByLabel('New tag').fill('vip, wholesale');
    await pane().getByLabel('New tag').press('Enter');
    await pane().getByRole('button', { name: 'Remove the tag wholesale' }).click();
    const undo = ada.page.getByRole('region', { name: 'Undo' });
    await undo.getByText('“wholesale” removed').waitFor();
    // On a phone the way back stands in one line beside the longest words.
    await ada.page.setViewportSize({ width: 360, height: 740 });
    expect((await undo.getByRole('button', { name: 'Undo' }).boundingBox())?.height).toBeLessThan(40);
    expect(await pages.scrollsSideways()).toBe(false);
    await ada.page.setViewportSize({ width: 1440, height: 900 });
    await ada.page.keyboard.press('z');
    await tagged('vip', 'wholesale');
    await pages.row(john.name).click();
    await until(async () => (await pane().locator('datalist option').count()) === 2);
    await pane().getByLabel('New tag').fill('gold');
    await pane().getByLabel('New tag').press('Enter');
    await tagged('gold');
    await pages.row(ayse.name).click();
    await tagged('vip', 'wholesale');
  });

  step('fields of their own hold numbers, days, links, yes and no', async () => {
    const add = async (name: string, kind: string, value: string) => {
      await pane().getByRole('button', { name: 'Add a field' }).click();
      await pane().getByLabel('Name of the field').fill(name);
      await pane().getByLabel('What it holds').selectOption(kind);
      const field = pane().getByLabel('Value');
      await (kind === 'yesNo' ? field.selectOption(value) : field.fill(value));
      await pane().getByRole('button', { name: 'Save' }).click();
    };
    await add('Orders', 'number', '1234.5');
    await pane().getByText('1,234.5').waitFor();
    await add('Birthday', 'date', '1990-02-03');
    await pane().getByText(/1990/u).waitFor();
    await add('Wholesale', 'yesNo', 'no');
    await pane().locator('.fact-value').getByText('No', { exact: true }).waitFor();
    await add('Shop', 'link', 'javascript:alert(1)');
    await pane().getByText('A link begins with').waitFor();
    await pane().getByLabel('Value').fill('https://shop.example.com/ayse');
    await pane().getByLabel('Value').press('Enter');
    await pane().getByRole('link', { name: 'https://shop.example.com/ayse' }).waitFor();
    await pane().getByRole('button', { name: 'Remove Birthday' }).click();
    await until(async () => (await pane().getByText('Birthday').count()) === 0);
  });

  step('a note is written with who and when', async () => {
    await pane().getByLabel('New note').fill('Likes blue.');
    await pane().getByRole('button', { name: 'Add note' }).click();
    await pane().locator('.contact-note').filter({ hasText: 'Likes blue.' }).getByText('Ada').waitFor();
    await picture('pane');
    expect(await pages.violations()).toEqual([]);
  });

  step('two are made one by keyboard, taken back, made one again and separated later', async () => {
    const { page } = ada;
    const make = async () => {
      await pane().getByRole('button', { name: 'This is the same person as…' }).focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'This is the same person as…' });
      // It is fetched when it is first asked for; then what is typed goes into its search at once.
      await dialog.locator('input[type=search]:focus').waitFor();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type('mıller');
      await dialog.getByRole('button', { name: john.name }).waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      const result = dialog.locator('.result-column');
      await result.getByText('ayse@example.com').waitFor();
      expect(await result.locator('dd').first().innerText()).toBe(ayse.name);
      // As they are written in the pane.
      await result.getByText('Orders: 1,234.5').waitFor();
      await picture('merge');
      expect(await pages.violations()).toEqual([]);
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'detached' });
    };
    await make();
    await until(async () => (await pages.row(john.name).count()) === 0);
    await until(async () => (await pane().locator('.past').count()) === 2);
    await identities(2);
    await tagged('vip', 'wholesale', 'gold');
    await page.keyboard.press('z');
    await pages.row(john.name).waitFor();
    await until(async () => (await pane().locator('.past').count()) === 1);
    await identities(1);
    await tagged('vip', 'wholesale');
    await pane().getByRole('link', { name: 'ayse@example.com' }).waitFor();
    await make();
    await until(async () => (await pane().locator('.past').count()) === 2);
    await pane().getByRole('button', { name: 'Separate again' }).click();
    await pages.row(john.name).waitFor();
    await until(async () => (await pane().getByRole('button', { name: 'Separate again' }).count()) === 0);
    await pages.row(john.name).click();
    await tagged('gold');
    await identities(1);
    await pages.row(ayse.name).click();
    await tagged('vip', 'wholesale');
  });

  step('where no machine may work for them, none is offered, and why is said', async () => {
    const { page } = ada;
    const suggest = page.getByRole('button', { name: 'Suggest a reply' });
    await suggest.waitFor();
    await owner.query(`update contacts set automation_objected = true where name = $1`, [ayse.name]);
    await page.reload();
    await pages.thread.getByText('They objected to automated answers').waitFor();
    await pane().getByText('No AI for this customer').waitFor();
    expect(await suggest.count()).toBe(0);
    await owner.query(`update contacts set processing_restricted = true, automation_objected = false where name = $1`, [
      ayse.name,
    ]);
    await page.reload();
    await pages.thread.getByText('Until a privacy request is settled').waitFor();
    expect(await suggest.count()).toBe(0);
    await picture('flags');
    expect(await pages.violations()).toEqual([]);
  });

  step('a flood, and a file that could not be taken in, are told in words', async () => {
    const { page } = ada;
    const { rows } = await owner.query<{ id: string; message: string }>(
      `select c.id, c.last_message_id as message from conversations c
         join contacts k on k.workspace_id = c.workspace_id and k.id = c.contact_id where k.name = $1`,
      [ayse.name],
    );
    const [thread] = rows;
    await owner.query(
      `insert into attachments (workspace_id, id, message_id, position, kind, status, trouble, name)
       select m.workspace_id, $1, m.id, 0, 'FILE', 'REFUSED', 'Files of this kind are not taken.', 'invoice.exe' from messages m where m.id = $2`,
      [newId(), thread?.message],
    );
    await page.reload();
    await pages.thread.getByText('files of this kind can harm a computer').waitFor();
    // As a minute of it would have left the thread: the sandbox is not to be kept busy for that.
    await owner.query(
      `insert into messages (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, text, sent_at)
       select c.workspace_id, one.id, c.id, c.channel_id, 'INBOUND', 'CONTACT', 'TEXT', 'RECEIVED', 'again', now()
         from conversations c, unnest($2::uuid[]) as one (id) where c.id = $1`,
      [thread?.id, Array.from({ length: 61 }, () => newId())],
    );
    const flooded = () =>
      owner.query('update conversations set unread_count = 61, last_activity_at = now() where id = $1', [thread?.id]);
    await flooded();
    await page.reload();
    await pages.thread.getByText('More than 60 messages within a minute').waitFor();
    await picture('flood');
    await pages.row(john.name).click();
    await pages.thread.getByText('Where is my order?').waitFor();
    await flooded();
    await page.reload();
    await pages.row(ayse.name).getByText('Writes too fast').waitFor();
  });
});
