import { type TestApp, startTestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { Dashboard } from '../browser/dashboard.js';
import { policyFaults, policyOf } from './content-policy.js';

const strict =
  "default-src 'none';object-src 'none';script-src 'self';script-src-attr 'none';style-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'";
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

  it('runs no script that a page was made to hold, and says so', async () => {
    browser.expectTrouble(/Content Security Policy|Content-Security-Policy/);
    await person.page.evaluate(`{
      const script = document.createElement('script');
      script.textContent = 'window.wasRun = true';
      document.body.append(script);
      const image = document.createElement('img');
      image.setAttribute('onerror', 'window.wasRun = true');
      image.src = 'data:image/png;base64,none';
      document.body.append(image);
    }`);
    const deadline = Date.now() + 5_000;
    while (refused.length < 2 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 25));
    expect(refused.map((line) => line.split(' ', 2).join(' ')).sort()).toEqual([
      'script-src-attr inline',
      'script-src-elem inline',
    ]);
    expect(await person.page.evaluate('window.wasRun')).toBeUndefined();
  });
});
