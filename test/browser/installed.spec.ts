import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { eventually } from '../support/client.js';
import { Dashboard, startWithPages } from './dashboard.js';
import { Customers, ayse } from './playing-customers.js';

const keptFiles = `(async () => {
  const names = await caches.keys();
  const lists = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)));
  return lists.flat();
})()`;
const asksForBadge = `navigator.setAppBadge = (count) => Promise.resolve(void (window.badge = count)); navigator.clearAppBadge = () => Promise.resolve(void (window.badge = 0));`;

/** The pages as an app of the system: what they look like before anything has loaded, without a network, and from outside. */
describe('the pages as an app', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let ada: WatchedPage;
  let pages: Dashboard;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startWithPages(), TestBrowser.launch()]);
    ada = await browser.person({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
    await ada.page.addInitScript(asksForBadge);
    pages = new Dashboard(ada.page, app.url);
    await pages.signUp('Ada', 'ada@example.com', 'Demo Shop');
    await pages.connect('messenger');
    await pages.inbox();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  it('are painted in the colours and the direction that were chosen before any script of theirs has run', async () => {
    // In a window that has loaded nothing yet: a script that is kept somewhere cannot be held back.
    const { page, context } = await browser.person({
      colorScheme: 'light',
      storageState: {
        cookies: await ada.context.cookies(),
        origins: [
          {
            origin: new URL(app.url).origin,
            localStorage: [
              { name: 'parley.theme', value: 'dark' },
              { name: 'parley.language', value: 'ar' },
            ],
          },
        ],
      },
    });
    let release = () => undefined as void;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/assets/index-*.js', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(app.url, { waitUntil: 'commit' });
    await eventually(async () => {
      const styled = page.evaluate<boolean>('document.styleSheets.length > 0 && document.body !== null');
      return (await styled.catch(() => false)) ? true : null;
    });
    const seen = await page.evaluate<string[]>(
      `[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.documentElement).colorScheme,
        document.querySelector('meta[name=color-scheme]').content, document.documentElement.dir,
        String(document.getElementById('root').childElementCount)]`,
    );
    expect(seen).toEqual(['rgb(19, 22, 21)', 'dark', 'dark', 'rtl', '0']);
    release();
    await page.getByRole('heading', { level: 2, name: 'الوارد' }).waitFor();
    await context.close();
    expect(browser.troubles()).toEqual([]);
  }, 30_000);

  it('have a manifest that a browser takes, and icons that are there', async () => {
    const { page } = ada;
    const address = await page.locator('link[rel=manifest]').getAttribute('href');
    const answer = await fetch(`${app.url}${address ?? ''}`);
    expect(answer.headers.get('content-type')).toMatch(/^application\/manifest\+json/);
    const manifest = (await answer.json()) as { icons: { src: string; type: string; purpose?: string }[] };
    expect(manifest.icons.some(({ purpose }) => purpose === 'maskable')).toBe(true);
    for (const { src, type } of manifest.icons) {
      const icon = await fetch(`${app.url}${src}`);
      expect([src, icon.status, icon.headers.get('content-type')]).toEqual([src, 200, type]);
    }
    const session = await ada.context.newCDPSession(page);
    const { errors } = await session.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // A window that leaves no traces cannot install anything; there is nothing else to be said against it.
    expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
  });

  it('count what is unread in the title and on the icon as the server does, also after a time without a line', async () => {
    const { page, context } = ada;
    const customers = new Customers(app.sandbox.url);
    const shown = () => page.evaluate<[string, number | undefined]>('[document.title, window.badge]');
    const until = (count: number) =>
      eventually(async () => {
        const [title, badge] = await shown();
        return title === (count ? `(${String(count)}) Parley` : 'Parley') && (badge ?? 0) === count ? true : null;
      });
    await customers.write(ayse, 'First');
    await pages.row(ayse.name).waitFor();
    await until(1);
    await pages.row(ayse.name).click();
    await until(0);
    await page.getByRole('link', { name: 'Settings' }).click();
    browser.expectTrouble(/ERR_INTERNET_DISCONNECTED|WebSocket/u);
    await context.setOffline(true);
    await customers.write(ayse, 'Second');
    await customers.write({ ...ayse, customerId: '7100000000000002' }, 'Third');
    await context.setOffline(false);
    await until(2);
  }, 60_000);

  it('leave neither a count nor files behind once somebody has signed out', async () => {
    const { page } = ada;
    await pages.settings('Profile');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await eventually(async () => ((await page.evaluate('window.badge')) === 0 ? true : null));
    expect(
      (await page.evaluate<string[]>(keptFiles)).filter((path) => !/^\/(?:offline|appearance|favicon)\./u.test(path)),
    ).toEqual([]);
  });
});
