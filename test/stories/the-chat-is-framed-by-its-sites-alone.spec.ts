import { jest } from '@jest/globals';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { FrameTickets } from '../../src/conversations/widget/frame-tickets.js';
import { WidgetPages } from '../../src/conversations/widget/widget-pages.js';
import { Config } from '../../src/platform/config/index.js';
import { policyOf } from '../http/content-policy.js';
import { InboxUnderTest, type TestInbox } from '../support/inbox.js';
import { type TestWebChat, TestVisitor, createWebChat } from '../support/visitor.js';

describe('the frame of a chat', () => {
  let test: InboxUnderTest;
  let inbox: TestInbox;
  let chat: TestWebChat;
  let own: string;
  const frame = (key: string, referer?: string) =>
    fetch(`${test.app.url}/widget/frame?key=${key}`, { headers: referer === undefined ? {} : { referer } });
  const ticketOf = async (of: TestWebChat, referer?: string) =>
    /<meta name="parley-ticket" content="([^"]+)">/.exec(await (await frame(of.publicKey, referer)).text())?.[1] ?? '';
  const visitor = () => new TestVisitor(test.app.url, chat, own);

  beforeAll(async () => {
    test = await InboxUnderTest.start({ environment: { TRUST_PROXY: '1' } });
    inbox = await test.inbox();
    chat = await createWebChat(inbox.client, ['shop.example', '*.shop.example', 'localhost:5173']);
    own = new URL(test.app.app.get(Config).publicUrl).origin;
    // Pages as a build leaves them, whatever this checkout has built.
    const folder = await mkdtemp(path.join(tmpdir(), 'widget-pages-'));
    await writeFile(
      path.join(folder, 'frame.html'),
      '<!doctype html><html><head><title>Chat</title></head><body></body></html>',
    );
    await writeFile(path.join(folder, 'widget.js'), 'void 0;');
    await writeFile(path.join(folder, 'widget.js.gz'), gzipSync('void 0;'));
    await writeFile(path.join(folder, 'widget.js.br'), brotliCompressSync('void 0;'));
    Object.assign(test.app.app.get(WidgetPages), { folder });
  }, 60_000);
  afterAll(async () => {
    await inbox.client.close();
    await test.stop();
  });

  it('may stand in the pages of its sites and in no others (case V4)', async () => {
    const response = await frame(chat.publicKey, 'https://shop.example/cart?item=1');
    expect(response.status).toBe(200);
    expect(policyOf(response).get('frame-ancestors')).toEqual([
      'https://shop.example',
      'https://*.shop.example',
      'http://localhost:5173',
      'https://localhost:5173',
    ]);
    expect(policyOf(response).get('script-src')).toEqual(["'self'"]);
    expect(policyOf(response).get('style-src')).toEqual(["'self'"]);
    expect(response.headers.get('x-frame-options')).toBeNull();
    // In pages that isolate themselves as well.
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(response.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect((await frame(chat.publicKey, 'https://evil.example/')).status).toBe(403);
    for (const key of ['', 'pk_none', `pk_${'x'.repeat(22)}`, `${chat.publicKey}'`]) {
      const refused = await frame(encodeURIComponent(key));
      expect([refused.status, refused.headers.get('x-frame-options')]).toEqual([404, 'DENY']);
    }
    const nowhere = await createWebChat(inbox.client, []);
    expect(policyOf(await frame(nowhere.publicKey)).get('frame-ancestors')).toEqual(["'none'"]);
  });

  it('opens a session by its ticket, for its own chat, while it lasts', async () => {
    const other = await createWebChat(inbox.client);
    const ticket = await ticketOf(chat, 'https://shop.example/');
    const opened = await visitor().open({ ticket });
    expect(opened.status).toBe(201);
    const tickets = test.app.app.get(FrameTickets);
    const [expires = '', page = '', signature = ''] = ticket.split('.');
    const late = Date.now() - 11 * 60_000;
    const clock = jest.spyOn(Date, 'now').mockReturnValue(late);
    const old = tickets.issue(chat.publicKey, null);
    clock.mockRestore();
    for (const [what, given] of Object.entries({
      none: undefined,
      empty: '',
      'of another chat': await ticketOf(other, 'https://shop.example/'),
      'that is over': old,
      'made longer': `${String(Number(expires) + 60_000)}.${page}.${signature}`,
      'for another page': `${expires}.${Buffer.from('https://evil.example').toString('base64url')}.${signature}`,
      'with more behind it': `${ticket}.x`,
      'cut short': ticket.slice(0, -4),
    }))
      expect([what, (await visitor().open({ ticket: given })).status]).toEqual([what, 403]);
    // Who was let in once comes back without one.
    const known = visitor();
    await known.open({ ticket });
    expect((await known.open()).status).toBe(201);
    expect((await known.write('Hello')).status).toBe(201);
  });

  it('is shut when its page is taken off the list, also while it is open', async () => {
    const inFrame = visitor();
    await inFrame.open({ ticket: await ticketOf(chat, 'https://www.shop.example/') });
    expect((await inFrame.write('Hello')).status).toBe(201);
    const change = (allowedDomains: string[]) =>
      inbox.client.ask('mutation ($input: UpdateWebChatInput!) { updateWebChat(input: $input) { id } }', {
        input: { id: chat.channelId, allowedDomains },
      });
    await change(['shop.example']);
    expect([
      (await inFrame.write('Hello?')).status,
      (await inFrame.messages()).status,
      (await inFrame.open()).status,
    ]).toEqual([403, 403, 403]);
    await change(['*.shop.example']);
    expect((await inFrame.write('Hello again')).status).toBe(201);
  });

  it('comes with a loader that any page may fetch', async () => {
    const loader = await fetch(`${test.app.url}/widget.js`);
    expect([
      loader.status,
      loader.headers.get('content-type'),
      loader.headers.get('cross-origin-resource-policy'),
    ]).toEqual([200, 'text/javascript; charset=utf-8', 'cross-origin']);
    expect(await loader.text()).toBe('void 0;');
    // It is small on its way as well, for whoever can read that, and no store between gives one the other's.
    const etags = new Set<string>();
    for (const [accepted, encoding] of [
      ['gzip, deflate, br', 'br'],
      ['gzip, deflate', 'gzip'],
      ['gzip;q=1.0, br;q=0', 'gzip'],
      ['identity', null],
      ['gzip;q=0', null],
    ] as const) {
      const ask = (more: Record<string, string> = {}) =>
        fetch(`${test.app.url}/widget.js`, { headers: { 'accept-encoding': accepted, ...more } });
      const response = await ask();
      const { headers } = response;
      expect([accepted, headers.get('content-encoding'), headers.get('vary'), await response.text()]).toEqual([
        accepted,
        encoding,
        'accept-encoding',
        'void 0;',
      ]);
      // What a browser has already is not sent again; each form is its own.
      const etag = headers.get('etag') ?? '';
      const again = await ask({ 'if-none-match': etag });
      expect([again.status, await again.text(), again.headers.get('cache-control')]).toEqual([
        304,
        '',
        'public, max-age=300',
      ]);
      expect((await ask({ 'if-none-match': '"of-another-build"' })).status).toBe(200);
      etags.add(etag);
    }
    expect(etags.size).toBe(3);
  });

  it('is the frame of the version that a loader speaks, and of none that there is not', async () => {
    for (const [version, status] of [
      ['', 200],
      ['&v=1', 200],
      ['&v=1.1', 200],
      ['&v=1.99', 200],
      ['&v=2', 404],
      ['&v=0.9', 404],
      ['&v=1x', 404],
    ] as const)
      expect([version, (await frame(`${chat.publicKey}${version}`)).status]).toEqual([version, status]);
  });

  it('may stand in the web view of an app where its inbox says so, and nowhere else', async () => {
    const made = await createWebChat(inbox.client, ['shop.example']);
    const ancestors = async () => policyOf(await frame(made.publicKey)).get('frame-ancestors');
    const from = (origin: string) => new TestVisitor(test.app.url, made, origin);
    const apps = ['null', 'file://', 'capacitor://localhost'];
    const tries = async () => Promise.all(apps.map(async (origin) => (await from(origin).open()).status));
    const allow = (allowApps: boolean) =>
      inbox.client.ask('mutation ($input: UpdateWebChatInput!) { updateWebChat(input: $input) { id } }', {
        input: { id: made.channelId, allowApps },
      });
    // Off until it is switched on.
    expect(await ancestors()).toEqual(['https://shop.example']);
    expect(await tries()).toEqual([403, 403, 403]);
    await allow(true);
    expect(await ancestors()).toEqual(['https://shop.example', 'file:', 'app:', 'capacitor:', 'ionic:', 'tauri:']);
    expect(await tries()).toEqual([201, 201, 201]);
    expect((await from('https://evil.example').open()).status).toBe(403);
    expect((await from('chrome-extension://abcdef').open()).status).toBe(403);
    const inside = from('null');
    await inside.open();
    expect((await inside.write('From the app')).status).toBe(201);
    await allow(false);
    expect([
      (await inside.write('Again')).status,
      (await inside.messages()).status,
      (await inside.open()).status,
    ]).toEqual([403, 403, 403]);
  });
});
