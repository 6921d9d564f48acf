import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditCheckpoints } from '../../platform/audit/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { LegalHolds } from '../../platform/personal-data/index.js';
import { WorkspaceCreated } from '../accounts.events.js';
import { WorkspaceEntity } from '../workspaces/workspace.entity.js';
import { usualRetention } from './retention-policy.js';
import { Retention } from './retention.js';

const daySeconds = 86_400;

/** Once a day, and when the policy was changed: removes what a workspace keeps no longer, in bounded batches. */
@Injectable()
export class ApplyRetentionWorker implements Worker, OnModuleInit {
  readonly kind = 'apply-retention';
  readonly concurrency = 1;
  readonly maxSeconds = 120;

  constructor(
    private readonly queues: Queues,
    private readonly facts: Facts,
    private readonly outbox: Outbox,
    private readonly workspaces: Workspaces,
    private readonly retention: Retention,
    private readonly checkpoints: AuditCheckpoints,
    private readonly holds: LegalHolds,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
    this.facts.on(WorkspaceCreated, (tx) => {
      this.outbox.scheduleAfter(tx, this.kind, tx.workspaceId, daySeconds);
      return Promise.resolve();
    });
    this.retention.register({
      kind: 'auditDays',
      // All of it at once: the chain is cut in one place.
      prune: async (workspaceId, days) => (await this.checkpoints.prune(workspaceId, days)) < 0,
      count: async (tx, { auditDays }) => ({ audit_entries: await this.checkpoints.count(tx, auditDays) }),
    });
  }

  async run({ workspaceId, signal }: Job): Promise<Again | undefined> {
    const workspace = await this.workspaces.read(workspaceId, (tx) =>
      tx.of(WorkspaceEntity).findOneBy({ id: workspaceId }),
    );
    if (workspace === null) return undefined;
    // What a hold keeps is kept whatever the policy says; the days go on being counted.
    if (await this.workspaces.read(workspaceId, (tx) => this.holds.stands(tx, []))) return { afterSeconds: daySeconds };
    const policy = { ...usualRetention, ...workspace.retention };
    for (const retained of this.retention.all) {
      const days = policy[retained.kind];
      while (days !== null && (await retained.prune(workspaceId, days))) if (signal.aborted) return { afterSeconds: 0 };
    }
    return { afterSeconds: daySeconds };
  }
}
