import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { MailHost, mailFrom } from '../support/mail-host.js';
import { Dashboard, startWithPages } from './dashboard.js';

const html = `<html><head><style>p { color: red }</style></head><body>
<p>Where is my <b>kettle</b>?</p><p style="display:none">hidden words</p>
<script>document.title = 'taken over'</script>
<img src="https://tracker.example/pixel.png" alt="our logo">
<form action="https://tracker.example/"><input name="password"></form>
<a href="https://shop.example/orders/7">the order</a></body></html>`;

/** A mailbox is connected by hand; a mail is read as it was written, in a frame that can do nothing, and is answered. */
describe('a mail is read', () => {
  let host: MailHost;
  let app: TestApp;
  let browser: TestBrowser;
  let ada: WatchedPage;
  let pages: Dashboard;
  const asked: string[] = [];

  beforeAll(async () => {
    host = await MailHost.start();
    [app, browser] = await Promise.all([startWithPages({ environment: host.environment }), TestBrowser.launch()]);
    ada = await browser.person({ viewport: { width: 1440, height: 900 } });
    ada.page.context().on('request', (request) => asked.push(request.url()));
    pages = new Dashboard(ada.page, app.url);
    await pages.signUp('Ada', 'ada@example.com', 'Demo Shop');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await app?.close();
    await host?.close();
  });
  afterEach(() => expect(browser.troubles()).toEqual([]));

  it('connects the mailbox, after a refusal at the field that it is about', async () => {
    const { page } = ada;
    browser.expectTrouble(/status of 400/u);
    await pages.settings('Channels');
    await page.getByRole('link', { name: 'E-mail' }).click();
    const typed = {
      'E-mail address': 'support@shop.example',
      'Incoming mail server (IMAP)': host.imap.url().replace(/\/\/.*@/u, '//'),
      'Outgoing mail server (SMTP)': host.smtpUrl().replace(/\/\/.*@/u, '//'),
      'User name (optional)': 'shop',
    };
    // It is a password, and nothing here calls it anything else.
    await page.getByText('The password is used to read new mails').waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/token/iu);
    await pages.fillAndConnect({ ...typed, Password: 'a wrong one' });
    await page.getByText('does not take this name and password').waitFor();
    expect(await pages.violations()).toEqual([]);
    await pages.fillAndConnect({ ...typed, Password: host.imap.password });
    await page.getByRole('heading', { name: 'is connected' }).waitFor();
  }, 60_000);

  it('says on its page that copies of answers are kept, and keeps none where nobody wants them', async () => {
    const { page } = ada;
    await pages.settings('Channels');
    await page.getByRole('link', { name: 'support@shop.example' }).click();
    const keeps = page.getByRole('checkbox', { name: /Keep copies of answers/u });
    for (const wanted of [false, true]) {
      await keeps.click();
      await page.getByText('Saved').first().waitFor();
      await page.reload();
      await keeps.waitFor();
      expect(await keeps.isChecked()).toBe(wanted);
    }
    expect(await pages.violations()).toEqual([]);
    if (process.env['SCREENSHOTS'])
      await page.screenshot({ path: `${process.env['SCREENSHOTS']}/mailbox.png`, fullPage: true });
  }, 60_000);

  it('shows a mail as it was written when somebody asks, and runs and fetches nothing of it', async () => {
    const { page } = ada;
    // The check of accessibility asks each frame; this one is of no origin, and hears nobody.
    browser.expectTrouble(/Failed to execute 'postMessage' .*origin \('null'\)/u);
    host.imap.deliver(
      mailFrom('Grace Hopper <grace@example.com>', {
        text: html,
        subject: 'My kettle',
        headers: { 'Content-Type': 'text/html; charset=utf-8' },
      }).raw,
    );
    await pages.inbox();
    await pages.row('Grace Hopper').click();
    await pages.message('Where is my kettle?').waitFor();
    await page.getByRole('button', { name: 'Show the mail as it was written' }).click();
    const frame = page.frameLocator('iframe.mail-frame');
    await frame.getByText('kettle').waitFor();
    expect(await frame.locator('b').innerText()).toBe('kettle');
    expect(await frame.locator('script, form, input, img, style').count()).toBe(0);
    expect(await frame.getByRole('link', { name: /our logo/u }).getAttribute('href')).toBe(
      'https://tracker.example/pixel.png',
    );
    expect(await page.title()).not.toBe('taken over');
    expect(await pages.violations()).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await pages.scrollsSideways()).toBe(false);
    expect(await pages.violations()).toEqual([]);
    if (process.env['SCREENSHOTS']) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/mail-360.png` });
    await page.setViewportSize({ width: 1440, height: 900 });
    if (process.env['SCREENSHOTS']) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/mail-1440.png` });
    expect(asked.filter((url) => url.includes('tracker.example'))).toEqual([]);
  }, 60_000);

  it('is answered in its thread', async () => {
    await pages.reply.fill('On its way, Grace.');
    await pages.reply.press('Control+Enter');
    await pages.message('On its way, Grace.').getByText('Sent').waitFor();
    expect(host.handed.map(({ to, headers }) => [to, headers.get('subject')])).toEqual([
      [['grace@example.com'], 'Re: My kettle'],
    ]);
  }, 60_000);
});
