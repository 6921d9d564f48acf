import { Injectable } from '@nestjs/common';
import { Subscriptions } from '../../billing/index.js';
import type { RequestOrigin, UserActor } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, newId, sql } from '../../platform/database/index.js';
import { mailLocale } from '../../platform/mail/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { WorkspaceCreated } from '../accounts.events.js';
import { Role } from '../enums.js';
import { memberActor } from '../member-actor.js';
import { alwaysOpen } from './business-hours.js';
import { MemberEntity } from './member.entity.js';
import { nobodyNamed } from './workspace-settings.js';
import { WorkspaceEntity } from './workspace.entity.js';

interface Founding {
  readonly name: string;
  readonly founder: UserActor;
  readonly origin: RequestOrigin;
}

/** Makes a workspace with its founder as owner, and tells the modules that add what each workspace starts with. */
@Injectable()
export class FoundWorkspace {
  constructor(
    private readonly facts: Facts,
    private readonly subscriptions: Subscriptions,
    private readonly audit: AuditLog,
  ) {}

  /** Takes part in a transaction of the new workspace's own id. */
  async found(tx: WorkspaceTransaction, { name, founder, origin }: Founding): Promise<WorkspaceEntity> {
    const now = new Date();
    const locale = mailLocale(origin.language);
    const settings = { timezone: 'UTC', locale, controller: nobodyNamed, businessHours: alwaysOpen, retention: {} };
    const workspace = { id: tx.workspaceId, name, createdAt: now, ...settings };
    const memberId = newId();
    await tx.of(WorkspaceEntity).insert(workspace);
    await tx.execute(sql`insert into workspace_counters (workspace_id) values (${tx.workspaceId})`);
    await tx.of(MemberEntity).insert({
      workspaceId: tx.workspaceId,
      id: memberId,
      userId: founder.userId,
      role: Role.OWNER,
      available: true,
      frozen: false,
      joinedAt: now,
    });
    await this.subscriptions.begin(tx);
    await this.facts.announce(tx, new WorkspaceCreated(tx.workspaceId));
    const owner = memberActor(founder, { workspaceId: tx.workspaceId, memberId, role: Role.OWNER });
    this.audit.record(tx, { actor: owner, action: 'workspace.create', target: tx.workspaceId, origin });
    return Object.assign(new WorkspaceEntity(), workspace);
  }
}
