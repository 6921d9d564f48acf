import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { UsageMetric, usageMetrics } from '../enums.js';

/** The first day of this month, by the database's clock, for answers; for what stands, always the same. */
const periodOf = (metric: UsageMetric) =>
  metric === UsageMetric.AI_REPLIES
    ? sql`date_trunc('month', now() at time zone 'UTC')::date`
    : sql`'1970-01-01'::date`;

/**
 * How much a workspace uses. Members, channels, contacts and passages are counted by the database with the rows themselves;
 * an answer counts when it is used. Participants.
 */
@Injectable()
export class UsageCounters {
  /** All of them, as they are counted now. */
  async read(tx: WorkspaceTransaction): Promise<ReadonlyMap<UsageMetric, number>> {
    const rows = await tx.query<{ metric: UsageMetric; used: number }>(sql`
      select metric, used from usage_counters
       where workspace_id = ${tx.workspaceId} and period in ('1970-01-01', ${periodOf(UsageMetric.AI_REPLIES)})`);
    const used = new Map(rows.map((row) => [row.metric, row.used]));
    return new Map(usageMetrics.map((metric) => [metric, used.get(metric) ?? 0]));
  }

  /** How many are used, held against everyone else who counts until the transaction ends. */
  async lock(tx: WorkspaceTransaction, metric: UsageMetric): Promise<number> {
    await tx.execute(sql`
      insert into usage_counters (workspace_id, metric, period) values (${tx.workspaceId}, ${metric}, ${periodOf(metric)}) on conflict do nothing`);
    const row = await tx.first<{ used: number }>(sql`
      select used from usage_counters
       where workspace_id = ${tx.workspaceId} and metric = ${metric} and period = ${periodOf(metric)} for update`);
    return row?.used ?? 0;
  }

  /** Counts answers by AI: no row stands for them for long. */
  async countAnswers(tx: WorkspaceTransaction, count: number): Promise<void> {
    await tx.execute(sql`
      insert into usage_counters as counter (workspace_id, metric, period, used)
      values (${tx.workspaceId}, ${UsageMetric.AI_REPLIES}, ${periodOf(UsageMetric.AI_REPLIES)}, ${count})
      on conflict (workspace_id, metric, period) do update set used = greatest(0, counter.used + excluded.used)`);
  }
}
