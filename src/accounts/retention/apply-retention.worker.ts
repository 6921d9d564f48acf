import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditCheckpoints, AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces } from '../../platform/database/index.js';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { LegalHolds } from '../../platform/personal-data/index.js';
import { WorkspaceCreated } from '../accounts.events.js';
import { WorkspaceEntity } from '../workspaces/workspace.entity.js';
import { type RetentionPolicy, usualRetention } from './retention-policy.js';
import { type Pruned, Retention } from './retention.js';

const daySeconds = 86_400;
/** After so long the job goes back into the queue, so that it never counts as one that does not end. */
const turnSeconds = 30;

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
    private readonly audit: AuditLog,
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
      prune: (workspaceId, days) => this.workspaces.run(workspaceId, (tx) => this.pruneAudit(tx, days)),
      count: async (tx, { auditDays }) => ({ audit_entries: await this.checkpoints.count(tx, auditDays) }),
    });
  }

  private async pruneAudit(tx: WorkspaceTransaction, days: number): Promise<Pruned> {
    const { gone, more } = await this.checkpoints.prune(tx, days);
    const pruned = { gone: { audit_entries: gone }, more };
    await this.retention.went(tx, pruned);
    return pruned;
  }

  async run({ workspaceId, signal }: Job): Promise<Again | undefined> {
    const workspace = await this.workspaces.read(workspaceId, (tx) =>
      tx.of(WorkspaceEntity).findOneBy({ id: workspaceId }),
    );
    if (workspace === null) return undefined;
    // What a hold keeps is kept whatever the policy says; the days go on being counted.
    if (await this.workspaces.read(workspaceId, (tx) => this.holds.stands(tx, []))) return { afterSeconds: daySeconds };
    const policy = { ...usualRetention, ...workspace.retention };
    const gone: Record<string, number> = {};
    const ended = await this.prune(workspaceId, policy, gone, signal).finally(() => this.note(workspaceId, gone));
    return { afterSeconds: ended ? daySeconds : 0 };
  }

  /** Adds up what goes; false where there was no time for all of it. */
  private async prune(
    workspaceId: string,
    policy: RetentionPolicy,
    gone: Record<string, number>,
    signal: AbortSignal,
  ): Promise<boolean> {
    const until = performance.now() + 1_000 * turnSeconds;
    for (const retained of this.retention.all) {
      const days = policy[retained.kind];
      for (let more = days !== null; more && days !== null;) {
        if (signal.aborted || performance.now() > until) return false;
        const pruned = await retained.prune(workspaceId, days);
        for (const [what, count] of Object.entries(pruned.gone)) gone[what] = (gone[what] ?? 0) + count;
        more = pruned.more;
      }
    }
    return true;
  }

  /** What went by age has no receipt, for it is nobody's erasure; that it went, and how much, stands in the audit log. */
  private async note(workspaceId: string, gone: Readonly<Record<string, number>>): Promise<void> {
    const detail = Object.fromEntries(Object.entries(gone).filter(([, count]) => count > 0));
    if (Object.keys(detail).length === 0) return;
    await this.workspaces.run(workspaceId, (tx) => {
      this.audit.record(tx, { actor: 'system', action: 'retention.apply', target: workspaceId, detail });
      return Promise.resolve();
    });
  }
}
