import { BatchedCeiling, ceilingWorkspaces } from '../ceiling/batched.js';
import type { Bench, BenchContext, Outcome } from '../report/bench.js';
import { InboundUnderLoad, type Round } from './inbound.js';

const rounds = 3;
/** Over how many workspaces the messages go, as the ceiling's batches do. */
const spread = 20;
const saturating = { connections: 64, rate: null, seconds: 90 } as const;

/**
 * Inbound messages end to end, against what Postgres does of the same work in batches: both sides in turn, three rounds,
 * the best of each.
 */
export default {
  name: 'inbound',
  goals: ['1', '2', '4b'],
  run: async (context) => {
    const { quick, log } = context;
    const twenty = await againstCeiling(context, quick ? 4_000 : 12_000, quick ? 10_000 : 30_000);
    if (quick) return twenty;
    const wide = await InboundUnderLoad.start(context, { workspaces: 1_000, customers: 20 });
    await wide.round(wide.messages(2_000), saturating);
    const round = await wide.round(wide.messages(5_000), saturating);
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
  const inbound = await InboundUnderLoad.start(context, {
    workspaces: ceilingWorkspaces,
    customers: 500,
  });
  const contacts = await contactsOf(inbound);
  const ceiling = await BatchedCeiling.prepare(context, inbound.admin, inbound.database.appUrl, {
    workspaces: inbound.workspaces,
    customers: 500,
  });
  await inbound.round(inbound.messages(2_000, spread), saturating);
  await ceiling.run(2_000);
  const ends: Round[] = [];
  const ceilings: number[] = [];
  let ceilingTime = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const before = machine.postgresTime();
    ceilings.push(await ceiling.run(ceilingMessages));
    ceilingTime = Math.min(ceilingTime, (machine.postgresTime() - before) / ceilingMessages);
    const end = await inbound.round(inbound.messages(messages, spread), saturating);
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
        note: `${best.rate.toFixed(0)}/s ÷ ${highest.toFixed(0)}/s, ${String(spread)} workspaces`,
      },
      {
        goal: '2',
        value: timePerMessage(cheapest),
        note: `Node ${(cheapest.serverTime / count).toFixed(3)} + Postgres ${(cheapest.postgresTime / count).toFixed(3)}`,
      },
      {
        goal: '4b',
        value: Math.max(...ends.map((end) => end.acknowledged / end.seconds)),
        note: 'while the messages are applied on the same host',
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

/** An owner reads a message that was sent, in its conversation, through the public API. */
async function requireReadable(inbound: InboundUnderLoad): Promise<void> {
  const { rows } = await inbound.admin.query<{ id: string; conversation: string; text: string }>(
    `select id, conversation_id as conversation, text from messages where workspace_id = $1 and text like '% is the order %'
      order by id desc limit 1`,
    [inbound.workspaces[0]?.id],
  );
  const { conversation } = await inbound.ask<{ conversation: { messages: { nodes: { id: string; text: string }[] } } }>(
    0,
    `query ($id: ID!) { conversation(id: $id) { messages(first: 100) { nodes { id text } } } }`,
    { id: rows[0]?.conversation },
  );
  const read = conversation.messages.nodes.find(({ id }) => id === rows[0]?.id);
  if (read === undefined || read.text !== rows[0]?.text) throw new Error('The owner does not read what was sent.');
}
