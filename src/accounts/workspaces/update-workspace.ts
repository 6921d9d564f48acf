import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { checkInput } from '../check-input.js';
import type { UpdateWorkspaceInput } from './update-workspace.input.js';
import { workspaceSettings } from './workspace-settings.js';
import { WorkspaceEntity } from './workspace.entity.js';
import { WorkspaceType } from './workspace.type.js';

/** Changes the settings of a workspace; the audit log says which, and not to what: names and addresses are personal. */
@Injectable()
export class UpdateWorkspace {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly audit: AuditLog,
    private readonly feed: LiveFeed,
  ) {}

  async run(actor: MemberActor, input: UpdateWorkspaceInput, origin: RequestOrigin): Promise<WorkspaceType> {
    const given = Object.entries(checkInput(workspaceSettings, input)).filter(([, value]) => value !== null);
    const changed = Object.fromEntries(given) as Partial<WorkspaceEntity>;
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const workspaces = tx.of(WorkspaceEntity);
      if (given.length > 0) {
        await workspaces.update({ id: tx.workspaceId }, changed);
        this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [tx.workspaceId], detail: 'workspace' });
        const { timezone, locale } = changed;
        const detail = {
          changed: Object.keys(changed),
          ...(timezone !== undefined && { timezone }),
          ...(locale !== undefined && { locale }),
        };
        this.audit.record(tx, { actor, action: 'workspace.update', target: tx.workspaceId, origin, detail });
      }
      const workspace = await workspaces.findOneBy({ id: tx.workspaceId });
      if (workspace === null) throw notFound('Workspace');
      return WorkspaceType.from(workspace);
    });
  }
}
