import { setTimeout as sleep } from 'node:timers/promises';
import { loadStatements } from '../loader/statements.js';
import type { Bench } from '../report/bench.js';
import { Crowd } from './crowd.js';
import { watcher } from './watchers.js';

/** Goal 8: what one more idle watcher costs the server, in resident memory. */
const bench: Bench = {
  name: 'idle-watchers',
  goals: ['8'],
  async run({ machine, quick, log }) {
    const count = quick ? 1_000 : 5_000;
    const database = await machine.database();
    const admin = await machine.admin(database);
    const { workspaces, counters, users, members, sessions } = loadStatements({ messages: 10, workspaces: 1 });
    for (const statement of [workspaces, counters, users, members, sessions]) await admin.query(statement ?? '');
    const server = await machine.server(database, { ROLE: 'api' });
    // A first few, so that what is loaded once for all of them is not counted.
    const first = await Crowd.connect({ ...watcher(server.url), count: 200 });
    machine.endLater(() => first.leave());
    await sleep(5_000);
    const before = machine.serverMemory(server);
    const crowd = await Crowd.connect({ ...watcher(server.url), count });
    machine.endLater(() => crowd.leave());
    // Long enough for the memory of connecting to be collected.
    let after = machine.serverMemory(server);
    for (let second = 0; second < 30; second += 1) {
      await sleep(1_000);
      after = Math.min(after, machine.serverMemory(server));
    }
    log(`${before.toFixed(0)} MiB, with ${String(count)} watchers ${after.toFixed(0)} MiB`);
    return {
      measured: [{ goal: '8', value: ((after - before) * 1_024) / count, note: `${String(count)} watchers` }],
    };
  },
};
export default bench;
