import { Injectable } from '@nestjs/common';
import { Gauge, Registry, collectDefaultMetrics, register as modulesRegistry } from 'prom-client';
import { SystemDatabase, sql } from '../database/index.js';
import { SocketServer } from '../live/index.js';
import { DueTable } from '../queue/index.js';

/** What Prometheus reads. Names begin with `parley_`; nothing is labelled by workspace or person. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();

  constructor(system: SystemDatabase, due: DueTable, sockets: SocketServer) {
    collectDefaultMetrics({ register: this.registry, prefix: 'parley_' });
    const registers = [this.registry];
    const jobs = new Gauge({
      name: 'parley_jobs',
      help: 'Jobs by kind and state.',
      labelNames: ['kind', 'state'],
      registers,
    });
    const oldest = new Gauge({
      name: 'parley_jobs_oldest_seconds',
      help: 'How long the oldest due job has waited.',
      labelNames: ['kind'],
      registers,
      async collect() {
        jobs.reset();
        oldest.reset();
        for (const row of await due.backlog()) {
          jobs.set({ kind: row.kind, state: 'waiting' }, row.waiting);
          jobs.set({ kind: row.kind, state: 'set-aside' }, row.setAside);
          oldest.set({ kind: row.kind }, row.oldestSeconds);
        }
      },
    });
    const deliveries = new Gauge({
      name: 'parley_deliveries',
      help: 'Webhook deliveries by state.',
      labelNames: ['state'],
      registers,
      async collect() {
        const row = await system.first<{ waiting: number; failed: number; aside: number }>(sql`
            select count(*) filter (where set_aside_at is null)::int as waiting,
                   count(*) filter (where set_aside_at is null and attempts > 0 and reason is not null)::int as failed,
                   count(*) filter (where set_aside_at is not null)::int as aside
              from deliveries`);
        deliveries.set({ state: 'waiting' }, row?.waiting ?? 0);
        deliveries.set({ state: 'failed' }, row?.failed ?? 0);
        deliveries.set({ state: 'set-aside' }, row?.aside ?? 0);
      },
    });
    const unowned = new Gauge({
      name: 'parley_unowned_events',
      help: 'Events of today for accounts that no workspace has connected; their bodies are dropped.',
      labelNames: ['provider'],
      registers,
      async collect() {
        unowned.reset();
        const rows = await system.query<{ provider: string; count: number }>(sql`
          select provider, sum(count)::float8 as count from unrouted_events where day = current_date group by provider`);
        for (const { provider, count } of rows) unowned.set({ provider }, count);
      },
    });
    const deletions = new Gauge({
      name: 'parley_workspace_deletions',
      help: 'Deleted workspaces whose rows are being erased.',
      registers,
    });
    const oldestDeletion = new Gauge({
      name: 'parley_workspace_deletions_oldest_seconds',
      help: 'How long the oldest of them has been going on.',
      registers,
      async collect() {
        const row = await system.first<{ going: number; seconds: number }>(sql`
          select count(*)::int as going, coalesce(extract(epoch from now() - min(requested_at)), 0)::float8 as seconds
            from workspace_deletions where completed_at is null`);
        deletions.set(row?.going ?? 0);
        oldestDeletion.set(row?.seconds ?? 0);
      },
    });
    const owed = new Gauge({
      name: 'parley_owed_cancellations',
      help: 'Subscriptions of deleted workspaces that the merchant of record has not ended yet.',
      registers,
    });
    const oldestOwed = new Gauge({
      name: 'parley_owed_cancellations_oldest_seconds',
      help: 'For how long the oldest of them has been owed.',
      registers,
      async collect() {
        const row = await system.first<{ waiting: number; seconds: number }>(sql`
          select count(*)::int as waiting, coalesce(extract(epoch from now() - min(owed_at)), 0)::float8 as seconds
            from owed_cancellations where confirmed_at is null`);
        owed.set(row?.waiting ?? 0);
        oldestOwed.set(row?.seconds ?? 0);
      },
    });
    const mails = new Gauge({
      name: 'parley_mails',
      help: 'Mails by state; one that is set aside was never sent.',
      labelNames: ['state'],
      registers,
      async collect() {
        const row = await system.first<{ waiting: number; aside: number }>(sql`
            select count(*) filter (where set_aside_at is null)::int as waiting, count(*) filter (where set_aside_at is not null)::int as aside
              from mails`);
        mails.set({ state: 'waiting' }, row?.waiting ?? 0);
        mails.set({ state: 'set-aside' }, row?.aside ?? 0);
      },
    });
    const open = new Gauge({
      name: 'parley_sockets',
      help: 'Open WebSocket connections.',
      registers,
      collect() {
        open.set(sockets.size);
      },
    });
  }

  text(): Promise<string> {
    // Modules count on the library's own registry; what belongs to one application object stands in its own.
    return Registry.merge([this.registry, modulesRegistry]).metrics();
  }
}
