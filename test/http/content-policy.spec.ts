import { type TestApp, startTestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { Dashboard } from '../browser/dashboard.js';
import { policyFaults, policyOf } from './content-policy.js';

const strict =
  "default-src 'none';object-src 'none';script-src 'self';script-src-attr 'none';style-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none';require-trusted-types-for 'script';trusted-types parley";
const faultsOf = (policy: string) =>
  policyFaults(policyOf({ headers: new Headers({ 'content-security-policy': policy }) }));

describe('what is asked of a page’s policy', () => {
  it('is met by a strict one', () => {
    expect(faultsOf(strict)).toEqual([]);
  });

  it.each([
    [
      'inline scripts',
      strict.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
      "script-src allows 'unsafe-inline'",
    ],
    ['eval', strict.replace("script-src 'self'", "script-src 'self' 'unsafe-eval'"), "script-src allows 'unsafe-eval'"],
    ['scripts from anywhere', `${strict};worker-src https:`, 'worker-src allows https:'],
    ['plug-ins', strict.replace("object-src 'none';", ''), 'object-src is missing'],
    ['another base', strict.replace("base-uri 'none'", "base-uri 'self'"), "base-uri is 'self'"],
    [
      'markup made of text',
      strict.replace("require-trusted-types-for 'script';", ''),
      'require-trusted-types-for is missing',
    ],
    ['other policies for that', strict.replace('types parley', 'types parley *'), 'trusted-types is parley *'],
    ['frames', strict.replace("frame-ancestors 'none'", 'frame-ancestors *'), 'frame-ancestors allows *'],
  ])('is missed by one that allows %s', (_what, policy, fault) => {
    expect(faultsOf(policy)).toContain(fault);
  });
});

describe('the dashboard under its policy, in a real browser', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let person: WatchedPage;
  const refused: string[] = [];

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), TestBrowser.launch()]);
    person = await browser.person();
    await person.context.exposeBinding('tellOfRefusal', (_source, what: string) => refused.push(what));
    await person.context.addInitScript(`
      document.addEventListener('securitypolicyviolation', (event) =>
        tellOfRefusal(event.effectiveDirective + ' ' + event.blockedURI + ' at ' + location.pathname));`);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  it('asks for nothing that it refuses, from the sign-up to the settings', async () => {
    const pages = new Dashboard(person.page, app.url);
    await pages.signUp('Ada', 'ada-policy@example.com', 'Ada and friends');
    for (const name of ['Channels', 'Knowledge', 'Bots']) await pages.settings(name);
    await pages.inbox();
    await person.page.goto(`${app.url}/w/nothing-like-it/inbox/open`);
    await person.page.getByRole('heading').first().waitFor();
    expect(refused).toEqual([]);
    expect(browser.troubles()).toEqual([]);
  }, 60_000);

  it.each([[[]], [['en-US@posix', 'C', 'tr_TR.UTF-8']]])(
    'is there in a browser whose languages are %j',
    async (languages) => {
      const { page, context } = await browser.person();
      await page.addInitScript(
        `Object.defineProperty(navigator, 'languages', { get: () => ${JSON.stringify(languages)} })`,
      );
      await context.addCookies(await person.context.cookies());
      await page.goto(app.url);
      await page.getByRole('navigation').getByRole('link').first().waitFor();
      expect(browser.troubles()).toEqual([]);
      await context.close();
    },
    30_000,
  );

  it('runs no script that a page was made to hold, and says so', async () => {
    browser.expectTrouble(/Content Security Policy|Content-Security-Policy/);
    // Markup of a text, a page for a parser, a worker and a script of any address: none is taken.
    const made = await person.page.evaluate<string[]>(`Promise.all([
      () => (document.createElement('div').innerHTML = '<b>b</b>'),
      () => new DOMParser().parseFromString('<b>b</b>', 'text/html'),
      () => (document.createElement('iframe').srcdoc = '<b>b</b>'),
      () => (document.createElement('script').src = '/appearance.js'),
      () => document.createElement('img').setAttribute('onerror', 'window.wasRun = true'),
      () => navigator.serviceWorker.register('/appearance.js'),
      () => trustedTypes.createPolicy('parley', { createHTML: (html) => html }),
      () => trustedTypes.createPolicy('another', { createHTML: (html) => html }),
    ].map(async (make) => { try { await make(); return 'made'; } catch (error) { return error.name; } }))`);
    expect(made).toEqual(Array.from({ length: 8 }, () => 'TypeError'));
    const ofTypes = await untilRefused(8);
    expect(new Set(ofTypes)).toEqual(new Set(['require-trusted-types-for', 'trusted-types']));
    refused.length = 0;
    await person.page.evaluate(`{
      const script = document.createElement('script');
      script.append(document.createTextNode('window.wasRun = true'));
      document.body.append(script);
    }`);
    expect(await untilRefused(1)).toEqual(['require-trusted-types-for']);
    refused.length = 0;
    await person.page.evaluate(`import('data:text/javascript,window.wasRun = true').catch(() => undefined)`);
    expect(await untilRefused(1)).toEqual(['script-src-elem']);
    expect(await person.page.evaluate('window.wasRun')).toBeUndefined();
  });

  /** The directives by which something was refused, once there are so many. */
  async function untilRefused(count: number): Promise<string[]> {
    const deadline = Date.now() + 5_000;
    while (refused.length < count && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 25));
    return refused.map((line) => line.split(' ', 1)[0] ?? '');
  }
});
