import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { pathToFileURL } from 'node:url';
import type { BrowserContextOptions } from 'playwright-core';
import sharp from 'sharp';
import { TestBrowser } from '../support/browser.js';
import { eventually } from '../support/client.js';
import { InboxUnderTest, type TestInbox } from '../support/inbox.js';
import { type TestWebChat, createWebChat } from '../support/visitor.js';
import { buildDashboard } from './dashboard.js';
import { Site } from './site.js';

/** The loader as it was built when there was no version to say: browsers may have it for as long as they like. */
const firstLoader = path.join(import.meta.dirname, 'kept/loader-1.0.txt');

describe('the chat on a site, as its business has set it', () => {
  let test: InboxUnderTest;
  let inbox: TestInbox;
  let chat: TestWebChat;
  let browser: TestBrowser;
  let site: Site;

  const rows = async (text: string, ...values: unknown[]) =>
    (await test.admin.query<Record<string, unknown>>(text, values)).rows;
  const visit = async (options: BrowserContextOptions = {}) => {
    const where = { sandboxUrl: test.app.sandbox.url, serverUrl: test.app.url, chat };
    site = await Site.visit(browser, where, options);
  };
  const conversationOf = (text: string) =>
    eventually(async () => {
      const [row] = await rows('select conversation_id from messages where text = $1', text);
      return row === undefined ? null : String(row['conversation_id']);
    });
  const set = (input: Record<string, unknown>) =>
    inbox.client.ask('mutation ($input: UpdateWebChatInput!) { updateWebChat(input: $input) { id } }', {
      input: { id: chat.channelId, ...input },
    });
  const hours = (businessHours: Record<string, unknown>) =>
    inbox.client.ask('mutation ($input: UpdateWorkspaceInput!) { updateWorkspace(input: $input) { id } }', {
      input: { timezone: 'UTC', businessHours: { always: false, week: [], holidays: [], ...businessHours } },
    });
  const styleOf = (selector: string, property: string) =>
    site.frame.evaluate<string>(
      `getComputedStyle(document.querySelector(${JSON.stringify(selector)})).getPropertyValue('${property}')`,
    );

  beforeAll(async () => {
    await buildDashboard();
    [test, browser] = await Promise.all([InboxUnderTest.start(), TestBrowser.launch()]);
    inbox = await test.inbox();
  }, 120_000);
  beforeEach(async () => {
    chat = await createWebChat(inbox.client, ['localhost']);
  });
  afterEach(async () => {
    await site.close();
    expect(browser.troubles()).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await inbox?.client.close();
    await test?.stop();
  });

  it('has its theme, its corners, its picture and a colour that can be read', async () => {
    const logo = await sharp({ create: { width: 80, height: 80, channels: 3, background: '#c00' } })
      .png()
      .toBuffer();
    const shown = `data:image/png;base64,${logo.toString('base64')}`;
    await set({ theme: 'DARK', radius: 0, accentColor: '#ffee00', logo: shown });
    await visit({ colorScheme: 'light' });
    await site.go();
    await site.open();
    await site.write('Is it dark?');
    await site.says('Is it dark?');
    expect(await styleOf(':root', 'color-scheme')).toBe('dark');
    expect(await styleOf('.bubble', 'border-radius')).toBe('0px');
    // Yellow takes no white writing.
    expect(await styleOf('.mine .bubble', 'color')).toBe('rgb(0, 0, 0)');
    expect(await site.frame.evaluate(`document.querySelector('.mark img').naturalWidth`)).toBe(80);
    expect(await site.violations()).toEqual([]);
    await site.close();
    // What the site itself says goes before that.
    await visit();
    await site.go({ theme: 'light' });
    await site.open();
    expect(await styleOf(':root', 'color-scheme')).toBe('light');
  });

  it('asks first for what the inbox needs, and begins with it', async () => {
    await set({ askName: 'OPTIONAL', askEmail: 'REQUIRED', askQuestion: 'OPTIONAL' });
    await visit();
    await site.go();
    await site.press();
    await site.waitFor('open');
    const form = () => site.frame.locator('form.card:visible');
    await form().getByRole('heading', { name: 'Before we start' }).waitFor();
    // There is no way past what is needed, and nothing is stored of who only looks.
    expect(await site.frame.locator('.composer').isVisible()).toBe(false);
    expect(await form().getByRole('button').allInnerTexts()).toEqual(['Start the chat']);
    expect(await form().locator('label:visible').allInnerTexts()).toEqual([
      'Name (optional)',
      'E-mail',
      'Your question (optional)',
    ]);
    expect(await site.violations()).toEqual([]);
    await form().getByRole('button').click();
    await form().getByText('Please fill this in.').waitFor();
    await form().getByLabel('E-mail').fill('nobody');
    await form().getByRole('button').click();
    await form().getByText('This is no e-mail address.').waitFor();
    await form().getByLabel('E-mail').fill('ada@example.com');
    await form().getByLabel('Your question').fill('Do you gift-wrap?');
    await form().getByRole('button').click();
    await site.says('Do you gift-wrap?');
    await conversationOf('Do you gift-wrap?');
    await site.frame.locator('.composer textarea').waitFor();
    expect(await rows('select email from visitors where channel_id = $1', chat.channelId)).toEqual([
      { email: 'ada@example.com' },
    ]);
    // It is asked once.
    await site.go();
    await site.open();
    await site.says('Do you gift-wrap?');
    expect(await form().isVisible()).toBe(false);
    await site.close();

    await set({ askEmail: 'OPTIONAL' });
    await visit();
    await site.go();
    await site.open();
    await form().getByRole('button', { name: 'No, thanks' }).click();
    await site.write('Nothing of me');
    await conversationOf('Nothing of me');
  });

  it('says that nobody is there, and when somebody is again, in the time of the visitor', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000);
    const weekday = tomorrow.getUTCDay() || 7;
    await hours({ week: [{ weekday, opens: '09:00', closes: '09:30' }] });
    await visit({ timezoneId: 'Asia/Tokyo', locale: 'en-GB' });
    await site.go({ 'page-lang': 'en-GB' });
    await site.open();
    const said = () => site.frame.locator('header p').innerText();
    // Nine in London's winter is six in the evening in Tokyo, on the same day.
    await site.frame.getByText(/We are away right now\. We are back: .*18:00\./u).waitFor();
    const name = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' }).format(tomorrow);
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Tokyo' });
    if (today.format(new Date()) !== tomorrow.toISOString().slice(0, 10)) expect(await said()).toContain(name);
    // Whoever writes now is offered the answer by mail.
    await site.write('Anybody?');
    await site.frame.getByText('Get the answer by e-mail too?').waitFor();
    await hours({ always: true });
    await site.go();
    await site.open();
    expect(await said()).toBe('Ask us anything. You can leave and come back.');
  });

  it('shows what a machine’s answer rests on, and takes a judgement of it', async () => {
    await visit();
    await site.go();
    await site.open();
    await site.write('Can I send it back?');
    const conversationId = await conversationOf('Can I send it back?');
    const sources = [
      { title: 'Returns', url: 'https://shop.example/returns' },
      { title: '<b>House rules</b>', url: null },
    ];
    const write = (author: string, text: string) =>
      test.message({ ...inbox, channelId: chat.channelId }, conversationId, {
        direction: 'OUTBOUND',
        author,
        status: 'SENT',
        text,
        content: JSON.stringify({ sources }),
      });
    await write('MEMBER', 'A person says so.');
    const id = await write('BOT', 'Within 30 days.');
    await site.go();
    await site.open();
    const answer = site.frame.locator('.row.ai', { hasText: 'Within 30 days.' });
    await answer.getByText('AI assistant').waitFor();
    const link = answer.getByRole('link', { name: 'Returns' });
    expect([await link.getAttribute('href'), await link.getAttribute('rel')]).toEqual([
      'https://shop.example/returns',
      'noopener nofollow noreferrer',
    ]);
    expect(await answer.locator('li').allInnerTexts()).toEqual([
      expect.stringContaining('Returns'),
      '<b>House rules</b>',
    ]);
    expect(await site.frame.getByRole('button', { name: 'Helpful', exact: true }).count()).toBe(1);
    const rating = async () => (await rows('select rating from messages where id = $1', id))[0]?.['rating'];
    const press = (name: string) => answer.getByRole('button', { name, exact: true }).click();
    const pressed = () =>
      site.frame.evaluate(`[...document.querySelectorAll('.thumbs button')].map((one) => one.ariaPressed)`);
    for (const [name, stored, shown] of [
      ['Helpful', 'UP', ['true', 'false']],
      ['Not helpful', 'DOWN', ['false', 'true']],
      ['Not helpful', null, ['false', 'false']],
    ] as const) {
      await press(name);
      await eventually(async () => ((await rating()) === stored ? true : null));
      // It is kept before the page has heard so.
      await eventually(async () => (isDeepStrictEqual(await pressed(), shown) ? true : null));
    }
    expect(await site.violations()).toEqual([]);
  });

  it('opens by a button of the site’s own, and gives the focus back to it', async () => {
    await visit();
    await site.go({ launcher: '#write-to-us' });
    expect(await site.button()).toBeNull();
    const own = site.page.getByRole('button', { name: 'Write to us' });
    await own.click();
    await site.opened();
    await site.frame.locator('.composer textarea').press('Escape');
    await site.waitFor('close');
    expect(await site.page.evaluate('document.activeElement.id')).toBe('write-to-us');
    // Put there anew, as pages of frameworks are, it still opens it.
    await site.page.evaluate(`{
      const old = document.getElementById('write-to-us');
      old.replaceWith(old.cloneNode(true));
      noted.length = 0;
    }`);
    await own.click();
    await site.waitFor('open');
    await site.call('destroy');
    await site.page.evaluate('noted.length = 0');
    await own.click();
    expect(await site.noted()).toEqual([]);
  });

  it('stays through the changes of a site of one page, and follows its language', async () => {
    await visit();
    await site.go();
    await site.open();
    await site.write('Here all the time');
    await conversationOf('Here all the time');
    await site.page.evaluate(`{
      history.pushState({}, '', '/another-page');
      const body = document.createElement('body');
      body.innerHTML = '<h1>Another page</h1>';
      document.body.replaceWith(body);
      // Frameworks put the script of a page there again with each page.
      const old = document.querySelector('script[data-key]');
      const again = document.createElement('script');
      again.nonce = old.nonce;
      again.src = old.src;
      again.dataset.key = old.dataset.key;
      window.again = new Promise((resolve) => (again.onload = resolve));
      document.head.append(again);
    }`);
    await site.page.evaluate('again');
    expect(await site.page.evaluate(`document.querySelectorAll('parley-chat').length`)).toBe(1);
    expect(site.page.frames()).toHaveLength(2);
    expect(await site.lines()).toContain('Here all the time');
    await site.page.evaluate(`document.documentElement.lang = 'tr'`);
    await site.frame.getByRole('heading', { name: 'Bize yazın' }).waitFor();
    expect(await site.lines()).toContain('Here all the time');
    await eventually(async () => ((await site.button())?.name === 'Sohbet' ? true : null));
    // Of the pages that a visitor looks at nothing is kept, and nothing is told.
    expect(await rows('select 1 from visitors where origin like $1', '%another-page%')).toEqual([]);
    expect(site.asked.filter((place) => place.includes('another-page'))).toEqual([]);
  });

  it('works with the loader that was there before there were versions', async () => {
    await visit();
    const body = await readFile(firstLoader, 'utf8');
    await site.page.context().route('**/widget.js', (route) =>
      route.fulfill({
        body,
        contentType: 'text/javascript',
        headers: { 'cross-origin-resource-policy': 'cross-origin' },
      }),
    );
    await site.go();
    await site.open();
    expect(site.asked.find((place) => place.startsWith('/widget/frame'))).toBe(`/widget/frame?key=${chat.publicKey}`);
    await site.write('With an old loader');
    const conversationId = await conversationOf('With an old loader');
    await site.call('close');
    await inbox.client.ask('mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }', {
      input: { conversationId, text: 'It is heard.', idempotencyKey: 'old-loader' },
    });
    await site.waitFor('unread', 1);
    expect((await site.button())?.name).toBe('Chat, 1 new');
  });

  it('stands in the web view of an app where the inbox allows it, and only there', async () => {
    browser.expectTrouble(/asked for file:|frame-ancestors|ERR_BLOCKED_BY|does not match the recipient|Framing/u);
    const folder = await mkdtemp(path.join(tmpdir(), 'app-page-'));
    const page = path.join(folder, 'index.html');
    const script = `<script src="${test.app.url}/widget.js" data-key="${chat.publicKey}"></script>`;
    await writeFile(
      page,
      `<!doctype html><title>An app</title><body><script>window.noted = [];
      for (const name of ['ready', 'open', 'failed']) addEventListener('parley:' + name, ({ detail }) => noted.push([name, detail]));
      </script>${script}</body>`,
    );
    await visit();
    // Pages off the network are shut out of specs; this one is the app's.
    await site.page.context().unrouteAll();
    const shows = async () => {
      await site.page.goto(pathToFileURL(page).href);
      await site.press();
    };
    await shows();
    await eventually(async () => (site.asked.some((place) => place.startsWith('/widget/frame')) ? true : null));
    await set({ allowApps: true });
    const asked = site.asked.length;
    expect(site.asked.filter((place) => place.startsWith('/widget/v1'))).toEqual([]);
    await shows();
    await site.opened();
    await site.write('From a web view');
    await conversationOf('From a web view');
    expect(site.asked.length).toBeGreaterThan(asked);
    await rm(folder, { recursive: true });
  });
});
