import { jest } from '@jest/globals';
import pg from 'pg';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { RequestContext } from '../access/index.js';
import { Workspaces, sql } from '../database/index.js';
import { LiveFeed } from './live-feed.js';
import type { Lane } from './lane.js';
import { LiveHub } from './live-hub.js';
import type { LiveEvent } from './live-kinds.js';

let under: InboxUnderTest;
let ada: TestInbox;
let hub: LiveHub;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  ada = await under.inbox('Ada');
  hub = under.app.app.get(LiveHub);
}, 60_000);
afterAll(() => under.stop());

const lane = (group: string, seen: string[], more: Partial<Lane<string>> = {}): Lane => ({
  member: ada.member,
  conversationId: null,
  group,
  make: (event: LiveEvent) => Promise.resolve(event.cursor),
  send: (payload: string) => void seen.push(payload),
  fail: (error: unknown) => void seen.push(String(error)),
  ...more,
});
const join = (one: Lane) => hub.join(one, null, () => Promise.resolve());

/** Tells of the workspace; gives the cursors of what was told. */
async function tell(times: number): Promise<string[]> {
  const change = (detail: number) => ({ kind: 'WorkspaceChanged', ids: [], detail: String(detail) });
  await under.app.app.get(Workspaces).run(ada.workspaceId, async (tx) => {
    under.app.app.get(LiveFeed).append(tx, ...Array.from({ length: times }, (_, index) => change(index)));
    return Promise.resolve();
  });
  const feed = await under.feed(ada.workspaceId);
  return feed.slice(-times).map(({ seq }) => String(seq * 2));
}
async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1_000 && !holds(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(holds()).toBe(true);
}

it('gives a lane that joins while a page is made all that follows, once and in order', async () => {
  const early: string[] = [];
  const late: string[] = [];
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  let making = 0;
  const leaveEarly = await join(
    lane('early', early, {
      make: async (event) => {
        making += 1;
        await held;
        return event.cursor;
      },
    }),
  );
  const first = await tell(3);
  await until(() => making === 3);
  const joining = join(lane('late', late));
  const same: string[] = [];
  const joiningSame = join(lane('early', same));
  const second = await tell(2);
  release();
  const leaves = [leaveEarly, await joining, await joiningSame];
  const third = await tell(1);
  const all = [...first, ...second, ...third];
  await until(() => early.length === all.length && late.at(-1) === third[0] && same.at(-1) === third[0]);
  expect(early).toEqual(all);
  // Those who joined begin where the feed was when they came, and miss nothing from there.
  expect(late).toEqual(all.slice(all.length - late.length));
  expect(late.length).toBeGreaterThanOrEqual(1);
  expect(same).toEqual(all.slice(all.length - same.length));
  for (const leave of leaves) leave();
});

it('reads events and all that they show with one statement each, and nothing where nothing is new', async () => {
  const seen: string[] = [];
  const names: unknown[] = [];
  const leave = await join(
    lane('reading', seen, {
      make: async (event, page) => {
        const context = page.contextOf('reading', () => new RequestContext(ada.client as never, {} as never));
        names.push(await context.reader?.run((tx) => tx.first(sql`select name from workspaces limit 1`)));
        return event.cursor;
      },
    }),
  );
  const query = jest.spyOn(pg.Client.prototype, 'query');
  const told = await tell(4);
  await until(() => seen.length === 4);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const read = query.mock.calls.filter(([asked]) =>
    (asked as { text?: string }).text?.includes('from workspace_events'),
  );
  query.mockRestore();
  expect(seen).toEqual(told);
  expect(names).toHaveLength(4);
  expect(read).toHaveLength(1);
  leave();
});

it('goes on where something cannot be read: each event by itself, and only what is wrong is left to its lane', async () => {
  const seen: string[] = [];
  let failures = 0;
  const leave = await join(
    lane('failing', seen, {
      make: async (event, page) => {
        const { reader } = page.contextOf('failing', () => new RequestContext(ada.client as never, {} as never));
        await reader?.run((tx) => tx.query(sql`select 1 / 0`)).catch(() => (failures += 1));
        return `${event.cursor} ${reader === null ? 'alone' : 'together'}`;
      },
    }),
  );
  const told = await tell(2);
  await until(() => seen.length === 2);
  expect(failures).toBeGreaterThan(0);
  expect(seen).toEqual(told.map((cursor) => `${cursor} alone`));
  leave();
});
