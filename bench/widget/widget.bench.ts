import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';
import { TestBrowser } from '../../test/support/browser.js';
import { TestClient, eventually } from '../../test/support/client.js';
import { createWebChat } from '../../test/support/visitor.js';
import type { Bench } from '../report/bench.js';
import { SitePage } from './site-page.js';
import { type OurTasks, longestOn, tasksOf } from './trace.js';

const built = path.join(import.meta.dirname, '../../dist/widget');
const slowDown = 4;
const rounds = 5;
const categories = [
  'toplevel',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'v8',
  'blink.user_timing',
];

interface Quiet {
  readonly requests: number;
  readonly bytes: number;
  readonly shift: number;
}

/** WG-01, WG-02: what the chat costs the page of a site, in a browser at a quarter of its speed. */
const bench: Bench = {
  name: 'widget',
  goals: ['10', '10a', '10r', '10b', '10s', '10l'],
  async run({ machine, quick, log }) {
    const server = await machine.server(await machine.database(), { NODE_ENV: 'test', PUBLIC_URL: '' });
    const client = await TestClient.signedUp(server.url);
    machine.endLater(() => client.close());
    const chat = await createWebChat(client, ['127.0.0.1']);
    const script = `<script async src="${server.url}/widget.js" data-key="${chat.publicKey}"></script>`;
    const site = await SitePage.open(script);
    machine.endLater(() => site.close());
    const quiet: Quiet[] = [];
    const tasks: Record<'loading' | 'opening', OurTasks[]> = { loading: [], opening: [] };
    const without: number[] = [];
    for (let round = 0; round < (quick ? 2 : rounds); round += 1) {
      without.push(await loadWithout(`${site.url}/without`));
      // A browser that has seen nothing: everything is fetched and compiled.
      const browser = await TestBrowser.launch();
      const { page } = await browser.person({ viewport: { width: 1_280, height: 800 } });
      const session = await slowed(page);
      const bytes = countBytes(session, server.url);
      tasks.loading.push(await traced(page, () => load(page, `${site.url}/with`)));
      quiet.push({ ...bytes(), shift: await page.evaluate<number>('shift') });
      tasks.opening.push(await traced(page, () => open(page)));
      await browser.close();
      log(
        `round ${String(round + 1)}: ${JSON.stringify({ ...quiet.at(-1), ...ofRound(tasks), without: without.at(-1) })}`,
      );
    }
    // While the page is loaded what is in a task beside the chat is the page's own; while the chat is opened all is the chat's.
    const long = sumOf(tasks.loading.map((one) => one.longByUs)) + sumOf(tasks.opening.map((one) => one.long));
    const most = (which: keyof typeof tasks, what: 'longest' | 'share') =>
      Math.max(...tasks[which].map((one) => one[what]));
    return {
      measured: [
        { goal: '10', value: (await packed('widget.js')) / 1_000, note: 'gzip, as it is served' },
        { goal: '10a', value: (await wholeChat()) / 1_000, note: 'page, script, style and the heaviest language' },
        { goal: '10r', value: Math.max(...quiet.map(({ requests }) => requests)), note: 'until somebody comes near' },
        {
          goal: '10b',
          value: Math.max(...quiet.map(({ bytes }) => bytes)) / 1_000,
          note: 'heads and body, on the line',
        },
        { goal: '10s', value: Math.max(...quiet.map(({ shift }) => shift)) },
        {
          goal: '10l',
          value: long,
          note: `${String(quiet.length)} rounds of loading and opening, slowed ${String(slowDown)} times`,
        },
      ],
      information: [
        { what: 'longest task of the page without the chat, slowed', value: Math.max(...without), unit: 'ms' },
        {
          what: 'longest task of the page in which the loader ran, slowed',
          value: most('loading', 'longest'),
          unit: 'ms',
        },
        { what: 'most that the loader took of one task, slowed', value: most('loading', 'share'), unit: 'ms' },
        { what: 'longest task of the chat while it is opened, slowed', value: most('opening', 'longest'), unit: 'ms' },
        { what: 'most that its scripts took of one task then, slowed', value: most('opening', 'share'), unit: 'ms' },
      ],
    };
  },
};
export default bench;

/** The tasks of ours while something happens. */
async function traced(page: Page, act: () => Promise<void>): Promise<OurTasks> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('The page has no browser.');
  await browser.startTracing(page, { categories });
  await act();
  return tasksOf(await browser.stopTracing(), /\/widget(\.js|\/)/);
}

function ofRound(tasks: Record<'loading' | 'opening', OurTasks[]>): Record<string, OurTasks | undefined> {
  return { loading: tasks.loading.at(-1), opening: tasks.opening.at(-1) };
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** The longest task of the same page without the chat, in a browser of its own that has seen nothing either. */
async function loadWithout(address: string): Promise<number> {
  const browser = await TestBrowser.launch();
  try {
    const { page, context } = await browser.person({ viewport: { width: 1_280, height: 800 } });
    await slowed(page);
    const tracer = context.browser();
    await tracer?.startTracing(page, { categories });
    await page.goto(address);
    await page.waitForLoadState('networkidle');
    await sleep(1_000);
    if (tracer === null) throw new Error('The page has no browser.');
    return longestOn(await tracer.stopTracing(), address);
  } finally {
    await browser.close();
  }
}

async function slowed(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowDown });
  await session.send('Network.enable');
  await page.addInitScript({
    content: `window.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shift += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });`,
  });
  return session;
}

/** Counts what is asked of the server, and what comes back of it, as it goes over the line. */
function countBytes(session: CDPSession, origin: string): () => { readonly requests: number; readonly bytes: number } {
  const ours = new Set<string>();
  let bytes = 0;
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (request.url.startsWith(origin)) ours.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (ours.has(requestId)) bytes += encodedDataLength;
  });
  return () => ({ requests: ours.size, bytes });
}

async function load(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.locator('parley-chat').waitFor({ state: 'attached' });
  await page.waitForLoadState('networkidle');
  await sleep(1_000);
}

/** As a visitor does it: they come near, press, and it is there. */
async function open(page: Page): Promise<void> {
  await page.mouse.move(1_280 - 48, 800 - 48);
  await page.mouse.click(1_280 - 48, 800 - 48);
  const frame = await eventually(() => Promise.resolve(page.frames()[1] ?? null));
  await frame.locator('.composer textarea').waitFor();
  await sleep(1_000);
}

const packed = async (name: string) => (await stat(path.join(built, `${name}.gz`))).size;

async function wholeChat(): Promise<number> {
  const names = (await readdir(path.join(built, 'assets'))).filter((name) => /\.(js|css)$/.test(name));
  const sizes = await Promise.all(names.map(async (name) => ({ name, size: await packed(`assets/${name}`) })));
  const languages = sizes.filter(({ name }) => /^[a-z]{2}-/.test(name));
  const rest = sizes.filter((one) => !languages.includes(one)).reduce((sum, { size }) => sum + size, 0);
  return rest + Math.max(...languages.map(({ size }) => size)) + (await packed('frame.html'));
}
