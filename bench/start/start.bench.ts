import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from '../report/bench.js';

const starts = 5;
/** After this long without a request the process holds what it needs and no more. */
const idleSeconds = 10;

/** Goals 9 and 9m: the built server on a migrated database, from its command to its first answer, and what it then holds. */
const bench: Bench = {
  name: 'start',
  goals: ['9', '9m'],
  async run({ machine, quick, log }) {
    const database = await machine.database();
    const seconds: number[] = [];
    let processorTime = Number.POSITIVE_INFINITY;
    let memory = Number.NaN;
    for (let count = 0; count < starts; count += 1) {
      const since = performance.now();
      const server = await machine.server(database, { ROLE: 'api' });
      seconds.push((performance.now() - since) / 1_000);
      processorTime = Math.min(processorTime, machine.serverTime(server) / 1_000);
      if (count === starts - 1) {
        await sleep((quick ? 3 : idleSeconds) * 1_000);
        memory = machine.serverMemory(server);
      }
      await server.stop();
    }
    log(`starts: ${seconds.map((one) => one.toFixed(2)).join(', ')} s`);
    return {
      measured: [
        {
          goal: '9',
          value: Math.min(...seconds),
          note: `best of ${String(starts)}; /health/ready, asked every 100 ms`,
        },
        { goal: '9m', value: (memory * 1_048_576) / 1e6, note: `RSS after ${String(quick ? 3 : idleSeconds)} s` },
      ],
      information: [{ what: 'processor time to the first answer', value: processorTime, unit: 's' }],
    };
  },
};
export default bench;
