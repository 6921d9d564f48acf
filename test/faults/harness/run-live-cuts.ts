import { MetaSender } from './meta-sender.js';
import { drained } from './deliveries-ledger.js';
import { connectedOwner } from './run-deliveries.js';
import { type Blow, Schedule, plan } from './schedule.js';
import type { Chance } from './seed.js';
import type { Site } from './site.js';
import { TcpProxy } from './tcp-proxy.js';
import { Traffic } from './traffic.js';
import { CutWatcher } from './watch-through-cuts.js';
import { TestClient } from '../../support/client.js';

/** What a watcher was told, against the rows of the feed. */
export interface LiveReport {
  readonly seed: number;
  readonly cuts: number;
  readonly refused: number;
  readonly told: number;
  readonly struck: readonly string[];
  readonly missed: readonly number[];
  readonly repeated: readonly number[];
  readonly disordered: readonly number[];
}

/** How many tenths of the deliveries are added at most. */
const mostMore = 20;

/** Watches through a cable that is cut while deliveries come and processes die; `calls` deliveries at a bounded pace. */
export async function runLiveCuts(
  site: Site,
  chance: Chance,
  run: { readonly cuts: number; readonly calls: number; readonly blows: readonly Blow[] },
): Promise<LiveReport> {
  const owner = await connectedOwner(site.api.url);
  const cable = await TcpProxy.start(site.api.port);
  const screen = new TestClient(site.api.url.replace(String(site.api.port), String(cable.port)));
  Object.assign(screen, { cookie: owner.cookie, workspaceId: owner.workspaceId });
  const watcher = new CutWatcher(screen, chance);
  const traffic = new Traffic(chance, `live${String(chance.seed)}`, 20);
  const schedule = new Schedule(site, plan(chance, run.calls, run.blows));
  const sender = new MetaSender(() => site.api.url, 8);
  try {
    const watching = watcher.run(run.cuts);
    const pace = setInterval(() => cable.cutOne(chance.below(8)), 300);
    const delivering = async () => {
      await sender.deliverAll(traffic.calls(run.calls), 4, (done) => schedule.reached(done));
      // A fast machine is through before the cable was cut often enough: cuts count only while there is news.
      for (let more = 0; more < mostMore && watcher.cuts < run.cuts; more += 1)
        await sender.deliverAll(traffic.calls(run.calls / 10), 4);
      watcher.stop();
    };
    await Promise.all([watching, delivering()]);
    clearInterval(pace);
    await schedule.over();
    await drained(site, 60_000);
    const [counter] = await site.ask<{ last: number }>(
      'select coalesce(max(seq), 0)::int as last from workspace_events where workspace_id = $1',
      [owner.workspaceId],
    );
    await watcher.catchUp(counter?.last ?? 0, 30_000);
    return { ...(await against(site, watcher, owner.workspaceId ?? '')), seed: chance.seed, struck: schedule.struck };
  } finally {
    sender.close();
    await screen.close();
    await cable.close();
  }
}

async function against(site: Site, watcher: CutWatcher, workspaceId: string) {
  const rows = await site.ask<{ seq: number }>(
    'select seq::int as seq from workspace_events where workspace_id = $1 and seq > $2 order by seq',
    [workspaceId, watcher.begun ?? 0],
  );
  const { seen } = watcher;
  const told = new Set(seen);
  return {
    cuts: watcher.cuts,
    refused: watcher.failures,
    told: seen.length,
    missed: rows
      .map(({ seq }) => seq)
      .filter((seq) => !told.has(seq))
      .slice(0, 20),
    repeated: seen.filter((seq, index) => seen.indexOf(seq) !== index).slice(0, 20),
    disordered: seen.filter((seq, index) => index > 0 && seq < (seen[index - 1] ?? 0)).slice(0, 20),
  };
}
