import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { eventually } from '../support/client.js';
import { Dashboard, root, settingsPlaces, startWithPages } from './dashboard.js';

/** A page with a list: where its emptiness stands, and what is asked for it. */
interface Listed {
  readonly place: string;
  readonly asks: string;
  /** What the emptiness stands in. */
  readonly within?: string;
}
const lists: readonly Listed[] = [
  { place: 'inbox/open', asks: 'Conversations', within: '.list-pane' },
  { place: 'leads', asks: 'Leads' },
  { place: 'leads/import', asks: 'LeadImports' },
  { place: 'contacts', asks: 'Contacts' },
  { place: 'search?q=xyzzyx', asks: 'SearchMessages' },
  { place: 'search?q=is%3Aopen', asks: 'Conversations' },
  { place: 'reports', asks: 'InboxReport' },
  { place: 'settings/channels', asks: 'Channels' },
  { place: 'settings/bots', asks: 'Bots' },
  { place: 'settings/knowledge', asks: 'Knowledge' },
  { place: 'settings/questions', asks: 'UnansweredQuestions' },
  { place: 'settings/ai', asks: 'AiRuns' },
  { place: 'settings/replies', asks: 'CannedResponses' },
  { place: 'settings/contacts', asks: 'ContactFields' },
  { place: 'settings/forms', asks: 'ContactForms' },
  { place: 'settings/shopify', asks: 'ShopifyStores' },
  { place: 'settings/webhooks', asks: 'WebhookEndpoints' },
  { place: 'settings/members', asks: 'Invitations' },
  { place: 'settings/tokens', asks: 'ApiTokens' },
  { place: 'settings/privacy?state=ALL', asks: 'PrivacyRequests' },
  { place: 'settings/privacy/holds', asks: 'LegalHolds' },
];
/** Those that are never empty. */
const full: readonly Listed[] = [
  { place: 'settings/security', asks: 'Sessions' },
  { place: 'settings/audit', asks: 'AuditLog' },
];

const actionsIn = (page: Page, within: string) =>
  page.locator(`${within} :is(a, button:not(.link-button))`).filter({ visible: true });

