import { type TestClient, eventually } from '../../support/client.js';
import { connectedOwner } from './run-deliveries.js';
import { type Blow, Schedule, plan } from './schedule.js';
import type { Chance } from './seed.js';
import { type Shown, type Taken, TakenLedger, type Wrongs, hiddenFrom, judge } from './sends-ledger.js';
import type { Site } from './site.js';

/** Nine calls of a hundred go wrong, two thirds of them after the platform has taken the message. */
const faults: readonly (readonly [number, object])[] = [
  [0.02, { hangAfterAccept: true }],
  [0.014, { resetAfterAccept: true }],
  [0.016, { statusAfterAccept: 500 }],
  [0.022, { status: 429, retryAfter: 1, error: { code: 130429 } }],
  [0.006, { status: 500 }],
  [0.006, { resetBeforeAccept: true }],
  [0.006, { garbage: true }],
];

interface Page<Node> {
  readonly nodes: Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** What a run of sends came to. */
export interface SendsReport extends Wrongs {
  readonly seed: number;
  readonly sends: number;
  readonly struck: readonly string[];
  /** What the platform took and what was tried, in the conversations that were answered out of order. */
  readonly disorder: readonly unknown[];
  readonly seconds: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly unconfirmedPercent: number;
  /** How long it took after the last send was asked for until all was settled. */
  readonly settleSeconds: number;
}

export interface SendsRun {
  readonly people: number;
  readonly perPerson: number;
  readonly blows: readonly Blow[];
  readonly settleWithin: number;
}

const patience = 30_000;
/** Opens as many conversations as there are people, on the WhatsApp number. */
export async function openConversations(site: Site, client: TestClient, people: number): Promise<string[]> {
  await site.control('POST', 'burst', { channel: 'whatsapp', count: people, customers: people, concurrency: 4 });
  return eventually(async () => {
    const ids: string[] = [];
    for (let after: string | null = null; ;) {
      const page = await conversationPage(client, after);
      ids.push(...page.nodes.map(({ id }) => id));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    return ids.length === people ? ids : null;
  }, 60_000);
}

/** Sends while the platform fails and processes die; compares what it took with what agents are shown. */
export async function runSends(site: Site, chance: Chance, run: SendsRun): Promise<SendsReport> {
  const since = performance.now();
  const client = await connectedOwner(site.api.url);
  const conversations = await openConversations(site, client, run.people);
  for (const [index, [rate, action]] of faults.entries()) {
    const match = { path: '/messages$', method: 'POST', rate, seed: chance.seed * 10 + index };
    await site.control('POST', 'faults', { match, action, times: null });
  }
  const total = run.people * run.perPerson;
  const schedule = new Schedule(site, plan(chance, total, run.blows));
  let done = 0;
  for (let round = 0; round < run.perPerson; round += 1) {
    await inLanes(chance.shuffled(conversations), 16, async (conversationId) => {
      await sendUntilTaken(client, conversationId, round);
      done += 1;
      schedule.reached(done);
    });
  }
  await schedule.over();
  const taken = new TakenLedger(site);
  const asked = performance.now();
  const leftOpen = await settled(site, taken, run.settleWithin);
  const settleSeconds = Math.round((performance.now() - asked) / 1_000);
  const shown = await threads(client, conversations);
  const entries = await taken.read();
  const judged = judge(shown, entries, total);
  return {
    ...judged,
    disorder: await disorder(site, entries, judged.outOfOrder),
    seed: chance.seed,
    sends: total,
    struck: schedule.struck,
    leftOpen,
    settleSeconds,
    seconds: Math.round((performance.now() - since) / 1_000),
    hidden: await hiddenFrom(site, shown),
  };
}

function disorder(site: Site, entries: readonly Taken[], customers: readonly string[]): Promise<unknown[]> {
  return Promise.all(
    customers.map(async (customer) => {
      const took = entries.filter((entry) => entry.customer === customer);
      const tried = await site.ask(`
        select m.text, m.status, m.error, m.sent_at, a.number, a.started_at, a.finished_at, a.outcome, a.error as said
          from messages m left join send_attempts a on a.workspace_id = m.workspace_id and a.message_id = m.id
         where m.direction = 'OUTBOUND' and m.conversation_id = (select conversation_id from messages where id = '${took[0]?.callbackData ?? ''}')
         order by m.id, a.number`);
      return { customer, took: took.map(({ text, at }) => ({ text, at })), tried };
    }),
  );
}

/** A client that got no answer asks again with the same key. */
async function sendUntilTaken(client: TestClient, conversationId: string, round: number): Promise<void> {
  const input = {
    conversationId,
    text: `number ${String(round).padStart(3, '0')}`,
    idempotencyKey: `${conversationId}-${String(round)}`,
  };
  await eventually(
    () =>
      client.ask(`mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }`, { input }).then(
        () => true,
        () => null,
      ),
    60_000,
  );
}

/**
 * Waits until nothing is on its way, and nothing unconfirmed that the platform took. A slow machine may take its time: what
 * nothing settles while no receipt waits either, for `patience`, is left open, and given.
 */
async function settled(site: Site, taken: TakenLedger, milliseconds: number): Promise<string[]> {
  let last = '';
  let changedAt = performance.now();
  return eventually(async () => {
    const entries = new Set((await taken.read()).map((entry) => entry.callbackData));
    const rows = await site.ask<{ id: string; status: string }>(
      `select id, status from messages where direction = 'OUTBOUND' and status in ('QUEUED', 'SENDING', 'UNCONFIRMED') order by id`,
    );
    const [receipts] = await site.ask<{ waiting: number; newest: string | null }>(
      'select count(*)::int as waiting, max(id::text) as newest from deliveries where set_aside_at is null',
    );
    const open = rows.filter(({ id, status }) => status !== 'UNCONFIRMED' || entries.has(id)).map(({ id }) => id);
    if (open.length === 0) return [];
    const now = JSON.stringify([open, receipts]);
    if (now !== last) [last, changedAt] = [now, performance.now()];
    if (receipts?.waiting === 0 && performance.now() - changedAt > patience) return open;
    await new Promise((resolve) => setTimeout(resolve, 500));
    return null;
  }, milliseconds);
}

async function threads(client: TestClient, conversations: readonly string[]): Promise<Shown[]> {
  const shown: Shown[] = [];
  await inLanes(conversations, 8, async (id) => {
    for (let after: string | null = null; ;) {
      const { nodes, pageInfo } = await threadPage(client, id, after);
      shown.push(...nodes.filter(({ direction }) => direction === 'OUTBOUND'));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
  });
  return shown;
}

async function threadPage(
  client: TestClient,
  id: string,
  after: string | null,
): Promise<Page<Shown & { direction: string }>> {
  const { conversation } = await client.ask<{ conversation: { messages: Page<Shown & { direction: string }> } }>(
    `query ($id: ID!, $after: String) { conversation(id: $id) { messages(first: 100, after: $after) {
       nodes { id text status direction } pageInfo { hasNextPage endCursor } } } }`,
    { id, after },
  );
  return conversation.messages;
}

async function conversationPage(client: TestClient, after: string | null): Promise<Page<{ id: string }>> {
  const { conversations } = await client.ask<{ conversations: Page<{ id: string }> }>(
    `query ($after: String) { conversations(first: 100, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
    { after },
  );
  return conversations;
}

async function inLanes<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const lane = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: width }, lane));
}
