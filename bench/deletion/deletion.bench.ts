import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import type pg from 'pg';
import { inboxDocument } from '../inbox/page-statement.js';
import { loadMessages } from '../loader/load-messages.js';
import { loadedToken, loadedWorkspaceId } from '../loader/statements.js';
import type { Bench } from '../report/bench.js';
import { quantile } from '../report/quantiles.js';

/** Milliseconds between two pages that the neighbour asks for: somebody who works, not a load. */
const every = 20;
const patienceSeconds = 300;

/** Of two workspaces the second has nine tenths of all messages, and is the one that goes. */
const [neighbour, leaving] = [0, 1];
const share = 0.9;

/**
 * Goals 12 and 12n: a workspace of a million messages is deleted over GraphQL, from the answer to the last row by the
 * database's clock; meanwhile the other workspace reads its inbox, as it did before.
 */
export default {
  name: 'deletion',
  goals: ['12', '12n'],
  run: async ({ machine, quick, log }) => {
    const database = await machine.database();
    const messages = Math.ceil((quick ? 100_000 : 1_000_000) / share / 10) * 10 + 2_000;
    await loadMessages(machine.superuserUrl(database), { messages, workspaces: 2 });
    const admin = await machine.admin(database);
    const held = await countOf(admin, leaving);
    const server = await machine.server(database, { ROLE: 'api' });
    const worker = await machine.server(database, { ROLE: 'worker' });
    const pool = new Pool(server.url, { connections: 2 });
    machine.endLater(() => pool.close());

    await readUntil(pool, Date.now() + 2_000);
    const quiet = await readUntil(pool, Date.now() + (quick ? 4_000 : 10_000));
    let going = true;
    const since = machine.postgresTime();
    await deleteWorkspace(pool);
    const watched = readWhile(pool, () => going);
    const seconds = await completed(admin).finally(() => (going = false));
    const during = await watched;
    const left = await countOf(admin, leaving);
    if (left > 0) throw new Error(`${String(left)} messages are left.`);
    if (worker.ended) throw new Error(`The worker ended: ${worker.log}`);
    const [before, after] = [quantile(quiet, 0.95), quantile(during, 0.95)];
    log(
      `${held.toLocaleString('en-US')} messages in ${seconds.toFixed(1)} s; pages ${before.toFixed(1)} and ${after.toFixed(1)} ms`,
    );
    return {
      measured: [
        // A smaller size is told as it would be at a million.
        {
          goal: '12',
          value: (seconds * 1_000_000) / held,
          note: `${held.toLocaleString('en-US')} messages in ${seconds.toFixed(1)} s`,
        },
        {
          goal: '12n',
          value: after / before,
          note: `${after.toFixed(1)} ÷ ${before.toFixed(1)} ms, ${String(during.length)} and ${String(quiet.length)} pages`,
        },
      ],
      information: [
        {
          what: 'processor time of Postgres per message erased',
          value: (machine.postgresTime() - since) / held,
          unit: 'ms',
        },
        { what: 'the longest page meanwhile', value: Math.max(...during), unit: 'ms' },
      ],
    };
  },
} satisfies Bench;

async function ask(pool: Pool, workspace: number, query: string, variables: object): Promise<string> {
  const answer = await pool.request({
    path: '/graphql',
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-workspace-id': loadedWorkspaceId(workspace),
      cookie: `__Host-parley_session=${loadedToken(workspace)}`,
    },
    body: JSON.stringify({ query, variables }),
  });
  const text = await answer.body.text();
  if (answer.statusCode !== 200 || text.includes('"errors"'))
    throw new Error(`The server answered ${String(answer.statusCode)}: ${text.slice(0, 300)}`);
  return text;
}

async function deleteWorkspace(pool: Pool): Promise<void> {
  await ask(pool, leaving, 'mutation ($name: String!) { deleteWorkspace(confirmName: $name) { id } }', {
    name: `Shop ${String(leaving)}`,
  });
}

function readUntil(pool: Pool, until: number): Promise<number[]> {
  return readWhile(pool, () => Date.now() < until);
}

/** Pages of the neighbour's inbox at a steady pace; how long each took, in ms. */
async function readWhile(pool: Pool, goOn: () => boolean): Promise<number[]> {
  const times: number[] = [];
  while (goOn()) {
    const since = performance.now();
    const text = await ask(pool, neighbour, inboxDocument, { first: 50, filter: { status: ['OPEN'] } });
    times.push(performance.now() - since);
    if (!text.includes('"hasNextPage":true')) throw new Error(`That was no full page: ${text.slice(0, 200)}`);
    await sleep(every);
  }
  return times;
}

/** Waits until the deletion is recorded as done; gives how long it took, by the database's clock. */
async function completed(admin: pg.Client): Promise<number> {
  for (let tries = 0; tries < patienceSeconds * 5; tries += 1) {
    const { rows } = await admin.query<{ seconds: number }>(
      `select extract(epoch from completed_at - requested_at)::float8 as seconds from workspace_deletions where completed_at is not null`,
    );
    if (rows[0] !== undefined) return rows[0].seconds;
    await sleep(200);
  }
  throw new Error('The deletion did not end.');
}

async function countOf(admin: pg.Client, workspace: number): Promise<number> {
  const { rows } = await admin.query<{ n: number }>('select count(*)::int as n from messages where workspace_id = $1', [
    loadedWorkspaceId(workspace),
  ]);
  return rows[0]?.n ?? 0;
}
