import { randomUUID } from 'node:crypto';
import type { BrowserContextOptions } from 'playwright-core';
import { TestBrowser } from '../support/browser.js';
import { eventually } from '../support/client.js';
import { InboxUnderTest, type TestInbox } from '../support/inbox.js';
import { Line } from '../support/line.js';
import { type TestWebChat, createWebChat } from '../support/visitor.js';
import { buildDashboard } from './dashboard.js';
import { Site } from './site.js';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const keysOf = `() => {
  try {
    return Object.keys(localStorage);
  } catch {
    return ['blocked'];
  }
}`;

describe('the chat on the site of a business', () => {
  let test: InboxUnderTest;
  let inbox: TestInbox;
  let chat: TestWebChat;
  let browser: TestBrowser;
  let line: Line;
  let site: Site;

  const rows = async (text: string, ...values: unknown[]) =>
    (await test.admin.query<Record<string, unknown>>(text, values)).rows;
  const visit = async (options: BrowserContextOptions = {}) => {
    site = await Site.visit(browser, { sandboxUrl: test.app.sandbox.url, serverUrl: line.url, chat }, options);
    return site;
  };
  /** The conversation in which this was written, once it is in the inbox. */
  const conversationOf = (text: string) =>
    eventually(async () => {
      const [row] = await rows('select conversation_id from messages where text = $1', text);
      return row === undefined ? null : String(row['conversation_id']);
    });
  /** The names of what is stored at the site, and at the server of the chat. */
  const stored = () => Promise.all([site.page, site.frame].map((one) => one.evaluate<string[]>(`(${keysOf})()`)));
  /** As browsers are that give a page, or the frame of another site, none. */
  const withoutStorage = (origin?: string) =>
    site.page.addInitScript({
      content: `if (${origin === undefined ? 'true' : `location.origin === '${origin}'`})
        Object.defineProperty(window, 'localStorage', {
          get: () => { throw new DOMException('Access is denied for this document.', 'SecurityError') },
        })`,
    });
  const entry = () => site.page.evaluate<string>(`localStorage.getItem('parley') ?? ''`);
  const answer = (conversationId: string, text: string) =>
    inbox.client.ask('mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }', {
      input: { conversationId, text, idempotencyKey: randomUUID() },
    });
  const set = (input: Record<string, unknown>) =>
    inbox.client.ask('mutation ($input: UpdateWebChatInput!) { updateWebChat(input: $input) { id } }', {
      input: { id: chat.channelId, ...input },
    });

  beforeAll(async () => {
    await buildDashboard();
    [test, browser] = await Promise.all([InboxUnderTest.start(), TestBrowser.launch()]);
    inbox = await test.inbox();
    chat = await createWebChat(inbox.client, ['localhost']);
    await set({ greeting: 'Hello! How can we help?', accentColor: '#0f766e' });
    line = await Line.to(test.app.url);
  }, 120_000);
  afterEach(async () => {
    await site.close();
    // No error on any console, nothing that a policy refused, nothing asked for off this machine.
    expect(browser.troubles()).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await line?.close();
    await inbox?.client.close();
    await test?.stop();
  });

  it('costs a page one small script until somebody comes near, and moves nothing on it', async () => {
    await visit();
    await site.page.addInitScript({
      content: `
        Object.assign(window, { shifts: 0, before: Object.keys(window) });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) shifts += entry.value;
        }).observe({ type: 'layout-shift', buffered: true });`,
    });
    await site.go();
    await site.page.waitForLoadState('networkidle');
    expect(site.asked).toEqual(['/widget.js']);
    const loader = await fetch(`${line.url}/widget.js`);
    expect((await loader.arrayBuffer()).byteLength).toBeGreaterThan(0);
    const found = await site.page.evaluate(`({
      shifts,
      shadow: document.querySelector('parley-chat').shadowRoot,
      frames: window.length,
      stored: localStorage.length,
      cookies: document.cookie,
      globals: Object.keys(window).filter((name) => !before.includes(name)),
    })`);
    expect(found).toEqual({
      shifts: 0,
      shadow: null,
      frames: 0,
      stored: 0,
      cookies: '',
      globals: ['shifts', 'before', 'Parley', 'noted'],
    });
    expect(await site.button()).toEqual({ name: 'Chat', expanded: false });
    // Whoever comes near is about to open it; only then is it loaded, in one language.
    await site.page.mouse.move(1280 - 48, 800 - 48);
    await site.waitFor('ready');
    expect(site.asked.filter((path) => /\/[a-z]{2}-[\w-]+\.js/.test(path))).toEqual([expect.stringContaining('/en-')]);
    // Nobody has opened it: nobody is a visitor.
    expect(site.asked.filter((path) => path.startsWith('/widget/v1'))).toEqual([]);
    expect(await rows('select 1 from visitors')).toEqual([]);
  });

  it('is opened, written in, and answered from the inbox [promise 1] [promise 12]', async () => {
    await visit();
    await site.go();
    await site.open();
    await site.says('Hello! How can we help?');
    expect(await site.button()).toEqual({ name: 'Chat', expanded: true });
    expect(await site.frame.evaluate('document.activeElement.tagName')).toBe('TEXTAREA');
    await site.write('Do you deliver to <b>Bursa</b>?');
    const conversationId = await conversationOf('Do you deliver to <b>Bursa</b>?');
    await answer(conversationId, 'We do. See https://shop.example/delivery.');
    await site.says('We do.');
    // What is written is text, on both sides; a link says nothing of where it comes from.
    expect(await site.lines()).toEqual([
      'Hello! How can we help?',
      'Do you deliver to <b>Bursa</b>?',
      'We do. See https://shop.example/delivery.',
    ]);
    const link = site.frame.locator('.bubble a');
    expect([
      await link.getAttribute('href'),
      await link.getAttribute('rel'),
      await link.getAttribute('target'),
    ]).toEqual(['https://shop.example/delivery', 'noopener nofollow noreferrer', '_blank']);
    await eventually(async () => {
      const [row] = await rows(
        "select status from messages where conversation_id = $1 and direction = 'OUTBOUND'",
        conversationId,
      );
      return row?.['status'] === 'READ' ? true : null;
    });
  });

  it('offers answers to choose from, of the last message alone', async () => {
    await visit();
    await site.go();
    await site.open();
    await site.write('Which colours are there?');
    const conversationId = await conversationOf('Which colours are there?');
    const buttons = () => site.frame.locator('.answers button').allInnerTexts();
    await inbox.client.ask('mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }', {
      input: {
        conversationId,
        text: 'Two. Which one?',
        quickReplies: ['Red', '<b>Blue</b>'],
        idempotencyKey: randomUUID(),
      },
    });
    await site.says('Which one?');
    expect(await buttons()).toEqual(['Red', '<b>Blue</b>']);
    expect(await site.violations()).toEqual([]);
    await site.frame.locator('.answers button').last().click();
    expect(await conversationOf('<b>Blue</b>')).toBe(conversationId);
    expect(await buttons()).toEqual([]);
    expect(await site.frame.evaluate('document.activeElement.className')).toBe('scroller');
  });

  it('counts what comes while it is closed, and gives the focus back', async () => {
    await visit();
    await site.go();
    await site.page.getByRole('button', { name: 'Ask us about it' }).click();
    await site.opened();
    await site.write('Is anybody there?');
    const conversationId = await conversationOf('Is anybody there?');
    await site.frame.locator('.composer textarea').press('Escape');
    await site.waitFor('close');
    expect(await site.button()).toEqual({ name: 'Chat', expanded: false });
    expect(await site.page.evaluate('document.activeElement.localName')).toBe('parley-chat');
    await answer(conversationId, 'Yes.');
    await site.waitFor('unread', 1);
    expect((await site.button())?.name).toBe('Chat, 1 new message');
    // On another page of the site it is still there, and still counted.
    await site.go();
    await site.waitFor('unread', 1);
    await site.open();
    await site.says('Is anybody there?');
    await site.waitFor('unread', 0);
    expect(await site.lines()).toContain('Yes.');
  });

  it('says which answers a machine wrote, and always offers a person', async () => {
    await visit();
    await site.go();
    await site.open();
    const ask = () => site.frame.getByRole('button', { name: 'Talk to a person' });
    await ask().waitFor();
    await site.write('A machine, please');
    const conversationId = await conversationOf('A machine, please');
    await test.message({ ...inbox, channelId: chat.channelId }, conversationId, {
      direction: 'OUTBOUND',
      author: 'BOT',
      status: 'SENT',
      text: 'I am one.',
    });
    await site.go();
    await site.open();
    await site.frame.locator('.ai', { hasText: 'I am one.' }).getByText('AI assistant').waitFor();
    await ask().click();
    await site.frame.getByText('A person will answer you here.').waitFor();
    await eventually(async () => {
      const [row] = await rows('select ai_paused from conversations where id = $1', conversationId);
      return row?.['ai_paused'] === true ? true : null;
    });
  });

  it('keeps what is written while the line is cut, sends it once, and misses nothing', async () => {
    browser.expectTrouble(/ERR_(EMPTY_RESPONSE|CONNECTION|SOCKET|INCOMPLETE|NETWORK)/u);
    await visit();
    await site.go();
    await site.open();
    await site.write('before the cut');
    const conversationId = await conversationOf('before the cut');
    line.cut();
    await site.write('during the cut');
    await site.frame.getByText('Sent when there is a connection').waitFor();
    await site.frame.getByText('No connection. What you write is kept, and sent later.').waitFor();
    await answer(conversationId, 'answered in the dark');
    line.mend();
    await site.says('answered in the dark');
    await site.frame.getByText('Sent when there is a connection').waitFor({ state: 'hidden' });
    await conversationOf('during the cut');
    await answer(conversationId, 'and after it');
    await site.says('and after it');
    expect((await site.lines()).slice(1).sort()).toEqual([
      'and after it',
      'answered in the dark',
      'before the cut',
      'during the cut',
    ]);
    expect(await rows("select 1 from messages where text = 'during the cut'")).toHaveLength(1);
  });

  it('asks by itself where no stream comes through', async () => {
    browser.expectTrouble(/ERR_FAILED/u);
    await visit();
    await site.page.context().route('**/widget/v1/events', (route) => route.abort());
    await site.go();
    await site.open();
    await site.write('no stream here');
    await answer(await conversationOf('no stream here'), 'it came all the same');
    await site.says('it came all the same');
    expect(site.asked.filter((path) => path.startsWith('/widget/v1/messages?after=')).length).toBeGreaterThan(0);
  });

  it('takes a picture, and shows it', async () => {
    await visit();
    await site.go();
    await site.open();
    const picker = site.frame.locator('input[type=file]');
    await picker.setInputFiles([
      { name: 'notes.html', mimeType: 'image/png', buffer: Buffer.from('<script>alert(1)</script>') },
    ]);
    browser.expectTrouble(/status of 415/u);
    await site.frame.getByText('Pictures, PDF, sound and video can be sent.').waitFor();
    await picker.setInputFiles([{ name: 'cup.png', mimeType: 'image/png', buffer: png }]);
    await site.frame.locator('.chips', { hasText: 'cup.png' }).waitFor();
    await site.frame.locator('.send:not([disabled])').click();
    await eventually(async () =>
      (await rows("select 1 from attachments where status = 'READY'")).length > 0 ? true : null,
    );
    await site.frame.locator('.mine a').waitFor();
  });

  it('says that there is no room for a file, and that nothing more is taken, instead of asking to try again', async () => {
    browser.expectTrouble(/status of (?:403|413)/u);
    await visit();
    await site.go();
    await site.open();
    await site.write('one who is blocked later');
    const conversationId = await conversationOf('one who is blocked later');
    await site.page
      .context()
      .route('**/widget/v1/files', (route) =>
        route.fulfill({ status: 413, json: { code: 'PLAN_LIMIT', message: 'No room.' } }),
      );
    await site.frame
      .locator('input[type=file]')
      .setInputFiles([{ name: 'cup.png', mimeType: 'image/png', buffer: png }]);
    await site.frame.getByText('No more files can be taken at the moment. Write instead.').waitFor();
    await test.admin.query(
      'update contacts set blocked = true where id = (select contact_id from conversations where id = $1)',
      [conversationId],
    );
    await site.write('one more');
    await site.frame.getByText('This chat takes no more messages from here.').waitFor();
    expect(await site.frame.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await site.frame.getByRole('button', { name: 'Remove' }).click();
    expect(await site.lines()).not.toContain('one more');
  });

  it('works under the strictest policies of sites', async () => {
    for (const policy of ['isolated', 'trusted-types']) {
      await visit();
      await site.go({ policy });
      await site.open();
      await site.write(`under a policy: ${policy}`);
      await conversationOf(`under a policy: ${policy}`);
      if (policy === 'isolated') await site.close();
    }
  });

  it('works where nothing can be stored, and stores nothing where it must not', async () => {
    await visit();
    await withoutStorage();
    await site.go();
    await site.open();
    await site.write('nothing is kept');
    await answer(await conversationOf('nothing is kept'), 'and nothing is needed');
    await site.says('and nothing is needed');
    await site.close();

    await visit();
    await site.go({ consent: 'false' });
    await site.open();
    await site.write('no consent');
    await conversationOf('no consent');
    const [atSite, atFrame] = await stored();
    // Browsers differ in whether the frame of another site may keep anything at all.
    expect([atSite, atFrame?.filter((name) => name !== 'blocked')]).toEqual([[], []]);
    await site.close();

    await visit();
    await withoutStorage(new URL(line.url).origin);
    await site.go();
    await site.open();
    await site.write('kept until reset');
    await conversationOf('kept until reset');
    // Where the frame of another site has no storage, what it needs to come back is with the page, in one entry.
    const token = /"token":"([^"]+)"/.exec(decodeURIComponent(await entry()))?.[1] ?? '';
    expect(await stored()).toEqual([['parley'], ['blocked']]);
    expect(token.length).toBeGreaterThan(20);
    expect((await entry()).startsWith(`${chat.publicKey},#0f766e,RIGHT,`)).toBe(true);
    await site.call('close');
    await site.call('reset');
    await eventually(async () => ((await entry()) === '' ? true : null));
    await site.open();
    await site.says('Hello! How can we help?');
    expect(await site.lines()).toEqual(['Hello! How can we help?']);
  });

  it('keeps its own where it has storage of its own, and the page none of it', async () => {
    const near = await createWebChat(inbox.client, ['127.0.0.1']);
    site = await Site.visit(browser, { sandboxUrl: test.app.sandbox.url, serverUrl: line.url, chat: near });
    await site.go({}, '127.0.0.1');
    await site.open();
    await site.write('kept by the frame');
    await conversationOf('kept by the frame');
    expect(await stored()).toEqual([['parley'], [`parley:${near.publicKey}`]]);
    expect(await entry()).toBe(`${near.publicKey},#2563eb,RIGHT,own`);
    await site.go({}, '127.0.0.1');
    await site.open();
    await site.says('kept by the frame');
    await site.call('close');
    await site.call('reset');
    await eventually(async () => ((await stored()).flat().length === 0 ? true : null));
  });

  it('keeps nothing of a way in that was still open when everything was taken back', async () => {
    await visit();
    await site.go();
    await site.open();
    await site.write('on the way in');
    await conversationOf('on the way in');
    let letIn: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (letIn = resolve));
    await site.page.route('**/widget/v1/sessions', async (route) => {
      await gate;
      await route.continue().catch(() => undefined);
    });
    const asked = site.page.waitForRequest('**/widget/v1/sessions');
    await site.go();
    await site.press();
    const request = await asked;
    const ended = Promise.race([
      site.page.waitForEvent('requestfinished', { predicate: (one) => one === request }),
      site.page.waitForEvent('requestfailed', { predicate: (one) => one === request }),
    ]);
    await site.call('close');
    await site.call('reset');
    letIn();
    await ended;
    await site.page.waitForTimeout(300);
    const [atSite, atFrame] = await stored();
    expect([atSite, atFrame?.filter((name) => name !== 'blocked')]).toEqual([[], []]);
    // Whoever comes next is somebody new.
    await site.page.unroute('**/widget/v1/sessions');
    await site.open();
    await site.says('Hello! How can we help?');
    expect(await site.lines()).toEqual(['Hello! How can we help?']);
  });

  it('is not shown on a page that it was not allowed on [promise 12] (case V4)', async () => {
    browser.expectTrouble(/frame-ancestors|status of 403|ERR_BLOCKED_BY|does not match the recipient/u);
    await visit();
    await site.page.clock.install();
    await site.go({}, '127.0.0.1');
    await site.press();
    await eventually(async () => (site.asked.some((path) => path.startsWith('/widget/frame')) ? true : null));
    await site.page.clock.fastForward(11_000);
    await site.waitFor('failed', 'unavailable');
    expect(await site.button()).toEqual({ name: 'Chat', expanded: false });
    expect(site.asked.filter((path) => path.startsWith('/widget/v1'))).toEqual([]);
  });

  it('listens to its own frame alone (case V4)', async () => {
    await visit();
    await site.go();
    await site.open();
    await site.call('close');
    await site.page.evaluate(`{
      const forged = { parley: 1, type: 'state', unread: 9, kept: 'x', color: '#ff0000', corner: 'LEFT' };
      window.postMessage(forged, '*');
      const other = document.createElement('iframe');
      document.body.append(other);
      const origin = '${line.url}';
      for (const source of [window, other.contentWindow, null])
        window.dispatchEvent(new MessageEvent('message', { data: forged, source, origin }));
    }`);
    expect(await site.button()).toEqual({ name: 'Chat', expanded: false });
  });

  it('names the software unless that is switched off, and leads to /privacy always [promise 14]', async () => {
    for (const showBranding of [true, false]) {
      await set({ showBranding });
      await visit();
      await site.go();
      await site.open();
      await site.says('Hello! How can we help?');
      const privacy = site.frame.getByRole('contentinfo').getByRole('link', { name: 'Privacy' });
      await privacy.waitFor();
      expect(new URL((await privacy.getAttribute('href')) ?? '').pathname).toBe('/privacy');
      expect(await site.frame.getByRole('link', { name: 'Powered by Parley' }).count()).toBe(showBranding ? 1 : 0);
      if (showBranding) await site.close();
    }
    await set({ showBranding: true });
  });

  it('deletes what was written, when the visitor says so', async () => {
    await visit();
    await site.go();
    await site.open();
    await site.write('forget this, please');
    await conversationOf('forget this, please');
    // Whichever comes first, the answer or what the line says: here it is the line.
    await site.page.route('**/widget/v1/forget', async (route) => {
      const response = await route.fetch();
      await eventually(async () => ((await site.lines()).includes('forget this, please') ? null : true));
      await route.fulfill({ response });
    });
    await site.frame.getByRole('button', { name: 'Your data in this chat' }).click();
    await site.frame.getByRole('button', { name: 'Delete my conversation' }).click();
    await site.frame.getByRole('button', { name: 'Delete it' }).click();
    await site.frame.getByText('It was deleted.').waitFor();
    await eventually(async () =>
      (await rows("select 1 from messages where text = 'forget this, please'")).length === 0 ? true : null,
    );
    expect(await site.lines()).not.toContain('forget this, please');
  });

  it('speaks the language of the page, and can be read by everybody', async () => {
    const cases = [
      { lang: 'en', width: 1280, dark: false, title: 'Chat with us' },
      { lang: 'tr-TR', width: 360, dark: true, title: 'Bize yazın' },
      { lang: 'ar', width: 360, dark: false, title: 'تحدّث معنا' },
      { lang: 'de', width: 1280, dark: true, title: 'Schreiben Sie uns' },
    ];
    for (const { lang, width, dark, title } of cases) {
      await visit({ viewport: { width, height: 740 }, colorScheme: dark ? 'dark' : 'light' });
      await site.go({ 'page-lang': lang, dir: lang === 'ar' ? 'rtl' : 'ltr' });
      await site.open();
      await site.frame.getByRole('heading', { name: title }).waitFor();
      const code = lang.slice(0, 2);
      expect(site.asked.filter((path) => /\/[a-z]{2}-[\w-]+\.js/.test(path))).toEqual([
        expect.stringContaining(`/${code}-`),
      ]);
      expect(await site.frame.evaluate('[document.documentElement.lang, document.documentElement.dir]')).toEqual([
        lang,
        code === 'ar' ? 'rtl' : 'ltr',
      ]);
      await site.write(`axe ${lang}`);
      await site.frame.locator('form.card:visible').waitFor();
      expect([lang, await site.violations()]).toEqual([lang, []]);
      // On a phone it is all there is: the page behind it is out of reach, and comes back.
      expect(await site.page.evaluate('document.body.inert')).toBe(width === 360);
      await site.frame.locator('header button').last().click();
      await site.waitFor('close');
      expect(await site.page.evaluate('document.body.inert')).toBe(false);
      if (lang === 'en') {
        await site.call('setLocale', 'tr');
        await site.call('open');
        await site.frame.getByRole('heading', { name: 'Bize yazın' }).waitFor();
        expect(await site.lines()).toContain('axe en');
      }
      if (lang !== 'de') await site.close();
    }
  }, 60_000);
});
