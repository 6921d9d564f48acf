import pg from 'pg';
import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { Dashboard, startWithPages } from './dashboard.js';
import { Customers, accounts, ayse, marco } from './playing-customers.js';
import { steps } from './steps.js';

const most = 6;

/** The shortest way from nothing to a customer who has an answer, and what stands beside it for others. */
describe('the way of a new owner to the first reply', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let ada: WatchedPage;
  let pages: Dashboard;
  let customers: Customers;
  let sql: pg.Client;
  let began = 0;
  /** What the owner had to do, one after the other. */
  const done: string[] = [];

  beforeAll(async () => {
    [app, browser] = await Promise.all([startWithPages(), TestBrowser.launch()]);
    sql = new pg.Client({ connectionString: app.database.ownerUrl });
    await sql.connect();
    ada = await browser.person({ viewport: { width: 1440, height: 900 } });
    pages = new Dashboard(ada.page, app.url);
    customers = new Customers(app.sandbox.url);
  }, 120_000);
  afterEach(() => expect(browser.troubles()).toEqual([]));
  afterAll(async () => {
    await browser?.close();
    await sql?.end();
    await app?.close();
  });

  const step = steps();
  const checklist = (page = ada.page) => page.getByRole('region', { name: 'Four steps to your first reply' });
  const member = async (name: string, role: string) => {
    const person = await browser.person({ viewport: { width: 1440, height: 900 } });
    await new Dashboard(person.page, app.url).signUp(name, `${name.toLowerCase()}@example.com`, `${name}’s own`);
    const [, workspaceId = ''] = /\/w\/([^/]+)/.exec(ada.page.url()) ?? [];
    await sql.query(
      `insert into members (workspace_id, id, user_id, role)
       select $1, gen_random_uuid(), id, $3 from users where email = $2`,
      [workspaceId, `${name.toLowerCase()}@example.com`, role],
    );
    await person.page.goto(`${app.url}/w/${workspaceId}/inbox/open`);
    return person;
  };

  step('is shown from the first page on, by what is there', async () => {
    began = performance.now();
    await pages.signUp('Ada', 'ada@example.com', 'Demo Shop');
    done.push('signs up');
    await checklist().getByText('0 of 4 done').waitFor();
    expect(await checklist().getByRole('listitem').filter({ hasText: 'can wait' }).count()).toBe(2);
  });

  step('says to who may not connect a channel whom to ask, and what they can do', async () => {
    const editor = await member('Grace', 'EDITOR');
    const hers = checklist(editor.page);
    await hers.getByText('Only owners and administrators can connect one. Ask Ada', { exact: false }).waitFor();
    expect(await hers.getByRole('link', { name: 'Connect a channel' }).count()).toBe(0);
    // What is theirs to do is next.
    await hers.locator('li[aria-current=step]').getByRole('link', { name: 'Add what customers ask about' }).waitFor();
    // Nor is the way there a form that would refuse them at its end.
    const inbox = editor.page.url();
    for (const kind of ['telegram', 'web-chat']) {
      await editor.page.goto(inbox.replace('/inbox/open', `/settings/channels/connect/${kind}`));
      await editor.page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
      expect(await editor.page.getByRole('main').getByRole('textbox').count()).toBe(0);
    }
    await editor.page.goto(inbox);
    await hers.waitFor();
    // Who needs no list is not shown it on another computer either; it is theirs alone to say.
    await hers.getByRole('button', { name: 'Do not show this again' }).click();
    await hers.waitFor({ state: 'detached' });
    const elsewhere = await browser.person({
      viewport: { width: 1440, height: 900 },
      storageState: { cookies: await editor.context.cookies(), origins: [] },
    });
    await elsewhere.page.goto(editor.page.url());
    await elsewhere.page.getByText('Choose one from the list, or press J for the next.').waitFor();
    expect(await checklist(elsewhere.page).count()).toBe(0);
    await elsewhere.context.close();
    await ada.page.reload();
    await checklist().getByText('0 of 4 done').waitFor();
    await editor.context.close();
    const viewer = await member('Vera', 'VIEWER');
    await viewer.page.getByText('To answer, ask Ada for the role Editor.', { exact: false }).waitFor();
    expect(await checklist(viewer.page).count()).toBe(0);
    await viewer.context.close();
  });

  step('leads to a channel', async () => {
    const { page } = ada;
    await checklist().getByRole('link', { name: 'Connect a channel' }).click();
    await page.getByRole('link', { name: accounts.messenger.title }).click();
    done.push('chooses a channel');
    await pages.fillAndConnect(accounts.messenger.fields);
    await page.getByRole('heading', { name: 'is connected' }).waitFor();
    done.push('connects it');
    await page.getByText('Waiting for the first message…').waitFor();
  });

  step('hears the first customer without being asked to look', async () => {
    const { page } = ada;
    await customers.write(ayse, 'Is this open on Sunday?');
    done.push('writes as a customer');
    await page.getByRole('link', { name: 'Open the conversation' }).click();
    done.push('opens the conversation');
    await pages.message('Is this open on Sunday?').waitFor();
  });

  step('is still to be answered in a browser that was never here', async () => {
    const other = await browser.person({
      viewport: { width: 1440, height: 900 },
      storageState: { cookies: await ada.context.cookies(), origins: [] },
    });
    await other.page.goto(app.url);
    await checklist(other.page).getByText('1 of 4 done').waitFor();
    await checklist(other.page)
      .getByRole('listitem')
      .filter({ hasText: 'Answer the first message' })
      .getByRole('link')
      .waitFor();
    await other.context.close();
  });

  step('ticks off what is there, and no more than that', async () => {
    const { page } = ada;
    const ticked = () => checklist().locator('li.done strong').allInnerTexts();
    await pages.addQuestions('Hours', [['When are you open?', 'From 10 to 16 o’clock.']]);
    await pages.inbox();
    await checklist().getByText('2 of 4 done').waitFor();
    expect(await ticked()).toEqual(['Connect a channel', 'Add what customers ask about']);
    await pages.createBot('Robin');
    await pages.inbox();
    await checklist().getByText('3 of 4 done').waitFor();
    expect(await ticked()).toEqual(['Connect a channel', 'Add what customers ask about', 'Let a bot prepare replies']);
    // One that is switched off does nothing for anybody.
    await sql.query(`update bots set mode = 'OFF'`);
    await page.reload();
    await checklist().getByText('2 of 4 done').waitFor();
    await checklist().getByRole('link', { name: 'Answer the first message' }).click();
    await pages.message('Is this open on Sunday?').waitFor();
  });

  step('ends with a reply that the customer has, in six steps at most', async () => {
    const { page } = ada;
    await pages.reply.fill('From 10 to 16 o’clock.');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await customers.received(ayse, 'From 10 to 16 o’clock.');
    done.push('answers');
    expect([done, done.length <= most]).toEqual([done, true]);
    // A figure to read, and no promise: a person takes longer than this script.
    process.stdout.write(`first reply after ${((performance.now() - began) / 1_000).toFixed(1)} s by script\n`);
  });

  step('stays done, whoever has the last word', async () => {
    await customers.write(ayse, 'Thank you!');
    await pages.inbox();
    await pages.row('Thank you!').waitFor();
    await ada.page.reload();
    await ada.page.getByText('Choose one from the list, or press J for the next.').waitFor();
    expect(await checklist().count()).toBe(0);
  });

  step('tries both ways of another channel on the page where it was connected', async () => {
    const { page } = ada;
    await pages.connect('instagram');
    // Who writes on another channel meanwhile is not answered in their place.
    await customers.write(ayse, 'And on Monday?');
    await customers.write(marco, 'Is anybody there?');
    await page.getByLabel('Answer it from here').fill('Here we are.');
    await page.getByRole('button', { name: 'Send the answer' }).click();
    await page.getByText('Your answer: sent.').waitFor();
    await customers.received(marco, 'Here we are.');
  });
});
