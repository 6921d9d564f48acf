import { DEMO } from '../../apps/sandbox/world/seed.js';
import { Config } from '../../src/platform/config/index.js';
import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { Dashboard, startWithPages } from './dashboard.js';
import { Customers, ayse } from './playing-customers.js';
import { steps } from './steps.js';

/** The most that connecting a channel may take, from the list of channels to where it is connected. */
const mostSteps = 5;
const newNumber = { id: '660000000000077', wabaId: '770000000000077', token: 'EAASANDBOXSYSTEM77TOKEN' };

/** An owner connects by the platforms' own pages, loses an access and gets it back, makes a chat, and disconnects. */
describe('the walk through the channels', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let ada: WatchedPage;
  let pages: Dashboard;
  let customers: Customers;
  /** Every button and link that was pressed since the list of channels, here, at the platform and in its windows. */
  const pressed: string[] = [];

  beforeAll(async () => {
    [app, browser] = await Promise.all([startWithPages(), TestBrowser.launch()]);
    ada = await browser.person({ viewport: { width: 1440, height: 900 } });
    await ada.context.exposeBinding('tellPress', (_source, words: string) => void pressed.push(words));
    await ada.context.addInitScript(`addEventListener('click', ({ isTrusted, target }) => {
      const control = target.closest?.('a[href], button, summary');
      if (isTrusted && control) tellPress((control.querySelector('strong') ?? control).textContent.trim());
    }, true)`);
    // Where platforms send people back to: the session is of that name.
    pages = new Dashboard(ada.page, app.app.get(Config).publicUrl);
    customers = new Customers(app.sandbox.url);
    await pages.signUp('Ada', 'ada@example.com', 'Demo Shop');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });
  afterEach(() => expect(browser.troubles()).toEqual([]));

  const step = steps();
  const control = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${app.sandbox.url}/_sandbox${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  };
  /** Says by how many steps one came from the list of channels to where one is. */
  const inFewSteps = (...wanted: readonly string[]) => {
    expect(pressed).toEqual(wanted);
    expect(pressed.length).toBeLessThanOrEqual(mostSteps);
  };
  const begin = async (title: string, button: string) => {
    await pages.settings('Channels');
    pressed.length = 0;
    await ada.page.getByRole('link', { name: title }).click();
    await ada.page.getByRole('button', { name: button }).click();
    await ada.page.getByRole('heading', { name: 'What you will be asked for' }).waitFor();
  };
  const atPlatform = (page: WatchedPage['page'], name: string) => page.getByRole('button', { name }).click();

  step('is told each permission and its purpose, then connects a Page with its Instagram [promise 27]', async () => {
    const { page } = ada;
    await begin('Messenger page', 'Continue with Facebook');
    const asked = page.locator('.permissions li');
    expect(await asked.locator('code').allInnerTexts()).toEqual([
      'pages_show_list',
      'pages_manage_metadata',
      'pages_read_engagement',
      'pages_messaging',
      'instagram_basic',
      'instagram_manage_messages',
      'business_management',
    ]);
    for (const purpose of await asked.locator('.permission-purpose').allInnerTexts())
      expect(purpose.length).toBeGreaterThan(20);
    expect(await pages.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Go to facebook.com' }).click();
    await atPlatform(page, 'Continue');
    await page.getByRole('heading', { name: 'Choose what to connect' }).waitFor();
    const connect = page.getByRole('button', { name: /^Connect \d account/ });
    await connect.waitFor();
    // Nothing is ticked for anybody where there is a choice, and nothing is connected by having come back.
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(0);
    expect(await connect.isDisabled()).toBe(true);
    expect(await pages.violations()).toEqual([]);
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await page.getByRole('button', { name: 'Connect 2 accounts' }).click();
    await page.getByRole('heading', { name: '2 accounts are connected' }).waitFor();
    inFewSteps('Messenger page', 'Continue with Facebook', 'Go to facebook.com', 'Continue', 'Connect 2 accounts');
    // It listens by itself, and says so when somebody has written.
    expect(await page.getByText('Waiting for the first message').count()).toBe(2);
    await customers.write(ayse, 'Hello, is anybody there?');
    await page.getByText('The first message has arrived.').waitFor();
  });

  step('refuses at the platform, and is told so in words, with one way on', async () => {
    const { page } = ada;
    await begin('Instagram account', 'Continue with Instagram');
    await page.getByRole('button', { name: 'Go to instagram.com' }).click();
    await atPlatform(page, 'Cancel');
    await page.getByText('Nothing was connected', { exact: true }).waitFor();
    await page.getByText('You did not give your consent').waitFor();
    inFewSteps('Instagram account', 'Continue with Instagram', 'Go to instagram.com', 'Cancel');
    const old = page.url();
    await page.getByRole('link', { name: 'start again' }).click();
    await page.getByRole('heading', { level: 1, name: 'Channels' }).waitFor();
    await page.goto(old.replace(/authorization=[^&]*/, 'authorization=none'));
    await page.getByText('This connection is not open any more').waitFor();
  });

  step('connects a number by the platform’s window, which the page follows', async () => {
    const { page } = ada;
    await begin('WhatsApp number', 'Continue with WhatsApp');
    const opened = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Open the sign-up window' }).click();
    const popup = await opened;
    await page.getByText('Go on in the other window').waitFor();
    await atPlatform(popup, 'Continue');
    await page.getByRole('heading', { name: 'Choose what to connect' }).waitFor();
    await page.getByRole('button', { name: 'Connect 1 account' }).waitFor();
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(1);
    if (!popup.isClosed()) await popup.getByText('It goes on in the other window').waitFor();
    await page.getByRole('button', { name: 'Connect 1 account' }).click();
    await page.getByRole('heading', { name: '1 account is connected' }).waitFor();
    inFewSteps('WhatsApp number', 'Continue with WhatsApp', 'Open the sign-up window', 'Continue', 'Connect 1 account');
  });

  step('reads in their own language why a bot is not connected, then connects it', async () => {
    const { page } = ada;
    browser.expectTrouble(/status of 400/u);
    const speak = async (language: string) => {
      await page.evaluate(`localStorage.setItem('parley.language', '${language}')`);
      await page.reload();
    };
    await pages.settings('Channels');
    await page.getByRole('link', { name: 'Telegram bot' }).click();
    await page.getByLabel('Bot token').waitFor();
    await speak('tr');
    const connect = async (token: string) => {
      await page.getByLabel('Bot belirteci').fill(token);
      await page.getByRole('button', { name: 'Bağla', exact: true }).click();
    };
    await connect('no token');
    await page.getByText('Bu bir bot belirteci değil').waitFor();
    await connect(`7${DEMO.botToken}`);
    await page.getByText('Telegram bu belirteci tanımıyor').waitFor();
    await speak('en');
    await pages.settings('Channels');
    pressed.length = 0;
    await page.getByRole('link', { name: 'Telegram bot' }).click();
    await pages.fillAndConnect({ 'Bot token': DEMO.botToken });
    await page.getByRole('heading', { name: 'is connected' }).waitFor();
    inFewSteps('Telegram bot', 'Connect');
  });

  step('registers a new number with its PIN', async () => {
    const { page } = ada;
    await control('/whatsapp-numbers', { ...newNumber, registered: false, pin: '246810', name: 'New Number' });
    await pages.settings('Channels');
    pressed.length = 0;
    await page.getByRole('link', { name: 'WhatsApp number' }).click();
    await pages.fillAndConnect({
      'WhatsApp Business account id': newNumber.wabaId,
      'Phone number id': newNumber.id,
      'Access token': newNumber.token,
    });
    const form = page.getByRole('form', { name: 'Register the number' });
    await form.getByLabel('Six-digit PIN').fill('111111');
    await form.getByRole('button', { name: 'Register' }).click();
    await form.getByText('has a PIN for two-step verification already').waitFor();
    await form.getByLabel('Six-digit PIN').fill('246810');
    await form.getByRole('button', { name: 'Register' }).click();
    await form.waitFor({ state: 'detached' });
    await page.getByRole('status').getByText('The number is registered.').waitFor();
    // With one more than needed, for the PIN that was another.
    inFewSteps('WhatsApp number', 'With ids and an access token instead', 'Connect', 'Register', 'Register');
  });

  step('hears on every page that an access was taken away, sees why, and gets it back [promise 55]', async () => {
    const { page } = ada;
    await pages.inbox();
    await control('/deauthorize', {});
    const banner = page.getByRole('region', { name: 'Channels in trouble' });
    await banner.waitFor({ timeout: 30_000 });
    expect(await pages.violations()).toEqual([]);
    await banner.getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: 'Channels' }).waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Access expired' }).getByRole('link').first().click();
    await page.getByText('The access has ended').waitFor();
    await page.getByText('removed from the account').or(page.getByText('was removed')).first().waitFor();
    expect(await pages.violations()).toEqual([]);
    await page.getByRole('link', { name: 'Connect it again' }).click();
    await page.getByRole('button', { name: 'Continue with' }).waitFor();
    await begin('Messenger page', 'Continue with Facebook');
    await page.getByRole('button', { name: 'Go to facebook.com' }).click();
    await atPlatform(page, 'Continue');
    const boxes = page.getByRole('checkbox');
    await boxes.first().waitFor();
    expect(await page.getByText('connected', { exact: true }).count()).toBe(2);
    for (const box of await boxes.all()) await box.check();
    await page.getByRole('button', { name: 'Connect 2 accounts' }).click();
    await page.getByRole('heading', { name: '2 accounts are connected' }).waitFor();
    await banner.waitFor({ state: 'detached' });
    // The conversation from before is that channel's still.
    await pages.inbox();
    await pages.row(ayse.name).click();
    await pages.message('Hello, is anybody there?').waitFor();
  });

  step('sees what each access was used for, by whom [promise 25]', async () => {
    const { page } = ada;
    await pages.settings('Channels');
    await page.getByRole('link', { name: 'Demo Shop' }).first().click();
    const uses = page.getByRole('region', { name: 'What the access was used for' });
    await uses
      .getByRole('row')
      .filter({ hasText: 'Check the connection' })
      .filter({ hasText: 'Ada' })
      .first()
      .waitFor();
    expect(await page.locator('main').innerText()).not.toContain('EAA');
    expect(await pages.violations()).toEqual([]);
  });

  step('makes a chat for a site, changes it, and is shown its secret once', async () => {
    const { page } = ada;
    browser.expectTrouble(/status of 400/u);
    await pages.settings('Channels');
    pressed.length = 0;
    await page.getByRole('link', { name: 'Web chat' }).click();
    await page.getByLabel('Name').fill('Shop chat');
    await page.getByLabel('Sites that may show it').fill('http://shop.example');
    await page.getByRole('button', { name: 'Make the chat' }).click();
    await page.getByText('Domain 1 is none that a chat can be shown on').waitFor();
    await page.getByLabel('Sites that may show it').fill('shop.example\n*.shop.example');
    await page.getByLabel('First words').fill('Good day!');
    expect(await pages.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Make the chat' }).click();
    await page.getByRole('heading', { level: 1, name: 'Shop chat' }).waitFor();
    // Once more than needed: its first attempt named a site that cannot show it.
    inFewSteps('Web chat', 'Make the chat', 'Make the chat');
    expect(await page.getByLabel('Put it on your site').innerText()).toMatch(
      /^<script async src="http[^"]+\/widget\.js" data-key="pk_[\w-]+" data-color="#2563eb"><\/script>$/u,
    );
    await page.getByLabel('Corner', { exact: true }).selectOption('LEFT');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('status').getByText('Saved.').first().waitFor();
    await page.reload();
    await page.getByLabel('Corner', { exact: true }).waitFor();
    expect(await page.getByLabel('Corner', { exact: true }).inputValue()).toBe('LEFT');
    expect(await page.getByLabel('Sites that may show it').inputValue()).toBe('shop.example\n*.shop.example');
    await page.getByRole('button', { name: 'Make a new secret' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Make a new secret' }).click();
    const secret = await page.getByRole('dialog').getByLabel('Your new secret').inputValue();
    expect(secret).toMatch(/^[\w-]{43}$/u);
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Shop chat' }).waitFor();
    expect(await page.content()).not.toContain(secret);
  });

  step('disconnects, with what happens where said before; the history stays [promise 51] [promise 53]', async () => {
    const { page } = ada;
    await pages.settings('Channels');
    await page.getByRole('listitem').filter({ hasText: '900000000000001' }).getByRole('link').click();
    await page.getByRole('button', { name: 'Disconnect' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('the access is taken back').first().waitFor();
    await dialog.getByLabel('Delete the conversations').check();
    await dialog.getByText('They go for good').waitFor();
    await dialog.getByLabel('Delete the conversations').uncheck();
    expect(await pages.violations()).toEqual([]);
    await dialog.getByRole('button', { name: 'Disconnect', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Nothing is received or sent. The history stays readable').waitFor();
    await pages.inbox();
    await pages.row(ayse.name).click();
    await pages.message('Hello, is anybody there?').waitFor();
  });
});
