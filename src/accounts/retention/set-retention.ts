import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { WorkspaceEntity } from '../workspaces/workspace.entity.js';
import { RetentionPolicyType } from './retention-policy.type.js';
import { type RetentionChange, changedRetention } from './retention-policy.js';

/** Changes for how long a workspace keeps what, and has what is older removed at once. */
@Injectable()
export class SetRetention {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly audit: AuditLog,
    private readonly feed: LiveFeed,
    private readonly outbox: Outbox,
  ) {}

  async run(actor: MemberActor, change: RetentionChange, origin: RequestOrigin): Promise<RetentionPolicyType> {
    const changed = changedRetention(change);
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const workspace = await tx
        .of(WorkspaceEntity)
        .findOne({ where: { id: tx.workspaceId }, lock: { mode: 'pessimistic_write' } });
      if (workspace === null) throw notFound('Workspace');
      const retention = { ...workspace.retention, ...changed };
      if (Object.keys(changed).length > 0) {
        await tx.of(WorkspaceEntity).update({ id: tx.workspaceId }, { retention });
        this.outbox.schedule(tx, 'apply-retention', tx.workspaceId);
        this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [tx.workspaceId], detail: 'workspace' });
        this.audit.record(tx, {
          actor,
          action: 'retention.set',
          target: tx.workspaceId,
          origin,
          detail: { ...changed },
        });
      }
      return RetentionPolicyType.from(retention);
    });
  }
}
