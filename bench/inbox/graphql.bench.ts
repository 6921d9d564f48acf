import { fork } from 'node:child_process';
import path from 'node:path';
import { Pool } from 'undici';
import { loadedDatabase } from '../loader/loaded-database.js';
import { loadedToken, loadedWorkspaceId } from '../loader/statements.js';
import type { Bench } from '../report/bench.js';
import { documentRelations, inboxDocument, pageStatement, sessionStatement } from './page-statement.js';

/** Workspaces that are asked in turn; each fills a page. */
const sample = 50;
const connections = 16;
const rounds = 3;

/** Goal 6c: pages of the inbox a second through the built server, against a bare handler with the same statements. */
const bench: Bench = {
  name: 'graphql',
  goals: ['6c'],
  async run({ machine, quick, log }) {
    const database = await loadedDatabase(machine, 1_000_000, log);
    const server = await machine.server(database, { ROLE: 'api' });
    const workspaces = Array.from({ length: sample }, (_, index) => index);
    const pages = await Promise.all(
      workspaces.map(async (index) => [
        loadedWorkspaceId(index),
        { session: await sessionStatement(index), page: await pageStatement(index, 50, documentRelations) },
      ]),
    );
    const bare = fork(path.join(import.meta.dirname, 'bare.process.ts'), [], {
      execArgv: ['--disable-warning=ExperimentalWarning', '--import', './test/support/typescript-loader.mjs'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    machine.endLater(() => Promise.resolve(bare.disconnect()));
    const told = new Promise<{ address: string }>((resolve) => bare.once('message', (said) => resolve(said as never)));
    bare.send({ url: database.appUrl, pages: Object.fromEntries(pages) });
    const { address } = await told;

    const sides = { graphql: new Pool(server.url, { connections }), bare: new Pool(address, { connections }) };
    machine.endLater(() => Promise.all(Object.values(sides).map((pool) => pool.close())));
    const count = quick ? 500 : 2_000;
    const best = { graphql: 0, bare: 0 };
    const bytes = { graphql: 0, bare: 0 };
    let processorTime = Number.POSITIVE_INFINITY;
    for (let round = -1; round < rounds; round += 1) {
      for (const side of ['bare', 'graphql'] as const) {
        const before = machine.serverTime(server);
        const since = performance.now();
        bytes[side] = await ask(sides[side], round < 0 ? 500 : count);
        // The first round warms both sides.
        if (round < 0) continue;
        best[side] = Math.max(best[side], count / ((performance.now() - since) / 1_000));
        if (side === 'graphql') processorTime = Math.min(processorTime, (machine.serverTime(server) - before) / count);
      }
    }
    log(`pages/s: GraphQL ${best.graphql.toFixed(0)}, bare ${best.bare.toFixed(0)}`);
    return {
      measured: [
        {
          goal: '6c',
          value: (100 * best.graphql) / best.bare,
          note: `${best.graphql.toFixed(0)} and ${best.bare.toFixed(0)} pages/s, best of ${String(rounds)}, ${String(connections)} connections`,
        },
      ],
      information: [
        { what: 'processor time of the server per page', value: processorTime, unit: 'ms' },
        { what: 'bytes of a page', value: bytes.graphql },
        { what: 'bytes of a page, bare', value: bytes.bare },
      ],
    };
  },
};
export default bench;

/** Asks for so many pages over all connections; gives the size of one. Throws for an answer that is no full page. */
async function ask(pool: Pool, count: number): Promise<number> {
  const body = JSON.stringify({
    query: inboxDocument,
    variables: { first: 50, filter: { status: ['OPEN'] } },
  });
  let next = 0;
  let size = 0;
  const lanes = Array.from({ length: connections }, async () => {
    while (next < count) {
      const workspace = next % sample;
      next += 1;
      const answer = await pool.request({
        path: '/graphql',
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-workspace-id': loadedWorkspaceId(workspace),
          cookie: `__Host-parley_session=${loadedToken(workspace)}`,
        },
        body,
      });
      const text = await answer.body.text();
      if (answer.statusCode !== 200 || !text.includes('"hasNextPage":true'))
        throw new Error(`A page was answered with ${String(answer.statusCode)}: ${text.slice(0, 200)}`);
      size = text.length;
    }
  });
  await Promise.all(lanes);
  return size;
}
