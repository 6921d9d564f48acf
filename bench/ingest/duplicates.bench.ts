import { setTimeout as sleep } from 'node:timers/promises';
import { Watcher } from '../load/watcher.js';
import type { Message } from '../load/webhooks.js';
import type { Bench } from '../report/bench.js';
import { InboundUnderLoad } from './inbound.js';

const workspaces = 20;
const customers = 200;

/**
 * Every message sent twice, out of order, and the server killed once midway: each is stored once and comes to who watches
 * at least once. What is not acknowledged is sent again, as the platform does.
 */
export default {
  name: 'duplicates',
  goals: ['16'],
  run: async (context) => {
    const { quick, log, machine } = context;
    const count = quick ? 10_000 : 100_000;
    const inbound = await InboundUnderLoad.start(context, { workspaces, customers });
    const watcher = new Watcher();
    machine.endLater(() => watcher.stop());
    await watcher.open({
      url: inbound.server.url,
      tokens: inbound.workspaces.slice(0, workspaces).map(({ token }) => token),
      numbers: count,
    });
    const before = await inbound.stored();
    const messages = inbound.messages(count);
    const { prepared } = await inbound.sender.prepare({
      url: inbound.server.url,
      prefix: 'twice',
      messages: shuffled([...messages, ...messages]),
    });
    const sending = inbound.sender.send({ connections: 64, rate: null, seconds: 420, untilAcknowledged: true });
    await untilHalf(inbound, before + count / 2);
    await inbound.server.kill();
    log('killed midway');
    await inbound.server.start();
    const sent = await sending;
    if (sent.unsent > 0 || sent.acknowledged !== prepared)
      throw new Error(`Of ${String(prepared)} calls ${String(sent.acknowledged)} were acknowledged in time.`);
    await inbound.untilApplied();
    const stored = (await inbound.stored()) - before;
    // Whether all is seen is asked here, not how soon: a watcher that was closed as too slow catches up.
    const watched = await watcher.collect(count, 180);
    log(
      `${String(stored)} of ${String(count)} stored, ${String(watched.different)} seen (${String(watched.all)} times), ` +
        `${String(sent.refused)} calls repeated after the kill, ${String(watched.reopened)} sockets opened again`,
    );
    if (watched.reopened < workspaces) throw new Error('The kill did not reach who watches.');
    return {
      measured: [
        {
          goal: '16',
          value: Math.abs(count - stored) + (count - watched.different),
          note: `${String(stored)} rows and ${String(watched.different)} seen of ${String(count)}, sent twice each`,
        },
      ],
      ...(quick && { skipped: [{ goal: '16' as const, why: '100,000 messages: this run sent 10,000' }] }),
    };
  },
} satisfies Bench;

/** In an order of its own that is the same in every run, never further from the first than a fifth of the whole. */
function shuffled(messages: Message[]): Message[] {
  let state = 7;
  const random = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  const half = messages.length / 2;
  return messages
    .map((message, index) => ({ message, place: (index % half) + random() * (half / 5) }))
    .sort((a, b) => a.place - b.place)
    .map(({ message }) => message);
}

async function untilHalf(inbound: InboundUnderLoad, stored: number): Promise<void> {
  for (let tries = 0; tries < 3_000; tries += 1) {
    if ((await inbound.stored()) >= stored) return;
    await sleep(100);
  }
  throw new Error('Half of the messages were not stored within five minutes.');
}
