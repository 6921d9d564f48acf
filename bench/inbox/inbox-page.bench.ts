import type pg from 'pg';
import type { QueryArrayConfig } from 'pg';
import type { Sql } from '../../src/platform/database/index.js';
import { readInstantsFast } from '../../src/platform/database/instant.js';
import type { TestDatabase } from '../../test/support/database.js';
import { loadedDatabase } from '../loader/loaded-database.js';
import { loadedWorkspaceId } from '../loader/statements.js';
import type { Machine } from '../machine/machine.js';
import type { Bench, Information, Measured, Skipped } from '../report/bench.js';
import { quantile } from '../report/quantiles.js';
import { pageStatement } from './page-statement.js';

/** Workspaces whose inbox fills a page at every size; the first of them is the large one. */
const sample = 50;
const reads = 1_000;

/** Goals 6, 6p and 7i: what a page of the inbox costs the database, as it grows and with row security on and off. */
const bench: Bench = {
  name: 'inbox-page',
  goals: ['6', '6p', '7i'],
  async run({ machine, quick, log }) {
    readInstantsFast();
    const statements = await Promise.all(Array.from({ length: sample }, (_, workspace) => pageStatement(workspace)));
    const measured: Measured[] = [];
    const information: Information[] = [];
    const skipped: Skipped[] = [];
    const sizes = quick ? [1_000_000] : [1_000_000, 10_000_000];
    const buffers: number[] = [];
    for (const size of sizes) {
      const database = await loadedDatabase(machine, size, log);
      const app = await machine.client(database.appUrl);
      const counts = await buffersOf(app, statements);
      buffers.push(sumOf(counts));
      const times = await timesOf(app, statements, reads);
      const [p50, p95] = [quantile(times, 0.5), quantile(times, 0.95)];
      const what = `page of 50 at ${size.toLocaleString('en-US')} messages`;
      information.push(
        { what: `${what}, mean buffers`, value: sumOf(counts) / counts.length },
        { what: `${what}, buffers in the large workspace`, value: counts[0] ?? Number.NaN },
        { what: `${what}, p50`, value: p50, unit: 'ms' },
        { what: `${what}, p95`, value: p95, unit: 'ms' },
      );
      log(
        `${what}: ${(sumOf(counts) / counts.length).toFixed(0)} buffers, p50 ${p50.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms`,
      );
      if (size === sizes.at(-1)) measured.push({ goal: '7i', ...(await securityRatio(machine, database, statements)) });
      if (size === 10_000_000)
        measured.push({ goal: '6p', value: p95, note: `${String(reads)} pages of 50, one client` });
    }
    const [small, large] = buffers;
    if (small !== undefined && large !== undefined)
      measured.push({ goal: '6', value: large / small, note: `${String(sample)} workspaces, pages of 50` });
    else
      for (const goal of ['6', '6p'] as const)
        skipped.push({ goal, why: '10,000,000 messages are left out of a quick run' });
    return { measured, information, skipped };
  },
};
export default bench;

/** Runs a statement as the product does: in a workspace's transaction, its plan kept by the connection, rows as lists. Gives ms of the statement. */
async function timed(client: pg.Client, workspace: number, statement: Sql): Promise<number> {
  await client.query(`begin read only; select set_config('app.workspace_id', '${loadedWorkspaceId(workspace)}', true)`);
  const since = performance.now();
  const { rows } = await client.query({
    name: 'page',
    text: statement.text,
    values: [...statement.values],
    rowMode: 'array',
  } as QueryArrayConfig);
  const took = performance.now() - since;
  await client.query('commit');
  if (rows.length !== 51) throw new Error(`A page of 50 gave ${String(rows.length)} rows.`);
  return took;
}

async function timesOf(client: pg.Client, statements: readonly Sql[], count: number): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count + 2 * statements.length; index += 1) {
    const workspace = index % statements.length;
    const took = await timed(client, workspace, statements[workspace] as Sql);
    // The first rounds warm the plans and the pages.
    if (index >= 2 * statements.length) times.push(took);
  }
  return times;
}

interface Explained {
  readonly Plan: { readonly 'Shared Hit Blocks': number; readonly 'Shared Read Blocks': number };
}

/** Buffers that each workspace's page touches, with the plan that connections keep. */
async function buffersOf(client: pg.Client, statements: readonly Sql[]): Promise<number[]> {
  await client.query(`prepare page as ${(statements[0] as Sql).text}`);
  const counts: number[] = [];
  // Six times each: from the sixth on Postgres may keep a plan, and does where it is no dearer.
  for (let round = 0; round < 6; round += 1) {
    for (const [workspace, { values }] of statements.entries()) {
      await client.query(
        `begin read only; select set_config('app.workspace_id', '${loadedWorkspaceId(workspace)}', true)`,
      );
      const literals = values.map((value) => client.escapeLiteral(String(value))).join(', ');
      const { rows } = await client.query<{ 'QUERY PLAN': [Explained] }>(
        `explain (analyze, buffers, timing off, format json) execute page(${literals})`,
      );
      await client.query('commit');
      const plan = rows[0]?.['QUERY PLAN'][0].Plan;
      if (plan === undefined) throw new Error('Postgres explained nothing.');
      if (round === 5) counts.push(plan['Shared Hit Blocks'] + plan['Shared Read Blocks']);
    }
  }
  await client.query('deallocate page');
  return counts;
}

/** Pages/s under row security ÷ pages/s past it, in turns, the best of three each. */
async function securityRatio(
  machine: Machine,
  database: TestDatabase,
  statements: readonly Sql[],
): Promise<{ value: number; note: string }> {
  const clients = { on: await machine.client(database.appUrl), off: await machine.admin(database) };
  await clients.off.query('set statement_timeout = 0');
  const best = { on: 0, off: 0 };
  for (let round = 0; round < 3; round += 1) {
    for (const side of ['on', 'off'] as const) {
      const times = await timesOf(clients[side], statements, reads / 2);
      best[side] = Math.max(best[side], 1_000 / (sumOf(times) / times.length));
    }
  }
  return {
    value: best.on / best.off,
    note: `${best.on.toFixed(0)} and ${best.off.toFixed(0)} pages/s of one client`,
  };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
