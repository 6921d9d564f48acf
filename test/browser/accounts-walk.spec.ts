import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Secret, TOTP } from 'otpauth';
import { Config } from '../../src/platform/config/index.js';
import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { eventually } from '../support/client.js';
import { Dashboard, password, startWithPages } from './dashboard.js';
import { steps } from './steps.js';
import { mailsIn } from '../support/written-mails.js';

/** The pages of persons, members and workspaces, walked by an owner and the colleague whom they invite. */
describe('the walk of an owner and a colleague', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let ada: WatchedPage;
  let pages: Dashboard;
  let secret = '';

  beforeAll(async () => {
    [app, browser] = await Promise.all([startWithPages(), TestBrowser.launch()]);
    ada = await browser.person({ viewport: { width: 1440, height: 900 } });
    watch(ada);
    pages = new Dashboard(ada.page, app.url);
    // What is refused on purpose: a wrong code, a code asked for, a wrong name.
    browser.expectTrouble(/status of 400/u);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });
  afterEach(() => expect(browser.troubles()).toEqual([]));

  /** Every address that the pages asked for, sockets included, and the names of all cookies that were set. */
  const asked = new Set<string>();
  const cookiesSet = new Set<string>();
  function watch({ page, context }: WatchedPage): void {
    context.on('request', (request) => /^(?:http|ws)/u.test(request.url()) && asked.add(request.url()));
    context.on('response', (response) => {
      void response.headersArray().then(
        (headers) => {
          for (const { name, value } of headers)
            if (name.toLowerCase() === 'set-cookie') cookiesSet.add(value.split('=')[0] ?? '');
        },
        () => undefined,
      );
    });
    page.on('websocket', (socket) => asked.add(socket.url()));
  }

  const step = steps(90_000);

  const read = new Set<string>();
  /** The link in the newest mail of a kind, at the server's own address. */
  const mailedLink = (kind: string) =>
    eventually(async () => {
      const mails = await mailsIn(app.app.get(Config).mailFolder);
      const mail = mails.find(({ name }) => name.includes(kind) && !read.has(name));
      if (mail === undefined) return null;
      read.add(mail.name);
      const link = /https?:\/\/\S+token=\S+/u.exec(mail.text)?.[0];
      if (link === undefined) throw new Error(`No link stands in ${mail.name}.`);
      const { pathname, search } = new URL(link);
      return `${app.url}${pathname}${search}`;
    });
  let used = 0;
  /**
   * A code of the app that was not used yet: each is good once. The next half minute's is taken already now, as that of an
   * app whose clock is a little fast.
   */
  const code = async () => {
    const halfMinute = 30_000;
    const now = () => Math.floor(Date.now() / halfMinute);
    while (used > now()) await sleep(500);
    used = Math.max(now(), used + 1);
    return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: used * halfMinute });
  };
  const notice = (page: WatchedPage['page'], text: string) =>
    page.getByRole('status').getByText(text).first().waitFor();

  step('sets a new server up, whatever address is opened, and nobody does so after that', async () => {
    const { page } = ada;
    for (const address of ['/', '/sign-in', '/sign-up', '/w/none/inbox/open']) {
      await page.goto(app.url + address);
      await page.getByRole('heading', { level: 1, name: 'Set up Parley' }).waitFor();
      expect(await page.getByRole('button', { name: 'Sign in' }).count()).toBe(0);
    }
    // On this machine alone no code is asked for, and the page names the very folder of the mails.
    expect(await page.getByLabel('Set-up code').count()).toBe(0);
    await page.getByText(path.join(app.app.get(Config).dataDir, 'mail')).waitFor();
    expect(await pages.violations()).toEqual([]);
    expect(await page.context().cookies()).toEqual([]);
    await pages.signUp('Ada', 'ada@example.com', 'Demo Shop');
    const stranger = await browser.person();
    for (const [address, button] of [
      ['/', 'Sign in'],
      ['/sign-up', 'Create your account'],
    ] as const) {
      await stranger.page.goto(app.url + address);
      await stranger.page.getByRole('button', { name: button }).waitFor();
      expect(await stranger.page.getByRole('heading', { name: 'Set up Parley' }).count()).toBe(0);
    }
    await stranger.context.close();
  });

  step('confirms the address by the mailed link and a button', async () => {
    const { page } = ada;
    await page.getByRole('region', { name: 'Confirm your e-mail address' }).waitFor();
    await page.goto(await mailedLink('verify-email'));
    const button = page.getByRole('button', { name: 'Yes, it is mine' });
    await button.waitFor();
    // An address with a token in it would stay in the browser's history.
    expect(new URL(page.url()).search).toBe('');
    await button.click();
    await page.getByText('your address is confirmed').waitFor();
    await page.getByRole('link', { name: 'Go on' }).click();
    await page.waitForURL('**/inbox/open');
    expect(await page.getByRole('region', { name: 'Confirm your e-mail address' }).count()).toBe(0);
  });

  step('changes name, workspace and opening hours, and all of it stands after a reload', async () => {
    const { page } = ada;
    await pages.settings('Profile');
    await page.getByLabel('Your name').fill('Ada Lovelace');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await notice(page, 'Saved.');
    await pages.settings('Workspace');
    await page.getByLabel('Name of your business').fill('Engine Shop');
    await page.getByLabel('Time zone').selectOption('Europe/Istanbul');
    await page.getByRole('button', { name: 'Save', exact: true }).first().click();
    await page.getByRole('navigation', { name: 'Settings' }).getByText('Engine Shop').waitFor();
    await page.getByLabel('Somebody is there around the clock').uncheck();
    await page.getByLabel('Monday', { exact: true }).check();
    await page.getByLabel('Monday: closes at').fill('17:30');
    await page.getByLabel('Days on which you are closed').fill('2026-12-25, 2027-01-01');
    await page.getByRole('button', { name: 'Save', exact: true }).nth(1).click();
    await page.getByLabel('E-mail for privacy questions').fill('privacy@example.com');
    await page.getByRole('button', { name: 'Save', exact: true }).nth(2).click();
    await notice(page, 'Saved.');
    await page.reload();
    expect(await page.getByLabel('Monday: closes at').inputValue()).toBe('17:30');
    expect(await page.getByLabel('Days on which you are closed').inputValue()).toBe('2026-12-25, 2027-01-01');
    expect(await page.getByLabel('E-mail for privacy questions').inputValue()).toBe('privacy@example.com');
    expect(await page.getByLabel('Time zone').inputValue()).toBe('Europe/Istanbul');
  });

  step('chooses what to be told, and quiet hours', async () => {
    const { page } = ada;
    await pages.settings('Notifications');
    await page.getByLabel('New conversations: E-mail').check();
    await page.getByLabel('What is assigned to me: Push').uncheck();
    await page.getByLabel('Keep quiet for some hours').check();
    await page.getByLabel('Quiet from').fill('21:30');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await notice(page, 'Saved.');
    await page.reload();
    await page.getByLabel('New conversations: E-mail').waitFor();
    expect(await page.getByLabel('New conversations: E-mail').isChecked()).toBe(true);
    expect(await page.getByLabel('What is assigned to me: Push').isChecked()).toBe(false);
    expect(await page.getByLabel('Quiet from').inputValue()).toBe('21:30');
  });

  step('sets up a second factor from the QR code’s secret, and signs in with it', async () => {
    const { page } = ada;
    await pages.settings('Security');
    await page.getByRole('button', { name: 'Set it up' }).click();
    const dialog = page.getByRole('dialog', { name: 'Set up the second factor' });
    await dialog.getByRole('img', { name: 'QR code' }).waitFor();
    await dialog.getByText('I cannot scan it').click();
    secret = (await dialog.locator('code').innerText()).replace(/\s/gu, '');
    await dialog.getByLabel('The code that the app shows now').fill('000000');
    await dialog.getByRole('button', { name: 'Switch it on' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByLabel('The code that the app shows now').fill(await code());
    await dialog.getByRole('button', { name: 'Switch it on' }).click();
    const codes = page.getByRole('dialog', { name: 'Your recovery codes' });
    const recovery = await codes.getByRole('listitem').first().innerText();
    expect(await codes.getByRole('listitem').count()).toBeGreaterThan(5);
    await codes.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText('Signing in asks for a code').waitFor();
    await page.getByText('This browser', { exact: true }).waitFor();

    await pages.settings('Profile');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail').fill('ada@example.com');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByLabel('Code from your authenticator app').fill(recovery);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Profile' }).waitFor();
  });

  step('invites a colleague, who joins by the mail and leaves again', async () => {
    const { page } = ada;
    await pages.settings('Members');
    await page.getByLabel('E-mail').fill('grace@example.com');
    await page.getByLabel('Role').selectOption('EDITOR');
    await page.getByRole('button', { name: 'Send the invitation' }).click();
    await page.getByRole('listitem').filter({ hasText: 'grace@example.com' }).waitFor();

    const grace = await browser.person({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    watch(grace);
    const hers = new Dashboard(grace.page, app.url);
    await grace.page.goto(await mailedLink('invitation'));
    await grace.page.getByLabel('Your name').fill('Grace');
    await grace.page.getByLabel('Password').fill(password);
    await grace.page.getByLabel('I accept the terms').check();
    expect(await hers.scrollsSideways()).toBe(false);
    expect(await hers.violations()).toEqual([]);
    await grace.page.getByRole('button', { name: 'Join the workspace' }).click();
    await grace.page.waitForURL('**/inbox/open');

    const member = page.getByRole('listitem').filter({ hasText: 'Grace' });
    await member.getByRole('button', { name: 'Change role' }).click();
    const dialog = page.getByRole('dialog', { name: 'Role of Grace' });
    await dialog.getByLabel('Role').selectOption('VIEWER');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await member.getByText('Viewer').waitFor();

    await hers.settings('Members');
    await grace.page.getByRole('button', { name: 'Leave the workspace' }).tap();
    await grace.page.getByRole('dialog').getByRole('button', { name: 'Leave the workspace' }).tap();
    await grace.page.getByText('You belong to no workspace').waitFor();
    await member.waitFor({ state: 'detached' });
    await grace.context.close();
  });

  step('reads who changed what', async () => {
    const { page } = ada;
    await pages.settings('Audit log');
    await page.getByRole('row').filter({ hasText: 'Ada Lovelace' }).first().waitFor();
    await page.getByLabel('Only actions named').fill('workspace');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByRole('row').filter({ hasText: 'workspace.' }).first().waitFor();
    expect(await page.getByRole('row').filter({ hasText: 'member.' }).count()).toBe(0);
    expect(await pages.violations()).toEqual([]);
    await page.getByLabel('Only actions named').fill('nothing.of.this.name');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByText('Nothing was recorded for this').waitFor();
  });

  step('forgets the password, and chooses another by the mail', async () => {
    const { page } = await browser.person({ viewport: { width: 768, height: 900 }, colorScheme: 'dark' });
    const outside = new Dashboard(page, app.url);
    await page.goto(`${app.url}/sign-in`);
    await page.getByRole('link', { name: 'Forgotten your password?' }).click();
    await page.getByLabel('E-mail').fill('ada@example.com');
    expect(await outside.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Send me a link' }).click();
    await page.getByRole('heading', { name: 'Look into your mailbox' }).waitFor();
    await page.goto(await mailedLink('reset-password'));
    await page.getByLabel('New password').fill('another long password');
    await page.getByRole('button', { name: 'Save the password' }).click();
    await page.getByRole('heading', { name: 'Your password is changed' }).waitFor();
    // Every other place was signed out, at once.
    await ada.page.reload();
    await ada.page.getByRole('button', { name: 'Sign in' }).waitFor();
    await ada.page.getByLabel('E-mail').fill('ada@example.com');
    await ada.page.getByLabel('Password').fill('another long password');
    await ada.page.getByRole('button', { name: 'Sign in' }).click();
    await ada.page.getByLabel('Code from your authenticator app').fill(await code());
    await ada.page.getByRole('button', { name: 'Sign in' }).click();
    await ada.page.getByRole('link', { name: 'Settings' }).waitFor();
    await page.context().close();
  });

  step('keeps one cookie, that of the session, and asks nobody else for anything [promise 76]', async () => {
    const { page, context } = ada;
    await pages.settings('Profile');
    const links = await page.getByRole('navigation').getByRole('link').all();
    const addresses = new Set(await Promise.all(links.map((link) => link.getAttribute('href'))));
    expect(addresses.size).toBeGreaterThan(14);
    for (const address of addresses) {
      await page.goto(new URL(address ?? '/', page.url()).href);
      await page.getByRole('heading', { level: 1 }).or(page.getByRole('main')).first().waitFor();
      await page.waitForLoadState('networkidle');
      const [cookie, ...others] = await context.cookies();
      expect([cookie?.name, cookie?.httpOnly, cookie?.sameSite]).toEqual(['parley_session', true, 'Lax']);
      expect(others).toEqual([]);
      expect(await page.evaluate('document.cookie')).toBe('');
    }
    const kept = await page.evaluate<string[]>(`(async () => [
      ...Object.keys(localStorage),
      ...Object.keys(sessionStorage).map((name) => 'session: ' + name),
      ...(await indexedDB.databases()).map(({ name }) => 'database: ' + name),
      ...(await caches.keys()).map((name) => 'cache: ' + name),
      ...(await navigator.serviceWorker.getRegistrations()).map(({ scope }) => 'worker: ' + scope),
    ])()`);
    // How the pages look, which workspace was open, and one's own unsent words: none of it says who one is elsewhere.
    const known =
      /^cache: parley-(?:assets|offline)$|^worker: |^parley\.(workspace$|language$|theme$|order$|shortcuts$|keys$|recent$|outbox\.|composer\.)/u;
    expect(kept).toContain('parley.workspace');
    expect(kept.filter((name) => !known.test(name))).toEqual([]);
    // The whole walk of both people, and what their pages named without asking for it.
    expect(asked.size).toBeGreaterThan(30);
    expect([...asked].filter((url) => new URL(url).host !== new URL(app.url).host)).toEqual([]);
    expect([...cookiesSet]).toEqual(['parley_session']);
  });

  step('deletes the workspace by its name, and no slip does [promise 43] [promise 44]', async () => {
    const { page } = ada;
    // The last page that was looked at may be one of the deployment, which is in no workspace.
    await page.goto(app.url);
    await pages.settings('Workspace');
    await page.getByRole('button', { name: 'Delete the workspace' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete the workspace' });
    await dialog.getByLabel('Name of your business').fill('Engine Shack');
    await dialog.getByRole('button', { name: 'Delete the workspace' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByLabel('Name of your business').fill('Engine Shop');
    await dialog.getByRole('button', { name: 'Delete the workspace' }).click();
    await page.getByText('You belong to no workspace').waitFor();
    // It is no dead end.
    await page.getByLabel('Name of your business').fill('Second Shop');
    await page.getByRole('button', { name: 'New workspace' }).click();
    await page.waitForURL('**/inbox/open');
  });
});
