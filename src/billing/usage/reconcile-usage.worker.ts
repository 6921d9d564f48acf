import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { type Sql, Workspaces, sql } from '../../platform/database/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { UsageMetric } from '../enums.js';
import { Plans } from '../plans/plans.js';
import { reconcileUsage } from './kinds.js';
import { UsageCounters } from './usage.js';

const daySeconds = 86_400;

/** What the counters are to say, by the rows that they count. Answers by AI have none: theirs stays as it is. */
const rows: readonly (readonly [UsageMetric, Sql])[] = [
  [UsageMetric.SEATS, sql`from members r where r.user_id is not null`],
  [UsageMetric.CHANNELS, sql`from channels r where r.status <> 'DISCONNECTED'`],
  [UsageMetric.CONTACTS, sql`from contacts r where r.merged_into is null`],
  [UsageMetric.KNOWLEDGE_PASSAGES, sql`from passages r where true`],
];

/**
 * Counts once a day what is counted against a plan, and mends what was counted wrong. Nothing should be: what is found is
 * said in the log.
 */
@Injectable()
export class ReconcileUsageWorker implements Worker, OnModuleInit {
  readonly kind = reconcileUsage;
  readonly concurrency = 1;
  readonly maxSeconds = 120;
  private readonly logger = new Logger('ReconcileUsage');

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly plans: Plans,
    private readonly counters: UsageCounters,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run({ workspaceId }: Pick<Job, 'workspaceId'>): Promise<Again | undefined> {
    if (!this.plans.sold) return undefined;
    for (const [metric, counted] of rows) {
      const difference = await this.mend(workspaceId, metric, counted);
      if (difference !== 0)
        this.logger.warn(`The use of ${metric} was counted wrong by ${String(difference)}, and is mended.`);
    }
    return { afterSeconds: daySeconds };
  }

  /** Whoever adds or removes waits for the counter, or we for them: what is counted is what stands. One counter at a time. */
  private mend(workspaceId: string, metric: UsageMetric, counted: Sql): Promise<number> {
    return this.workspaces.run(workspaceId, async (tx) => {
      const used = await this.counters.lock(tx, metric);
      const row = await tx.first<{ count: number }>(
        sql`select count(*)::int as count ${counted} and r.workspace_id = ${tx.workspaceId}`,
      );
      const difference = used - (row?.count ?? 0);
      if (difference !== 0)
        await tx.execute(sql`
          update usage_counters set used = ${row?.count ?? 0} where workspace_id = ${tx.workspaceId} and metric = ${metric}`);
      return difference;
    });
  }
}
