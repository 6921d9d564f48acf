import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { TestClient, eventually } from '../support/client.js';
import { InboxUnderTest, type TestInbox } from '../support/inbox.js';
import { Dashboard, buildDashboard, password } from './dashboard.js';

const [unsent, waiting] = ['words nobody has sent yet', 'words that wait to leave'];

/** Everything that a page of this origin can find in the browser, with what it says. */
const kept = `(async () => {
  const stored = [localStorage, sessionStorage].flatMap((store) => Object.entries(store).map(([name, value]) => name + '=' + value));
  const databases = (await indexedDB.databases()).map(({ name }) => 'database ' + name);
  const files = (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys())
    .map(({ url }) => 'file ' + new URL(url).pathname)))).flat();
  const registrations = await navigator.serviceWorker.getRegistrations();
  const pushes = (await Promise.all(registrations.map(({ pushManager }) => pushManager.getSubscription()))).filter(Boolean);
  const shown = (await Promise.all(registrations.map((one) => one.getNotifications()))).flat();
  return [...stored, ...databases, ...files, ...pushes.map(() => 'push'), ...shown.map(({ title }) => 'notification ' + title)];
})()`;
/** How the browser looks and is worked, and the page that says that there is no network (docs/browser.md). */
const mayStay =
  /^parley\.(?:theme|language|keys|shortcuts)=|^file \/(?:offline\.(?:html|css|js)|appearance\.js|favicon\.svg)$/u;

/** However a session ends: at this browser, by time, or from another device. */
const ends: readonly (readonly [string, (who: Ending) => Promise<unknown>])[] = [
  [
    'signs out',
    async ({ pages, page }) => {
      await pages.settings('Profile');
      await page.getByRole('button', { name: 'Sign out' }).click();
    },
  ],
  [
    'has been away for too long',
    async ({ server, page }) => {
      await server.admin.query(`update sessions set expires_at = now() - interval '1 minute'`);
      await page.reload();
    },
  ],
  [
    'is signed out from another device, with the page open',
    async ({ inbox, server }) => {
      const { viewer } = await inbox.client.ask<{ viewer: { email: string } }>('{ viewer { email } }');
      const elsewhere = new TestClient(server.app.url);
      await elsewhere.ask('mutation ($input: SignInInput!) { signIn(input: $input) { id } }', {
        input: { email: viewer.email, password },
      });
      await elsewhere.ask('mutation { revokeOtherSessions }');
    },
  ],
];
interface Ending {
  readonly server: InboxUnderTest;
  readonly inbox: TestInbox;
  readonly page: WatchedPage['page'];
  readonly pages: Dashboard;
}

describe('a computer at which somebody', () => {
  let server: InboxUnderTest;
  let browser: TestBrowser;

  beforeAll(async () => {
    await buildDashboard();
    [server, browser] = await Promise.all([InboxUnderTest.start({ redis: false }), TestBrowser.launch()]);
    browser.expectTrouble(/status of 401/u);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it.each(ends)(
    '%s keeps nothing of them, of their work and of their customers',
    async (_how, end) => {
      const inbox = await server.inbox();
      const conversation = await server.conversation(inbox, { last_inbound_at: new Date() });
      await server.message(inbox, conversation);
      const { page, context } = await browser.person();
      const [name = '', value = ''] = (inbox.client.cookie ?? '').split(/=(.*)/s);
      await context.addCookies([{ name, value, url: server.app.url }]);
      await page.addInitScript(
        `localStorage.setItem('parley.send-delay', '30'); localStorage.setItem('parley.theme', 'dark')`,
      );
      const pages = new Dashboard(page, server.app.url);
      await page.goto(`${server.app.url}/w/${inbox.workspaceId}/inbox/all/${conversation}`);
      await pages.reply.fill(waiting);
      await pages.reply.press('Control+Enter');
      await pages.reply.fill(unsent);
      const before = await eventually(async () => {
        const all = (await page.evaluate<string[]>(kept)).join('\n');
        return all.includes(unsent) && all.includes(waiting) ? all : null;
      });
      expect(before).toContain('parley.workspace=');
      expect((await context.cookies()).map((cookie) => cookie.name)).toEqual([name]);
      await end({ server, inbox, page, pages });
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      const left = () => page.evaluate<string[]>(kept).then((all) => all.filter((one) => !mayStay.test(one)));
      // The next page load puts the delay of this test back; nothing else may come back with time.
      await eventually(async () => ((await left()).some((one) => one.includes('words')) ? null : true));
      await page.waitForTimeout(1_000);
      expect(await left()).toEqual([]);
      await context.close();
    },
    60_000,
  );
});
