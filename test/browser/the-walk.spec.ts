import pg from 'pg';
import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { eventually } from '../support/client.js';
import { Dashboard, password, startWithPages } from './dashboard.js';
import { type Customer, Customers, accounts, ayse, john, juergen, marco } from './playing-customers.js';
import { steps } from './steps.js';

const question = 'What does delivery cost, please?';
const answer = 'Delivery costs 3 euros, and nothing above 50 euros.';

/** One person's first hour: each step stands on the ones before it. */
describe('the walk of a new person', () => {
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
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });
  // No error on the console, nothing that the page's policy refused, nothing asked for off this machine.
  afterEach(() => expect(browser.troubles()).toEqual([]));

  const step = steps();
  const until = (condition: () => Promise<boolean>) => eventually(async () => ((await condition()) ? true : null));

  step('signs up and is told what comes first [promise 3]', async () => {
    await pages.signUp('Ada', 'ada@example.com', 'Demo Shop');
    const steps = ada.page.getByRole('region', { name: 'Four steps to your first reply' });
    await steps.getByText('0 of 4 done').waitFor();
    expect(await steps.getByRole('link', { name: 'Open the sandbox' }).getAttribute('href')).toBe(
      `${app.sandbox.url}/`,
    );
    await steps.getByRole('link', { name: 'Connect a channel' }).click();
    await ada.page.getByRole('heading', { level: 1, name: 'Channels' }).waitFor();
  });

  step('is told at the field that a token is wrong, and connects with the right one', async () => {
    await pages.openConnectForm('messenger');
    await pages.fillAndConnect({ ...accounts.messenger.fields, 'Page access token': 'EAAWRONG' });
    const token = ada.page.getByLabel('Page access token');
    await until(async () => (await token.getAttribute('aria-invalid')) === 'true');
    const description = (await token.getAttribute('aria-describedby'))?.split(' ').at(-1) ?? '';
    expect(await ada.page.locator(`[id="${description}"]`).innerText()).toMatch(/token/i);
    expect(await ada.page.getByLabel('Page id').getAttribute('aria-invalid')).toBeNull();

    await pages.fillAndConnect(accounts.messenger.fields);
    await ada.page.getByRole('heading', { name: 'Demo Shop is connected' }).waitFor();
    await pages.connect('instagram');
    await pages.connect('whatsapp');
  });

  step('adds knowledge and a bot that drafts, and sees how far they are', async () => {
    await pages.addQuestions('Delivery', [[question, answer]]);
    await pages.createBot('Parrot');
    await pages.inbox();
    await pages.thread.getByText('3 of 4 done').waitFor();
  });

  const answerOne = async (customer: Customer) => {
    const { page } = ada;
    await pages.inbox();
    // Would be gone with a reload: what arrives from here on arrives by itself.
    await page.evaluate('window.sincePageLoad = true');
    await customers.write(customer, `${question} I am ${customer.name}.`);
    await pages.row(customer.name).click();
    await pages.message(question).waitFor();
    expect(await page.evaluate('window.sincePageLoad')).toBe(true);

    await pages.draft.getByText(answer).first().waitFor();
    await pages.draft.getByText('quoted word for word').waitFor();
    await pages.draft.getByRole('button', { name: 'Delivery' }).waitFor();
    await pages.draft.getByRole('button', { name: 'Insert and edit' }).click();
    const reply = `Hello ${customer.name}! ${answer}`;
    await until(async () => (await pages.reply.inputValue()) === answer);
    await pages.reply.fill(reply);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await customers.received(customer, reply);
    // Instagram says nothing of delivery.
    const arrived = customer.channel === 'instagram' ? 'Sent' : 'Delivered';
    await pages.message(reply).getByText(arrived).waitFor();
    await customers.open(customer);
    await pages.message(reply).getByText('Read').waitFor();
    expect(await pages.message(reply).count()).toBe(1);
    expect(await pages.draft.count()).toBe(0);
  };
  for (const customer of [ayse, marco, juergen]) {
    step(`answers ${customer.name} on ${customer.channel}`, () => answerOne(customer));
  }

  step('writes a note that the customer does not get', async () => {
    await pages.row(ayse.name).click();
    await ada.page.getByRole('button', { name: 'Note', exact: true }).click();
    await ada.page.getByRole('textbox', { name: 'Note for your team' }).fill('Asked twice last month.');
    await ada.page.getByRole('button', { name: 'Add note' }).first().click();
    await pages.message('Asked twice last month.').getByText('only your team sees this').waitFor();
    expect((await customers.thread(ayse)).map(({ text }) => text)).not.toContain('Asked twice last month.');
  });

  step('sets a status, by button and by menu, and finds the conversation in its view', async () => {
    const { page } = ada;
    await page.getByRole('button', { name: 'Resolve' }).click();
    await page.getByRole('button', { name: 'Reopen' }).waitFor();
    await page.getByRole('link', { name: 'Resolved', exact: true }).click();
    await pages.row(ayse.name).click();
    await page.getByRole('button', { name: 'Resolved', exact: true }).click();
    await page.getByRole('menuitemradio', { name: 'Open' }).click();
    await page.getByRole('link', { name: /^Open/u }).click();
    await pages.row(ayse.name).waitFor();
  });

  step('searches, and finds the conversation', async () => {
    const { page } = ada;
    await page.getByRole('link', { name: 'Search' }).click();
    await page.getByRole('searchbox').fill('jürgen delivery');
    await page.getByRole('link').filter({ hasText: juergen.name }).first().click();
    await pages.message(`I am ${juergen.name}.`).waitFor();
  });

  step('comes back to the same view after a reload', async () => {
    const { page } = ada;
    await pages.inbox();
    await page.getByRole('link', { name: 'All', exact: true }).click();
    await pages.row(marco.name).click();
    await pages.message(`I am ${marco.name}.`).waitFor();
    const address = page.url();
    await page.reload();
    await pages.message(`I am ${marco.name}.`).waitFor();
    expect(page.url()).toBe(address);
    expect(await page.getByRole('link', { name: 'All', exact: true }).getAttribute('aria-current')).toBe('page');
    expect(await pages.row(marco.name).getAttribute('aria-current')).toBe('true');
  });

  step('answers with the keyboard alone', async () => {
    const { page } = ada;
    await customers.write(john, 'Is anybody there?');
    await pages.inbox();
    await pages.row(john.name).waitFor();
    const { keyboard } = page;
    await keyboard.press('i');
    await keyboard.press('j');
    await pages.message('Is anybody there?').waitFor();
    await keyboard.press('r');
    await keyboard.type('Yes, right here.');
    await keyboard.press('Control+Enter');
    await customers.received(john, 'Yes, right here.');
    await keyboard.press('Escape');
    await keyboard.press('p');
    await page.getByRole('menuitemradio', { name: 'No priority' }).and(page.locator(':focus')).waitFor();
    await keyboard.press('ArrowDown');
    // The menu moves its focus a moment after the key; Enter takes whatever has it.
    await page.getByRole('menuitemradio', { name: 'Low' }).and(page.locator(':focus')).waitFor();
    await keyboard.press('Enter');
    await page.getByRole('button', { name: 'Low' }).waitFor();
    await keyboard.press('e');
    await page.getByRole('button', { name: 'Reopen' }).waitFor();
  });

  step('gives the password again where a stolen session could do harm', async () => {
    const { page } = ada;
    const admin = new pg.Client({ connectionString: app.database.ownerUrl });
    await admin.connect();
    await admin.query("update sessions set authenticated_at = now() - interval '20 minutes'");
    await admin.end();
    browser.expectTrouble(/status of 400/u);
    await pages.settings('API tokens');
    await page.getByLabel('What is it for?').fill('The warehouse');
    await page.locator('form').getByRole('button', { name: 'Create a token' }).click();
    const dialog = page.getByRole('dialog', { name: 'Your password again' });
    await dialog.getByLabel('Password').fill('not my password');
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByLabel('Password').fill(password);
    await dialog.getByRole('button', { name: 'Go on' }).click();
    const secret = page.getByRole('dialog', { name: 'Your new token' });
    expect(await secret.getByRole('textbox').inputValue()).toMatch(/^\S{20,}$/u);
    await secret.getByRole('button', { name: 'Close' }).click();
    expect(await page.getByRole('listitem').filter({ hasText: 'The warehouse' }).count()).toBe(1);
  });

  step('changes to Turkish and back', async () => {
    const { page } = ada;
    await pages.settings('Profile');
    await page.getByLabel('Language').selectOption('tr');
    await page.getByRole('link', { name: 'Gelen kutusu' }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('tr');
    await page.reload();
    await page.getByLabel('Dil').selectOption('en');
    await page.getByRole('link', { name: 'Inbox' }).waitFor();
  });

  const checkEverything = async (colorScheme: 'light' | 'dark') => {
    const { page } = ada;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // All that a change of colours can break.
    const rules = colorScheme === 'dark' ? ['color-contrast', 'link-in-text-block'] : [];
    const found: Record<string, readonly string[]> = {};
    await pages.inbox();
    await pages.row(juergen.name).waitFor();
    found['inbox'] = await pages.violations(...rules);
    await customers.write(juergen, `Hello from the ${colorScheme} side. ${question}`);
    await pages.row(juergen.name).click();
    await pages.draft.getByText(answer).first().waitFor();
    found['thread'] = await pages.violations(...rules);
    for (const name of [
      'Channels',
      'Knowledge',
      'AI',
      'API tokens',
      'Members',
      'Workspace',
      'Profile',
      'Notifications',
    ]) {
      await pages.settings(name);
      found[name] = await pages.violations(...rules);
    }
    const stranger = await browser.person({ colorScheme, reducedMotion: 'reduce' });
    const outside = new Dashboard(stranger.page, app.url);
    for (const [path, button] of [
      ['/sign-in', 'Sign in'],
      ['/sign-up', 'Create your account'],
    ] as const) {
      await stranger.page.goto(app.url + path);
      await stranger.page.getByRole('button', { name: button }).waitFor();
      found[path] = await outside.violations(...rules);
    }
    await stranger.context.close();
    expect(Object.fromEntries(Object.entries(found).filter(([, wrong]) => wrong.length > 0))).toEqual({});
  };
  step('stands every automated check of accessibility in light colours', () => checkEverything('light'));
  step('and in dark ones', () => checkEverything('dark'));

  // The last: in a browser of one process a page may stand still once another that was in front of it is closed.
  step('answers on a phone, and nothing is wider than it', async () => {
    const { page, context } = await browser.person({
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      isMobile: true,
      storageState: await ada.context.storageState(),
    });
    const phone = new Dashboard(page, app.url);
    const fits = async () => expect(await phone.scrollsSideways()).toBe(false);
    await page.goto(app.url);
    await customers.write(marco, `Hello again. ${question}`);
    await phone.row('Hello again').waitFor();
    await fits();
    await phone.row('Hello again').tap();
    await phone.draft.getByText(answer).first().waitFor();
    await fits();
    await phone.draft.getByRole('button', { name: 'Insert and edit' }).tap();
    await phone.reply.fill(`From my phone: ${answer}`);
    await page.getByRole('button', { name: 'Send', exact: true }).tap();
    await customers.received(marco, `From my phone: ${answer}`);
    await fits();
    await page.getByRole('link', { name: 'Customer details' }).tap();
    await page.getByRole('complementary', { name: 'Customer' }).getByRole('heading', { name: marco.name }).waitFor();
    await fits();
    await page.getByRole('link', { name: 'Back to the conversation' }).tap();
    await page.getByRole('link', { name: 'Back to the list' }).tap();
    await phone.row(marco.name).waitFor();
    for (const name of [
      ...['Channels', 'Bots', 'Knowledge', 'AI', 'Saved replies', 'API tokens', 'Workspace'],
      ...['Members', 'Profile', 'Security', 'Notifications'],
    ]) {
      await phone.settings(name);
      await fits();
    }
    await context.close();
  });
});
