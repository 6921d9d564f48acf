import pg from 'pg';
import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { newId } from '../../src/platform/database/index.js';
import { Dashboard, startWithPages } from './dashboard.js';
import { Customers, ayse, john, marco } from './playing-customers.js';
import { steps } from './steps.js';

/** What nobody could answer, from who asks it to who is answered: each step stands on those before it. */
describe('questions that nobody could answer', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let ada: WatchedPage;
  let pages: Dashboard;
  let customers: Customers;
  let sql: pg.Client;
  const step = steps();

  beforeAll(async () => {
    [app, browser] = await Promise.all([startWithPages(), TestBrowser.launch()]);
    sql = new pg.Client({ connectionString: app.database.ownerUrl });
    await sql.connect();
    ada = await browser.person({ viewport: { width: 1440, height: 900 } });
    pages = new Dashboard(ada.page, app.url);
    customers = new Customers(app.sandbox.url);
    await pages.signUp('Ada', 'ada@example.com', 'Demo Shop');
    await pages.connect('messenger');
    await pages.connect('instagram');
    await pages.addQuestions('Delivery', [['How long does delivery take?', 'Delivery takes three days.']]);
    await pages.createBot('Helper');
  }, 120_000);
  afterAll(async () => {
    await sql?.end();
    await browser?.close();
    await app?.close();
  });
  afterEach(() => expect(browser.troubles()).toEqual([]));

  const main = () => ada.page.getByRole('main');
  const dialog = () => ada.page.locator('dialog[open]');
  const asked = (words: string) => main().getByRole('listitem').filter({ hasText: words });

  step(
    'are gathered while somebody looks: the same in other words is one, what is asked most stands first',
    async () => {
      await pages.settings('Unanswered questions');
      await main().getByText('No question is open').waitFor();
      await customers.write(marco, 'Who painted the Mona Lisa?');
      await asked('Mona Lisa').getByText('asked once').waitFor();
      await customers.write(ayse, 'Do you repair broken watches?');
      await asked('Do you repair broken watches?').waitFor();
      await customers.write(john, 'Could you repair a watch for me?');
      await asked('Could you repair a watch for me?').getByText('asked 2 times').waitFor();
      expect(await main().getByRole('listitem').count()).toBe(2);
      expect(await main().getByRole('listitem').first().innerText()).toContain('Could you repair a watch');
      expect(await pages.violations()).toEqual([]);
      await asked('repair').getByRole('link', { name: 'Where it was asked last' }).click();
      await pages.message('Could you repair a watch for me?').waitFor();
    },
  );

  step('one is answered once for all, and who asks it again is answered from it', async () => {
    await pages.settings('Unanswered questions');
    await asked('repair').getByRole('button', { name: 'Write an answer' }).click();
    await dialog().getByText('become an entry of your knowledge').waitFor();
    expect(await dialog().getByLabel('Question').inputValue()).toBe('Could you repair a watch for me?');
    await dialog().getByLabel('Question').fill('Do you repair watches?');
    await dialog().getByLabel('Answer').fill('  ');
    await dialog().getByRole('button', { name: 'Add to the knowledge' }).click();
    await dialog().getByText('Write something first.').waitFor();
    expect(await pages.violations()).toEqual([]);
    await dialog().getByLabel('Answer').fill('Yes, we repair watches within five days.');
    await dialog().getByRole('button', { name: 'Add to the knowledge' }).click();
    await dialog().waitFor({ state: 'detached' });
    await asked('repair').waitFor({ state: 'detached' });
    expect(await main().getByRole('listitem').count()).toBe(1);
    await pages.settings('Knowledge');
    await asked('Do you repair watches?').getByText('Ready').waitFor();
    // This bot draws on chosen sources alone.
    await pages.settings('Bots');
    await main().getByRole('button', { name: 'Edit bot' }).click();
    await main().getByRole('checkbox', { name: 'Do you repair watches?' }).check();
    await main().getByRole('button', { name: 'Save' }).click();
    await main().getByRole('button', { name: 'Edit bot' }).waitFor();
    await customers.write(john, 'Do you repair watches?');
    await pages.inbox();
    await pages.row(john.name).click();
    await pages.draft.getByText('Yes, we repair watches within five days.').first().waitFor();
  });

  step('one that needs no answer is put away, once that was thought over', async () => {
    await pages.settings('Unanswered questions');
    await asked('Mona Lisa').getByRole('button', { name: 'Needs no answer' }).click();
    await dialog().getByText('this cannot be undone').waitFor();
    expect(await pages.violations()).toEqual([]);
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await asked('Mona Lisa').getByRole('button', { name: 'Needs no answer' }).click();
    await dialog().getByRole('button', { name: 'Needs no answer' }).click();
    await main().getByText('No question is open').waitFor();
  });

  step('many come page by page, and a viewer reads them without being offered what is not theirs', async () => {
    const { rows } = await sql.query<{ workspace: string; conversation: string }>(
      `select workspace_id as workspace, id as conversation from conversations limit 1`,
    );
    const [of] = rows;
    for (let index = 0; index < 30; index += 1) {
      const id = newId();
      await sql.query(`insert into unanswered_questions (workspace_id, id, status) values ($1, $2, 'OPEN')`, [
        of?.workspace,
        id,
      ]);
      await sql.query(
        `insert into question_askings (workspace_id, id, question_id, conversation_id, message_id, text, stems)
         values ($1, $2, $3, $4, $5, $6, array['x'])`,
        [of?.workspace, newId(), id, of?.conversation, newId(), `May I bring guest ${String(index)}?`],
      );
    }
    await ada.page.reload();
    const items = main().getByRole('listitem');
    await items.nth(24).waitFor();
    expect(await items.count()).toBe(25);
    await main().getByRole('button', { name: 'Show more' }).click();
    await items.nth(29).waitFor();
    expect(await items.count()).toBe(30);
    await items.nth(29).getByRole('button', { name: 'Needs no answer' }).click();
    await dialog().getByRole('button', { name: 'Needs no answer' }).click();
    await dialog().waitFor({ state: 'detached' });
    await main().getByText('May I bring guest 0?').waitFor({ state: 'detached' });
    await items.nth(24).waitFor();
    await sql.query(`update members set role = 'VIEWER'`);
    await ada.page.reload();
    await main().getByText('Owners, admins and editors can answer them.').waitFor();
    expect(await main().getByRole('button', { name: 'Write an answer' }).count()).toBe(0);
    await sql.query(`update members set role = 'OWNER'`);
    await ada.page.reload();
    await main().getByRole('button', { name: 'Write an answer' }).first().waitFor();
  });

  step(
    'what is asked of a bot before it answers by itself is set, and whether customers’ words may try it',
    async () => {
      await pages.settings('AI');
      const percent = main().getByLabel('How many of 100 cases it has to answer well');
      const consent = main().getByLabel('Cases may be taken from closed conversations');
      await percent.fill('80');
      await consent.check();
      await main().getByRole('button', { name: 'Set what is asked of it' }).click();
      await ada.page.getByText('Saved.').waitFor();
      await ada.page.reload();
      await percent.waitFor();
      expect([await percent.inputValue(), await consent.isChecked()]).toEqual(['80', true]);
      expect(await pages.violations()).toEqual([]);
      await pages.settings('Bots');
      await main().getByRole('button', { name: 'Test with cases' }).click();
      await main().getByText('To answer by itself it has to answer 80 of 100 cases well.').waitFor();
      await pages.settings('AI');
      await percent.fill('');
      await consent.uncheck();
      await main().getByRole('button', { name: 'Set what is asked of it' }).click();
      await ada.page.getByText('Saved.').first().waitFor();
      const { rows } = await sql.query(`select auto_needs_percent, cases_from_conversations from ai_settings`);
      expect(rows).toEqual([{ auto_needs_percent: null, cases_from_conversations: false }]);
    },
  );
});
