import { setTimeout as sleep } from 'node:timers/promises';
import type { Route } from 'playwright-core';
import pg from 'pg';
import { Chance, fromSeed, seeds } from '../faults/harness/seed.js';
import type { TestApp } from '../support/app.js';
import { TestBrowser } from '../support/browser.js';
import { eventually } from '../support/client.js';
import { Line } from '../support/line.js';
import { Dashboard, password, startWithPages } from './dashboard.js';
import { type Customer, Customers, ayse, john, juergen, marco } from './playing-customers.js';

const perPerson = 250;
const perRound = 10;
/** A slow machine may load a page for long; what is sent twice is told by the counts, not by a clock. */
const patience = 90_000;

const disturbances = ['loaded again', 'line cut', 'answer lost'] as const;
type Disturbance = (typeof disturbances)[number];

/** One of four people at desks of their own, each with a line that can be cut, answering one customer. */
interface Desk {
  readonly pages: Dashboard;
  readonly line: Line;
  readonly customer: Customer;
}

describe('a reply is sent once', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let sql: pg.Client;
  let customers: Customers;
  const desks: Desk[] = [];
  const happened: Record<Disturbance, number> = { 'loaded again': 0, 'line cut': 0, 'answer lost': 0 };

  beforeAll(async () => {
    [app, browser] = await Promise.all([startWithPages(), TestBrowser.launch()]);
    sql = new pg.Client({ connectionString: app.database.ownerUrl });
    await sql.connect();
    customers = new Customers(app.sandbox.url);
    for (const customer of [ayse, john, marco, juergen]) {
      const line = await Line.to(app.url);
      const { page, context } = await browser.person({ viewport: { width: 1_280, height: 800 } });
      context.setDefaultTimeout(patience);
      const pages = new Dashboard(page, line.url);
      if (desks.length === 0) {
        await pages.signUp('Ada', 'ada@example.com', 'Demo Shop');
        for (const kind of ['messenger', 'instagram', 'whatsapp'] as const) await pages.connect(kind);
      } else {
        await page.goto(`${line.url}/sign-in`);
        await page.getByLabel('E-mail').fill('ada@example.com');
        await page.getByLabel('Password').fill(password);
        await page.getByRole('button', { name: 'Sign in' }).click();
        await page.waitForURL('**/w/*/inbox/open');
      }
      await pages.inbox();
      await customers.write(customer, 'Is anybody there?');
      await pages.row(customer.name).click();
      await pages.message('Is anybody there?').waitFor();
      desks.push({ pages, line, customer });
    }
    browser.expectTrouble(/ERR_|WebSocket connection to|Failed to load resource|Failed to fetch/u);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    for (const { line } of desks) await line.close();
    await sql?.end();
    await app?.close();
  });

  it.each(seeds([31_337]))(
    'and in order, though it is clicked twice, the page loaded again, the line cut and its answer lost (seed %d)',
    (seed) =>
      fromSeed(seed, 'test/browser/sent-once.night.spec.ts', async () => {
        const sittings = desks.map((desk, index) => sitAt(desk, index, new Chance(seed + index)));
        // Nobody goes on sending into what is looked at next.
        const ends = await Promise.allSettled(sittings);
        for (const end of ends) if (end.status === 'rejected') throw end.reason;
        await app.drainDeliveries();
        for (const [index, { pages, customer }] of desks.entries()) {
          await allGone(pages);
          const wanted = Array.from({ length: perPerson }, (_, place) => wordsOf(index, place));
          expect(await stored(index)).toEqual(wanted.map((text) => ({ text, keys: 1, times: 1 })));
          const heard = await eventually(async () => {
            const thread = await customers.thread(customer);
            const texts = thread.filter(({ from }) => from !== 'customer').map(({ text }) => text);
            return texts.length >= perPerson ? texts : null;
          }, 120_000);
          expect(heard).toEqual(wanted);
        }
        // Each kind came often enough to say something.
        for (const kind of disturbances) expect(happened[kind]).toBeGreaterThanOrEqual(perPerson / perRound / 2);
        expect(browser.troubles()).toEqual([]);
      }),
    1_800_000,
  );

  it('and what waits outlives that the page is loaded again', async () => {
    const { pages, customer } = desks[0] as Desk;
    const { page } = pages;
    const texts = ['kept, the first', 'kept, the second', 'kept, the third'];
    await page.context().route('**/graphql', (route) => route.abort());
    for (const text of texts) {
      await pages.reply.fill(text);
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await pages.message(text).waitFor();
    }
    expect(await waiting(pages)).toBe(3);
    await page.reload();
    expect(await waiting(pages)).toBe(3);
    await page.context().unroute('**/graphql');
    await page.reload();
    for (const text of texts) {
      await customers.received(customer, text);
      await pages.message(text).waitFor();
      expect(await pages.message(text).count()).toBe(1);
    }
    await eventually(async () => ((await waiting(pages)) === 0 ? true : null));
  }, 240_000);

  /** Sends all of one desk, ten at a time, and in each ten one thing happens at some moment. */
  async function sitAt({ pages, line }: Desk, desk: number, chance: Chance): Promise<void> {
    for (let place = 0; place < perPerson; place += perRound) {
      const disturbed = chance.below(perRound);
      const kind = chance.pick(disturbances);
      for (let step = 0; step < perRound; step += 1) {
        const text = wordsOf(desk, place + step);
        const happens = step === disturbed ? kind : null;
        if (happens === 'answer lost') await sendUnheard(pages, text, chance);
        else await send(pages, text, chance);
        if (happens === 'line cut') await cut(line, chance);
        if (happens === 'loaded again') await loadAgain(pages, chance);
        if (happens !== null) happened[happens] += 1;
      }
      // What waits must not pile up where a slow machine takes a second for each: the next ten would measure that alone.
      await allGone(pages);
    }
  }

  async function send({ page, reply }: Dashboard, text: string, chance: Chance): Promise<void> {
    await reply.fill(text);
    if (chance.strikes(0.5)) await page.getByRole('button', { name: 'Send', exact: true }).dblclick();
    else {
      await reply.press('Control+Enter');
      await reply.press('Control+Enter');
    }
  }

  async function cut(line: Line, chance: Chance): Promise<void> {
    await sleep(chance.below(60));
    line.cut();
    await sleep(chance.below(1_200));
    line.mend();
  }

  async function loadAgain({ page, reply }: Dashboard, chance: Chance): Promise<void> {
    await sleep(chance.below(60));
    await page.reload();
    await reply.waitFor().catch(async (cause: unknown) => {
      const shown = await page.locator('body').innerText();
      throw new Error(`Loaded again, the page says: ${shown.slice(0, 300)}`, { cause });
    });
  }

  /** Sends so that the server has the reply and is done with it, while what it answers is lost on the way. */
  async function sendUnheard(pages: Dashboard, text: string, chance: Chance): Promise<void> {
    const { page } = pages;
    let lost = false;
    const lose = async (route: Route) => {
      const asked = route.request().postData() ?? '';
      if (lost || !asked.includes('"idempotencyKey"') || !asked.includes(`"${text}"`)) return route.fallback();
      // Where the line is not there yet, nothing was answered: the next attempt is.
      lost = await route.fetch().then(
        () => true,
        () => false,
      );
      return route.abort();
    };
    await page.route('**/graphql', lose);
    await send(pages, text, chance);
    await eventually(async () => lost || null, patience).catch(async (cause: unknown) => {
      throw new Error(`"${text}" never reached the server; there wait: ${await whatWaits(pages)}`, { cause });
    });
    await page.unroute('**/graphql', lose);
  }

  /** The messages of a desk as they are stored, in their order. */
  async function stored(desk: number): Promise<readonly object[]> {
    const { rows } = await sql.query<{ text: string }>(
      `select text, count(distinct idempotency_key)::int as keys, count(*)::int as times
         from messages where direction = 'OUTBOUND' and text like $1 group by text order by min(id::text)`,
      [`desk ${String(desk)}, %`],
    );
    return rows;
  }
});

