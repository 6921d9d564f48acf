import type { TestClient } from '../../test/support/client.js';
import type { TestDatabase } from '../../test/support/database.js';
import type { Bench } from '../report/bench.js';
import type { Machine } from '../machine/machine.js';
import { addLeads, addShops, ownerOf } from './shops.js';

/** How a file came. */
interface Fetched {
  readonly rows: number;
  readonly bytes: number;
  readonly firstByteSeconds: number;
  readonly seconds: number;
  /** The most memory that the server's process held, in MiB. */
  readonly memory: number;
}

/** Of two workspaces the first has ten times as much as the second. */
const [large, small] = [0, 1];

/**
 * Goals E9, E9f and E9m: a workspace's leads as a file, fetched over HTTP as fast as it comes: how many a second, how soon it begins,
 * and how much memory the server takes for it, at a tenth of the size and at all of it, each by a server that did nothing before.
 * Its contacts stand beside it.
 */
export default {
  name: 'export',
  goals: ['E9', 'E9f', 'E9m'],
  run: async ({ machine, quick, log }) => {
    const [few, many] = quick ? ([10_000, 100_000] as const) : ([100_000, 1_000_000] as const);
    const database = await machine.database();
    const admin = await machine.admin(database);
    await addShops(admin, 2);
    const since = performance.now();
    await addLeads(admin, large, many);
    await addLeads(admin, small, few);
    await admin.query('vacuum (analyze) contacts, leads');
    log(`${String(many + few)} leads in ${((performance.now() - since) / 1_000).toFixed(0)} s`);
    const take = async (path: string, workspace: number, rows: number) => {
      const came = await fetched(machine, database, path, workspace);
      log(`${path}, ${rows.toLocaleString('en-US')}: ${told(came)}`);
      if (came.rows !== rows) throw new Error(`${path} has ${String(came.rows)} rows, not ${String(rows)}.`);
      return came;
    };
    const tenth = await take('leads.csv', small, few);
    const whole = await take('leads.csv', large, many);
    const contacts = await take('contacts.csv', large, many);
    const size = many.toLocaleString('en-US');
    return {
      measured: [
        { goal: 'E9', value: many / whole.seconds, note: `${size} in ${whole.seconds.toFixed(0)} s` },
        {
          goal: 'E9f',
          value: whole.firstByteSeconds,
          note: `${size}; ${tenth.firstByteSeconds.toFixed(2)} s of a tenth`,
        },
        {
          goal: 'E9m',
          value: whole.memory / tenth.memory,
          note: `${whole.memory.toFixed(0)} ÷ ${tenth.memory.toFixed(0)} MiB at ${size} and ${few.toLocaleString('en-US')}`,
        },
      ],
      information: [
        { what: 'a lead in the file', value: whole.bytes / many, unit: 'bytes' },
        { what: `${size} contacts as a file`, value: many / contacts.seconds, unit: 'rows/s' },
        { what: 'its first byte', value: contacts.firstByteSeconds, unit: 's' },
        { what: 'memory of the server for it', value: contacts.memory, unit: 'MiB' },
      ],
    };
  },
} satisfies Bench;

/** Fetches a file from a server that was started for it, and keeps nothing of it. */
async function fetched(machine: Machine, database: TestDatabase, path: string, workspace: number): Promise<Fetched> {
  const server = await machine.server(database);
  const owner: TestClient = ownerOf(server.url, workspace);
  const since = performance.now();
  const seconds = () => (performance.now() - since) / 1_000;
  const response = await fetch(`${server.url}/exports/${path}`, { headers: owner.headers() });
  if (response.status !== 200 || response.body === null)
    throw new Error(`${path} was answered with ${String(response.status)}: ${await response.text()}`);
  let [lines, bytes, firstByteSeconds] = [0, 0, Number.NaN];
  for await (const chunk of response.body) {
    if (bytes === 0) firstByteSeconds = seconds();
    bytes += chunk.length;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
  }
  const came = {
    rows: lines - 1,
    bytes,
    firstByteSeconds,
    seconds: seconds(),
    memory: machine.mostServerMemory(server),
  };
  await server.stop();
  return came;
}

function told({ rows, seconds, firstByteSeconds, memory }: Fetched): string {
  return `${(rows / seconds).toFixed(0)} rows/s, the first byte after ${firstByteSeconds.toFixed(2)} s, ${memory.toFixed(0)} MiB at the most`;
}
