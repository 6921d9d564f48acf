import type { CDPSession, Page } from 'playwright-core';
import { TestBrowser } from '../../test/support/browser.js';
import { TestClient } from '../../test/support/client.js';
import { createWebChat } from '../../test/support/visitor.js';
import type { Bench, Information, Measured } from '../report/bench.js';
import { quantile } from '../report/quantiles.js';
import { fillInbox } from './full-inbox.js';
import { InboxOfAPerson } from './inbox-of-a-person.js';
import { inPage } from './in-page.js';

const missedAt = 33;

/** UX-01, 02, 03, 08, 09: what a person waits for in an inbox of ten thousand conversations, by the clock of their browser. */
const bench: Bench = {
  name: 'dashboard',
  goals: ['20c', '20u', '20b', '20p', '20r', '20i', '20f'],
  async run({ machine, quick, log }) {
    const size = { conversations: quick ? 1_000 : 10_000, messages: 12, replies: 5_000 };
    const turns = quick ? 15 : 60;
    const database = await machine.database();
    const server = await machine.server(database, { NODE_ENV: 'test', PUBLIC_URL: '' });
    const client = await TestClient.signedUp(server.url);
    machine.endLater(() => client.close());
    const chat = await createWebChat(client);
    const workspaceId = client.workspaceId ?? '';
    await fillInbox(await machine.admin(database), { workspaceId, channelId: chat.channelId }, size);
    const browser = await TestBrowser.launch();
    machine.endLater(() => browser.close());
    const { page, context } = await browser.person({ viewport: { width: 1_440, height: 900 } });
    await page.addInitScript({ content: inPage });

    const empty = await emptyPage(page, turns);
    log(`empty page: ${spread(empty.paints)}`);

    const [name = '', value = ''] = (client.cookie ?? '').split('=', 2);
    await context.addCookies([{ name, value, url: server.url }]);
    const inbox = new InboxOfAPerson(page, size.conversations);
    await page.goto(`${server.url}/w/${workspaceId}/inbox/open`);
    await inbox.ready();
    await inbox.scrollTo(turns);

    const costs: Information[] = [];
    const costing = await processorTime(await context.newCDPSession(page));
    const costOf = async <Result>(what: string, times: number, act: () => Promise<Result>): Promise<Result> => {
      const before = await costing();
      const result = await act();
      costs.push({
        what: `processor time of the page’s thread: ${what}`,
        value: ((await costing()) - before) / times,
        unit: 'ms',
      });
      return result;
    };

    const uncached = await costOf('a switch to a conversation not seen before', turns, () => inbox.switches(turns));
    const cached = await costOf('a switch to one seen before', turns, () => inbox.switches(turns));
    log(`switching, ms: uncached ${spread(uncached)}, cached ${spread(cached)}`);
    const bubbles = await inbox.sends(quick ? 5 : 20);
    log(`frames until a sent message stands there: ${bubbles.join(' ')}`);
    const palette = await costOf('the palette opened and closed', turns, () => inbox.palette(turns));
    const { first: firstReplies, later: replies } = await costOf('a saved reply looked for and let go', turns, () =>
      inbox.replies(turns),
    );
    log(`palette ${spread(palette)}; saved replies ${spread(replies)}, the first time ${firstReplies.toFixed(0)}`);
    const session = await inbox.session(quick ? 6 : 25);
    log(`interactions: ${spread(session.interactions)}, longest task ${session.longest.toFixed(0)} ms`);
    const seconds = quick ? 3 : 6;
    const fetched = await costOf('a row fetched by scrolling', size.conversations, () =>
      inbox.fetchAll(size.conversations),
    );
    const scrolling = await costOf('a second of scrolling', seconds, () => inbox.scrollThrough(seconds * 1_000));
    log(`scrolling: ${JSON.stringify({ ...scrolling, gaps: scrolling.gaps.length, missed: missed(scrolling.gaps) })}`);
    if (browser.troubles().length > 0) throw new Error(`The page was in trouble: ${browser.troubles().join('; ')}`);

    const times = (goal: Measured['goal'], values: readonly number[], what: string): Measured => ({
      goal,
      value: quantile(values, 0.95),
      note: `p50 ${quantile(values, 0.5).toFixed(1)} ms, ${String(values.length)} ${what}`,
    });
    const share = (gaps: readonly number[]) => (100 * missed(gaps)) / gaps.length;
    const information: Information[] = [
      {
        what: 'a word changed on an empty page, until it is painted, p50',
        value: quantile(empty.paints, 0.5),
        unit: 'ms',
      },
      {
        what: 'a word changed on an empty page, until it is painted, p95',
        value: quantile(empty.paints, 0.95),
        unit: 'ms',
      },
      { what: 'switch to a cached conversation ÷ an empty page, p50', value: ratio(cached, empty.paints), unit: '×' },
      { what: 'switch to one that is fetched ÷ an empty page, p50', value: ratio(uncached, empty.paints), unit: '×' },
      { what: `frames over ${String(missedAt)} ms on an empty page`, value: share(empty.gaps), unit: '%' },
      { what: 'longest task while switching, sending and looking up', value: session.longest, unit: 'ms' },
      { what: 'longest task while scrolling', value: scrolling.longest, unit: 'ms' },
      {
        what: `all ${size.conversations.toLocaleString('en-US')} rows are fetched by scrolling`,
        value: fetched,
        unit: 's',
      },
      { what: 'saved replies, the first time, fetched', value: firstReplies, unit: 'ms' },
      ...costs,
    ];
    return {
      measured: [
        times('20c', cached, 'switches'),
        times('20u', uncached, 'switches'),
        { goal: '20b', value: Math.max(...bubbles), note: `${String(bubbles.length)} sent` },
        times('20p', palette, 'times'),
        times('20r', replies, `times, ${size.replies.toLocaleString('en-US')} of them`),
        {
          goal: '20i',
          value: quantile(session.interactions, 0.98),
          note: `${String(session.interactions.length)} interactions`,
        },
        {
          goal: '20f',
          value: share(scrolling.gaps),
          note: `${String(scrolling.gaps.length)} frames, ${size.conversations.toLocaleString('en-US')} rows`,
        },
      ],
      information,
    };
  },
};
export default bench;