const wordsOf = (desk: number, place: number) => `desk ${String(desk)}, reply ${String(place)}.`;

/** Waits until the server has answered for everything that a page has sent. */
async function allGone(pages: Dashboard): Promise<void> {
  const gone = async () => {
    if ((await waiting(pages)) === 0) return true;
    await sleep(200);
    return null;
  };
  await eventually(gone, 2 * patience).catch(async (cause: unknown) => {
    throw new Error(`There still wait: ${await whatWaits(pages)}`, { cause });
  });
}

/** The replies of a page that wait, and why each was refused, if it was. */
const whatWaits = ({ page }: Dashboard) =>
  page.evaluate<string>(
    `Object.keys(localStorage).filter((name) => name.includes('outbox'))
      .flatMap((name) => JSON.parse(localStorage.getItem(name)))
      .map(({ text, failure }) => text + (failure ? ' (' + failure.code + ')' : '')).join(' ') + ' | ' +
      [...document.querySelectorAll('[role=alert], [role=status]')].map((one) => one.textContent).join(' | ')`,
  );

/** How many replies of a page wait for an answer of the server. */
const waiting = ({ page }: Dashboard) =>
  page.evaluate<number>(
    `Object.keys(localStorage).filter((name) => name.includes('outbox'))
      .reduce((sum, name) => sum + JSON.parse(localStorage.getItem(name)).length, 0)`,
  );
