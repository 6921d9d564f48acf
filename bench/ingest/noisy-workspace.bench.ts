import { percentile } from '../load/percentile.js';
import { Watcher } from '../load/watcher.js';
import type { Message } from '../load/webhooks.js';
import type { Bench } from '../report/bench.js';
import { delaysOf } from './delays.js';
import { InboundUnderLoad } from './inbound.js';

const rounds = 3;
const workspaces = 20;
/** Messages a second that each workspace gets: its share. */
const share = 10;

/**
 * One workspace gets ten and a hundred times its share of the messages: how much later the others have theirs. Quiet and
 * noisy by turns, the best of three rounds each.
 */
export default {
  name: 'noisy-workspace',
  goals: ['14', '14h'],
  run: async (context) => {
    const { quick, log, machine } = context;
    const inbound = await InboundUnderLoad.start(context, { workspaces, customers: 200 });
    const watcher = new Watcher();
    machine.endLater(() => watcher.stop());
    const seconds = quick ? 4 : 8;
    await watcher.open({
      url: inbound.server.url,
      tokens: inbound.workspaces.map(({ token }) => token),
      numbers: (rounds + 1) * 3 * seconds * share * (workspaces + 99),
    });
    let number = 0;
    const othersAt = async (times: number): Promise<number> => {
      const messages = mixed(number, times, seconds);
      number += messages.length;
      const rate = share * (workspaces - 1 + times);
      const sent = await inbound.round(messages, { connections: 256, rate, seconds: seconds + 30 });
      const watched = await watcher.collect(messages.length);
      const others = messages.filter(({ workspace }) => workspace !== 0);
      const delays = delaysOf(others, sent.dueAt, watched.receivedAt);
      return percentile(delays, 0.95);
    };
    await othersAt(1);
    const found = { quiet: [] as number[], ten: [] as number[], hundred: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      found.quiet.push(await othersAt(1));
      found.ten.push(await othersAt(10));
      found.hundred.push(await othersAt(100));
      const last = (list: number[]) => `${list.at(-1)?.toFixed(1) ?? ''} ms`;
      log(
        `others' p95: quiet ${last(found.quiet)}, at 10 times ${last(found.ten)}, at 100 times ${last(found.hundred)}`,
      );
    }
    const quiet = Math.min(...found.quiet);
    const ten = Math.min(...found.ten);
    const hundred = Math.min(...found.hundred);
    return {
      measured: [
        {
          goal: '14',
          value: ten / quiet,
          note: `${ten.toFixed(1)} ÷ ${quiet.toFixed(1)} ms, share ${String(share)}/s`,
        },
        { goal: '14h', value: hundred / quiet, note: `${hundred.toFixed(1)} ÷ ${quiet.toFixed(1)} ms` },
      ],
    };
  },
} satisfies Bench;

/** Messages in which workspace 0 has `times` the share of each other, evenly mixed. */
function mixed(from: number, times: number, seconds: number): Message[] {
  const all: { at: number; workspace: number; customer: number }[] = [];
  for (let workspace = 0; workspace < workspaces; workspace += 1) {
    const count = share * seconds * (workspace === 0 ? times : 1);
    for (let index = 0; index < count; index += 1)
      all.push({ at: (index + (workspace + 1) / (workspaces + 1)) / count, workspace, customer: index % 200 });
  }
  return all
    .sort((a, b) => a.at - b.at)
    .map(({ workspace, customer }, index) => ({ number: from + index, workspace, customer }));
}
