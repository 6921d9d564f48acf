import { type TestApp, startTestApp } from '../support/app.js';
import { TestBrowser } from '../support/browser.js';
import { isHeard } from './careless-page.js';
import { buildDashboard } from './dashboard.js';
import { HostileWalk, lures, mostSeen } from './hostile-walk.js';
import { hostileWords, someWords } from './hostile-words.js';
import { WordTrap } from './word-trap.js';

/** Some of the payloads on the pages that people look at most (case V5); all of them everywhere is for the night. */
describe('words that want to run', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let trap: WordTrap;

  beforeAll(async () => {
    await buildDashboard();
    [app, browser, trap] = await Promise.all([startTestApp({ redis: false }), TestBrowser.launch(), WordTrap.start()]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await app?.close();
    await trap?.stop();
  });

  it('run on no page that people look at, ask nobody, and are never what a policy has to refuse', async () => {
    const words = someWords(hostileWords(trap.url));
    const walk = await HostileWalk.start(browser, trap, app.url, words, words.length);
    for (const stop of mostSeen) await walk.stop(stop);
    const { inside, outside } = lures(words.map(({ text }) => text).join(' '));
    for (const address of inside.slice(0, 1)) await walk.lure(address, false);
    for (const address of outside.slice(0, 1)) await walk.lure(address, true);
    await walk.refused(mostSeen[1]?.path ?? '', words.map(({ text }) => text).join(' '));
    expect(trap.take()).toEqual({});
    expect(walk.wrong).toEqual([]);
    expect(browser.troubles()).toEqual([]);
    for (const field of [
      'Contact.name',
      'Message.text',
      'Attachment.name',
      'Workspace.name',
      'User.name',
      'Channel.name',
    ])
      expect(walk.shown).toContain(field);
    await walk.end();
  }, 90_000);

  it('would be heard, on a page that takes them for markup, addresses and styles', async () => {
    const words = someWords(hostileWords(trap.url));
    const heard = await trap.beCareless(browser, words);
    expect(words.filter(({ number }) => heard.has(number))).toEqual(words.filter(isHeard));
  }, 60_000);
});
