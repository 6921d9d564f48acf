import { fork } from 'node:child_process';
import path from 'node:path';
import { loadStatements, loadedWorkspaceId } from '../loader/statements.js';
import type { Bench } from '../report/bench.js';
import { quantile } from '../report/quantiles.js';
import { Crowd, sharedNow } from './crowd.js';
import { watcher } from './watchers.js';

const watchers = 1_000;
const rounds = 15;

/** Goal 8b: from an event to its last watchers, against a bare socket server that sends the same bytes to as many. */
const bench: Bench = {
  name: 'fan-out',
  goals: ['8b'],
  async run({ machine, log }) {
    const database = await machine.database();
    const admin = await machine.admin(database);
    const { workspaces, counters, users, members, sessions, channels } = loadStatements({
      messages: 10,
      workspaces: 1,
    });
    for (const statement of [workspaces, counters, users, members, sessions, channels])
      await admin.query(statement ?? '');
    const server = await machine.server(database, { ROLE: 'api' });
    const crowd = await Crowd.connect({ ...watcher(server.url), count: watchers });
    machine.endLater(() => crowd.leave());
    const cookie = watcher(server.url).headers.cookie;
    let available = true;
    const change = async (): Promise<number> => {
      // Only a change is an event.
      available = !available;
      const answer = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie, 'x-workspace-id': loadedWorkspaceId(0) },
        body: JSON.stringify({
          query: `mutation { setAvailability(available: ${String(available)}) { id } }`,
        }),
      });
      const told = sharedNow();
      const { errors } = (await answer.json()) as { errors?: unknown };
      if (errors !== undefined) throw new Error(`The change was refused: ${JSON.stringify(errors)}`);
      return told;
    };

    const bare = fork(path.join(import.meta.dirname, 'broadcast.process.ts'), [], {
      execArgv: ['--disable-warning=ExperimentalWarning', '--import', './test/support/typescript-loader.mjs'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const said = <Answer>() =>
      new Promise<Answer>((resolve) => bare.once('message', (message) => resolve(message as Answer)));
    machine.endLater(() => Promise.resolve(bare.disconnect()));
    const { port } = await said<{ port: number }>();
    const onlookers = await Crowd.connect({
      url: `ws://127.0.0.1:${String(port)}`,
      protocol: 'graphql-transport-ws',
      count: watchers,
    });
    machine.endLater(() => onlookers.leave());
    const frame = JSON.stringify({
      id: 'a1',
      type: 'next',
      payload: { data: { inboxEvents: { __typename: 'MemberChanged', cursor: '1234', at: new Date() } } },
    });
    const broadcast = async (): Promise<number> => {
      const answer = said<{ since: number }>();
      bare.send({ frame });
      return (await answer).since;
    };

    const last: { shared: number[]; bare: number[] } = { shared: [], bare: [] };
    for (let round = 0; round < rounds + 2; round += 1) {
      const shared = await crowd.frames(watchers, change);
      const plain = await onlookers.frames(watchers, broadcast);
      // The first rounds warm both sides.
      if (round < 2) continue;
      // From the first frame on: what comes before it, Redis and the database, is not what a broadcast does.
      last.shared.push(quantile(shared, 0.99) - Math.min(...shared));
      last.bare.push(quantile(plain, 0.99) - Math.min(...plain));
    }
    const [ours, theirs] = [quantile(last.shared, 0.5), quantile(last.bare, 0.5)];
    log(`from the first frame to the last 1 %: ${ours.toFixed(1)} ms, bare ${theirs.toFixed(1)} ms`);
    return {
      measured: [
        {
          goal: '8b',
          value: ours / theirs,
          note: `median of ${String(rounds)}: ${ours.toFixed(1)} and ${theirs.toFixed(1)} ms after the first frame`,
        },
      ],
    };
  },
};
export default bench;
