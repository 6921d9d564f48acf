import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';

/** Whether stored conversations may be used for reports of leads. They may, unless the workspace says otherwise. */
@Injectable()
export class LeadAnalysis {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly feed: LiveFeed,
    private readonly audit: AuditLog,
  ) {}

  get({ workspaceId }: MemberActor): Promise<boolean> {
    return this.workspaces.read(workspaceId, (tx) => this.read(tx));
  }

  /** Participant. The same. */
  async read(tx: WorkspaceTransaction): Promise<boolean> {
    const rule = await tx.first<{ enabled: boolean }>(
      sql`select enabled from lead_analysis_rules where workspace_id = ${tx.workspaceId}`,
    );
    return rule?.enabled ?? true;
  }

  async set(actor: MemberActor, origin: RequestOrigin, enabled: boolean): Promise<boolean> {
    await this.workspaces.run(actor.workspaceId, async (tx) => {
      await tx.execute(sql`
        insert into lead_analysis_rules (workspace_id, enabled) values (${tx.workspaceId}, ${enabled})
        on conflict (workspace_id) do update set enabled = excluded.enabled`);
      this.feed.append(tx, { kind: 'WorkspaceChanged', detail: 'lead-analysis', ids: [tx.workspaceId] });
      this.audit.record(tx, {
        actor,
        action: 'lead-analysis.set',
        target: tx.workspaceId,
        origin,
        detail: { enabled },
      });
    });
    return enabled;
  }
}
