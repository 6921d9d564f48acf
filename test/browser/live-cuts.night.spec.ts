import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Chance, fromSeed, seeds } from '../faults/harness/seed.js';
import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { TestClient, eventually } from '../support/client.js';
import { Line } from '../support/line.js';
import { Dashboard, startWithPages } from './dashboard.js';
import { Customers, ayse, john, marco } from './playing-customers.js';
import { onPage, onServer, threadOnPage, threadOnServer } from './truth.js';

const cuts = 100;
const hour = 3_600_000;
/** Before which cut the computer is shut for how long; beyond seven days the server no longer knows what was missed. */
const shut = new Map([
  [20, 10_000],
  [40, hour],
  [60, 24 * hour],
  [80, 8 * 24 * hour],
]);
/** Before which cut nobody tells the page that its line is gone. */
const silent = new Set([10, 30, 50, 70, 90]);

describe(`an inbox whose line is cut ${String(cuts)} times`, () => {
  let app: TestApp;
  let sql: pg.Client;
  let browser: TestBrowser;
  let line: Line;
  let ada: WatchedPage;
  let pages: Dashboard;
  let customers: Customers;
  let client: TestClient;
  let written = 0;
  const people = [ayse, john, marco] as const;

  /** A customer writes, or a colleague at another desk answers. */
  const somethingIsSaid = async (chance: Chance) => {
    written += 1;
    const text = `no. ${String(written)} of many`;
    const who = chance.pick(people);
    if (chance.strikes(0.75)) return customers.write(who, text);
    const conversationId = (await onServer(client)).ids.get(who.name);
    const input = { conversationId, text, idempotencyKey: `desk-${String(written)}` };
    await client.ask('mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }', { input });
  };

  beforeAll(async () => {
    [app, browser] = await Promise.all([startWithPages(), TestBrowser.launch()]);
    sql = new pg.Client({ connectionString: app.database.ownerUrl });
    await sql.connect();
    line = await Line.to(app.url);
    // As tall as the longest thread: a list shows what is in view.
    ada = await browser.person({ viewport: { width: 1_440, height: 9_000 } });
    await ada.page.clock.install();
    pages = new Dashboard(ada.page, line.url);
    customers = new Customers(app.sandbox.url);
    await pages.signUp('Ada', 'ada@example.com', 'Demo Shop');
    await pages.connect('messenger');
    await pages.connect('instagram');
    client = new TestClient(app.url);
    const cookies = await ada.context.cookies();
    client.cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    client.workspaceId = /\/w\/([^/]+)/u.exec(ada.page.url())?.[1] ?? null;
    await pages.inbox();
    for (const who of people) {
      written += 1;
      await customers.write(who, `no. ${String(written)} of many`);
      await pages.row(who.name).waitFor();
    }
    await pages.row(ayse.name).click();
    await pages.message('no. 1 of').waitFor();
    await ada.page.evaluate('window.neverLoadedAgain = true');
    browser.expectTrouble(/ERR_|WebSocket connection to|Failed to load resource/u);
  }, 180_000);
  afterAll(async () => {
    await client?.close();
    await browser?.close();
    await line?.close();
    await sql?.end();
    await app?.close();
  });

  it.each(seeds([20_261]))(
    'shows at the end what the server has: nothing missed, doubled or loaded again (seed %d)',
    (seed) => fromSeed(seed, 'test/browser/live-cuts.night.spec.ts', walk),
    900_000,
  );

  async function walk(chance: Chance): Promise<void> {
    const banner = ada.page.getByText('The live connection is lost');
    for (let cut = 1; cut <= cuts; cut += 1) {
      const speaking = Array.from({ length: chance.below(3) }, async () => {
        await sleep(chance.below(400));
        await somethingIsSaid(chance);
      });
      await sleep(chance.below(400));
      const stood = !(await banner.isVisible());
      if (silent.has(cut)) {
        await banner.waitFor({ state: 'hidden', timeout: 30_000 });
        line.freeze();
        // 3 s by the page's clock, and one for the machine's own delays.
        await banner.waitFor({ timeout: 4_000 });
      } else {
        line.cut();
        if (stood) await banner.waitFor({ timeout: 3_000 });
      }
      await sleep(chance.below(300));
      await Promise.all(speaking);
      if (chance.strikes(0.5)) await somethingIsSaid(chance);
      const slept = shut.get(cut);
      if (slept !== undefined) {
        if (slept > 7 * 24 * hour) await forgetTheFeed();
        await ada.page.clock.fastForward(slept);
      }
      line.mend();
      // Half of the cuts come while it is still on its way back.
      if (chance.strikes(0.5)) await banner.waitFor({ state: 'hidden', timeout: 30_000 });
    }
    await app.drainDeliveries();
    await banner.waitFor({ state: 'hidden', timeout: 30_000 });

    expect(written).toBeGreaterThan(cuts);
    await settles(async () => [await onPage(ada.page), await onServer(client)]);
    const { ids } = await onServer(client);
    for (const who of people) {
      await pages.row(who.name).click();
      const id = ids.get(who.name) ?? '';
      await pages.thread.getByRole('heading', { name: who.name }).waitFor();
      const shown = await settles(async () => {
        const page = await threadOnPage(pages);
        // Of the oldest the page shows those that it has asked for.
        return [page, (await threadOnServer(client, id)).slice(-page.length)];
      });
      expect(shown.length).toBeGreaterThanOrEqual(Math.min(50, (await threadOnServer(client, id)).length));
      expect(new Set(shown).size).toBe(shown.length);
    }
    // All were opened, and with that read: that is so on both sides too.
    await settles(async () => [await onPage(ada.page), await onServer(client)]);
    expect(await ada.page.title()).toBe('Parley');
    expect(await ada.page.evaluate('window.neverLoadedAgain')).toBe(true);
    expect(browser.troubles()).toEqual([]);
  }

  /** What seven days do. */
  async function forgetTheFeed(): Promise<void> {
    await app.drainDeliveries();
    const { workspaceId } = client;
    await sql.query('delete from workspace_events where workspace_id = $1', [workspaceId]);
    await sql.query('update workspace_counters set events_trimmed = events where workspace_id = $1', [workspaceId]);
  }
});

/** Waits until the page says what the server says, and gives it; shows both where they do not come to agree. */
async function settles<Said extends object>(ask: () => Promise<readonly [shown: Said, meant: Said]>): Promise<Said> {
  const keep = (said: object) => ('ids' in said ? { ...said, ids: undefined } : said);
  let last: readonly [Said, Said] | null = null;
  await eventually(async () => {
    last = await ask();
    return JSON.stringify(keep(last[0])) === JSON.stringify(keep(last[1])) ? true : null;
  }, 20_000).catch(() => undefined);
  const [shown, meant] = last ?? (await ask());
  expect(keep(shown)).toEqual(keep(meant));
  return shown;
}
