import { BatchedCeiling } from '../ceiling/batched.js';
import type { Bench, BenchContext, Outcome } from '../report/bench.js';
import { InboundUnderLoad, type Round } from './inbound.js';

const rounds = 3;
const saturating = { connections: 64, rate: null, seconds: 90 } as const;

/**
 * Inbound messages end to end, against what Postgres does of the same work in batches: both sides in turn, three rounds,
 * the best of each.
 */
export default {
  name: 'inbound',
  goals: ['1', '2'],
  run: async (context) => {
    const { quick, log } = context;
    const twenty = await againstCeiling(context, quick ? 4_000 : 12_000, quick ? 10_000 : 30_000);
    if (quick) return twenty;
    const spread = await InboundUnderLoad.start(context, { workspaces: 1_000, customers: 20 });
    await spread.round(spread.messages(2_000), saturating);
    const round = await spread.round(spread.messages(5_000), saturating);
    log(inWords(round));
    return {
      ...twenty,
      information: [
        ...(twenty.information ?? []),
        { what: 'messages over 1,000 workspaces', value: round.rate, unit: '/s' },
        { what: 'processor time of one of these', value: timePerMessage(round), unit: 'ms' },
      ],
    };
  },
} satisfies Bench;

async function againstCeiling(context: BenchContext, messages: number, ceilingMessages: number): Promise<Outcome> {
  const { log, machine } = context;
  const inbound = await InboundUnderLoad.start(context, { workspaces: 20, customers: 500 });
  const contacts = await contactsOf(inbound);
  const ceiling = await BatchedCeiling.prepare(
    inbound.admin,
    inbound.database.appUrl,
    inbound.workspaces.map((workspace) => workspace.id),
  );
  machine.endLater(() => ceiling.stop());
  await inbound.round(inbound.messages(2_000), saturating);
  await ceiling.run(2_000);
  const ends: Round[] = [];
  const ceilings: number[] = [];
  let ceilingTime = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const before = machine.postgresTime();
    ceilings.push(await ceiling.run(ceilingMessages));
    ceilingTime = Math.min(ceilingTime, (machine.postgresTime() - before) / ceilingMessages);
    const end = await inbound.round(inbound.messages(messages), saturating);
    ends.push(end);
    log(`${inWords(end)}; the ceiling ${ceilings.at(-1)?.toFixed(0) ?? ''}/s`);
  }
  await requireReadable(inbound);
  if ((await contactsOf(inbound)) !== contacts) throw new Error('Customers who were known were taken for new ones.');
  const best = ends.reduce((a, b) => (b.rate > a.rate ? b : a));
  const cheapest = ends.reduce((a, b) => (timePerMessage(b) < timePerMessage(a) ? b : a));
  const highest = Math.max(...ceilings);
  const count = cheapest.acknowledged;
  return {
    measured: [
      {
        goal: '1',
        value: (100 * best.rate) / highest,
        note: `${best.rate.toFixed(0)}/s ÷ ${highest.toFixed(0)}/s, 20 workspaces`,
      },
      {
        goal: '2',
        value: timePerMessage(cheapest),
        note: `Node ${(cheapest.serverTime / count).toFixed(3)} + Postgres ${(cheapest.postgresTime / count).toFixed(3)}`,
      },
    ],
    information: [
      { what: 'the ceiling’s processor time per message, Postgres alone', value: ceilingTime, unit: 'ms' },
      { what: 'the sender’s own processor time per message', value: cheapest.processorTime / count, unit: 'ms' },
    ],
  };
}

function timePerMessage(round: Round): number {
  return (round.serverTime + round.postgresTime) / round.acknowledged;
}

function inWords(round: Round): string {
  return (
    `${round.rate.toFixed(0)}/s end to end, acknowledged ${(round.acknowledged / round.seconds).toFixed(0)}/s (p99 ${round.latency.p99.toFixed(1)} ms), ` +
    `${timePerMessage(round).toFixed(3)} ms each`
  );
}

async function contactsOf(inbound: InboundUnderLoad): Promise<number> {
  const { rows } = await inbound.admin.query<{ count: string }>('select count(*) from contacts');
  return Number(rows[0]?.count);
}

/** The last message of a workspace is what its owner reads. */
async function requireReadable(inbound: InboundUnderLoad): Promise<void> {
  const { rows } = await inbound.admin.query<{ text: string }>(
    `select text from messages where workspace_id = $1 order by id desc limit 1`,
    [inbound.workspaces[0]?.id],
  );
  const { conversations } = await inbound.ask<{ conversations: { nodes: { lastMessage: { text: string } }[] } }>(
    0,
    `{ conversations(first: 1) { nodes { lastMessage { text } } } }`,
  );
  const read = conversations.nodes[0]?.lastMessage.text;
  if (read === undefined || read !== rows[0]?.text)
    throw new Error(`The owner reads ${String(read)} and not the last message.`);
}