/** Processor time of the page's own thread so far, in ms: what a busy machine does not make longer. */
async function processorTime(session: CDPSession): Promise<() => Promise<number>> {
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const spent = metrics.find(({ name }) => name === 'TaskDuration')?.value;
    if (spent === undefined) throw new Error('The browser does not say what a page costs.');
    return spent * 1_000;
  };
}

/** How fast this machine's browser paints when there is next to nothing to paint: what no page can be faster than. */
async function emptyPage(page: Page, turns: number): Promise<{ paints: readonly number[]; gaps: readonly number[] }> {
  await page.goto('about:blank');
  const paints: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const { milliseconds } = await page.evaluate<{ milliseconds: number }>(
      `bench.until(() => { document.body.textContent = '${String(turn)}'; }, () => document.body.textContent === '${String(turn)}')`,
    );
    paints.push(milliseconds);
  }
  await page.evaluate('bench.startFrames()');
  await page.waitForTimeout(3_000);
  return { paints, gaps: await page.evaluate<number[]>('bench.stopFrames()') };
}

const missed = (gaps: readonly number[]) => gaps.filter((gap) => gap > missedAt).length;

const ratio = (ours: readonly number[], theirs: readonly number[]) => quantile(ours, 0.5) / quantile(theirs, 0.5);

const spread = (values: readonly number[]) =>
  `p50 ${quantile(values, 0.5).toFixed(1)} p95 ${quantile(values, 0.95).toFixed(1)} max ${Math.max(...values).toFixed(1)}`;