/** Every route of a new workspace once, in one fixed look: the others are looked at by night. */
describe('every page of the dashboard', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let ada: WatchedPage;
  let base = '';
  const go = (place: string) => ada.page.goto(`${base}/${place}`);
  const speak = (language: string) => ada.page.evaluate(`localStorage.setItem('parley.language', '${language}')`);

  beforeAll(async () => {
    [app, browser] = await Promise.all([startWithPages(), TestBrowser.launch()]);
    ada = await browser.person({ reducedMotion: 'reduce', colorScheme: 'dark', serviceWorkers: 'block' });
    await new Dashboard(ada.page, app.url).signUp('Ada', 'ada@example.com', 'Demo Shop');
    base = /^.*\/w\/[^/]+/u.exec(ada.page.url())?.[0] ?? '';
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  it('stands the checks of accessibility in the dark, from right to left, and fits; what is empty has one action', async () => {
    const { page } = ada;
    const axe = await readFile(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
    await speak('ar');
    const settings = [...settingsPlaces(), 'privacy/new'].map((name) => `settings/${name}`);
    const ofInstance = ['../../instance/privacy', '../../instance/privacy/none'];
    const places = new Set([...lists, ...full].map(({ place }) => place).concat(settings, ofInstance));
    const wrong: string[] = [];
    for (const [index, place] of [...places].entries()) {
      await page.setViewportSize(index % 2 === 0 ? { width: 1440, height: 900 } : { width: 360, height: 740 });
      await go(place);
      await page.locator('main h1').waitFor();
      const list = lists.find((one) => one.place === place);
      if (list) {
        const empty = `${list.within ?? 'main'} .empty-state`;
        await page.locator(empty).first().waitFor();
        if ((await actionsIn(page, empty).count()) !== 1) wrong.push(`${place}: no single action where it is empty`);
      }
      await page.locator('.loading').first().waitFor({ state: 'detached' });
      await page.evaluate(axe);
      const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
        `axe.run({ resultTypes: ['violations'] })`,
      );
      for (const { id, nodes } of violations)
        for (const { html } of nodes) wrong.push(`${place}: ${id}: ${html.slice(0, 120)}`);
      if (await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')) wrong.push(`${place}: wide`);
    }
    expect(places.size).toBeGreaterThan(16);
    expect(wrong).toEqual([]);
    expect(browser.troubles()).toEqual([]);
  }, 120_000);

  it('says what went wrong with its list, with one way on: once more, or to those who may', async () => {
    const { page } = ada;
    const wrong: string[] = [];
    let code = '';
    let asked = '';
    await speak('en');
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.route('**/graphql', async (route) => {
      const { operationName } = route.request().postDataJSON() as { operationName?: string };
      if (operationName !== asked) return route.fallback();
      await route.fulfill({
        json: { errors: [{ message: 'none', extensions: { code, requestId: 'request-of-the-test' } }], data: null },
      });
    });
    for (const { place, asks } of [...lists, ...full]) {
      [code, asked] = ['UNAVAILABLE', asks];
      await go(place);
      const note = page.locator('.failure-note').first();
      const ways = actionsIn(page, '.failure-note');
      const told = await (async () => {
        await note.getByText('The server cannot answer just now').waitFor();
        if ((await ways.allInnerTexts()).some((words) => words !== 'Try again')) return 'more than one way';
        code = 'FORBIDDEN';
        // Others on the page may have asked for the same just before, and be answered after.
        const refused = note.getByText('Your role does not allow this');
        await eventually(async () => {
          if (await refused.isVisible()) return true;
          await note
            .getByRole('button', { name: 'Try again' })
            .click({ timeout: 1_000 })
            .catch(() => undefined);
          return null;
        });
        await note.getByRole('link', { name: 'See who they are' }).waitFor();
        return null;
      })().catch((error: unknown) => String(error));
      if (told !== null) wrong.push(`${place} with ${code}: ${told}`);
    }
    await page.unroute('**/graphql');
    expect(wrong).toEqual([]);
  }, 120_000);

  it('offers to widen what was narrowed to nothing', async () => {
    const { page } = ada;
    await speak('en');
    const narrowed: readonly (readonly [string, string, (() => Promise<void>) | null])[] = [
      ['inbox/open?q=xyzzyx', 'Clear filters', null],
      ['search?q=xyzzyx', 'Clear the search', null],
      ['search?q=is%3Aopen', 'Clear the search', null],
      ['contacts', 'Clear the search', () => page.getByRole('searchbox').fill('xyzzyx')],
      ['settings/privacy', 'Show everything', null],
      [
        'settings/audit',
        'Show everything',
        async () => {
          await page.getByLabel('Only actions named').fill('nothing.of.this.name');
          await page.getByRole('button', { name: 'Show', exact: true }).click();
        },
      ],
    ];
    for (const [place, words, narrow] of narrowed) {
      await go(place);
      await narrow?.();
      const button = page.locator('.empty-state').getByRole('button', { name: words });
      await button.click();
      await button.waitFor({ state: 'detached' });
    }
  }, 60_000);

  it('paints nothing light before it is dark', async () => {
    const { page, context } = ada;
    // The system is light here, the choice is dark.
    await page.emulateMedia({ colorScheme: 'light' });
    await page.evaluate(`localStorage.setItem('parley.theme', 'dark')`);
    await go('settings/profile');
    await page.locator('main h1').waitFor();
    const devtools = await context.newCDPSession(page);
    const frames: string[] = [];
    devtools.on('Page.screencastFrame', ({ data, sessionId }) => {
      frames.push(data);
      void devtools.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined);
    });
    await devtools.send('Page.startScreencast', { format: 'jpeg', maxWidth: 160, maxHeight: 100 });
    await page.reload();
    await page.locator('main h1').waitFor();
    await devtools.send('Page.stopScreencast');
    const eye = await browser.person();
    const brightness = await eye.page.evaluate<number[]>(`Promise.all(${JSON.stringify(frames)}.map(async (data) => {
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
      const picture = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
      const canvas = new OffscreenCanvas(1, 1).getContext('2d');
      canvas.drawImage(picture, 0, 0, 1, 1);
      return Math.max(...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3));
    }))`);
    await eye.context.close();
    expect(brightness.length).toBeGreaterThan(0);
    expect(brightness.filter((light) => light > 90)).toEqual([]);
  }, 60_000);
});
