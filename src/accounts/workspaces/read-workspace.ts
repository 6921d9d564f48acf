import { Injectable } from '@nestjs/common';
import { Workspaces } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { MemberType } from './member.type.js';
import { Members } from './members.js';
import { WorkspaceEntity } from './workspace.entity.js';
import { WorkspaceType } from './workspace.type.js';

/** Reads workspaces for those who belong to them; whoever calls has checked that. */
@Injectable()
export class ReadWorkspace {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly members: Members,
  ) {}

  async byId(workspaceId: string): Promise<WorkspaceType> {
    const found = await this.workspaces.read(workspaceId, (tx) =>
      tx.of(WorkspaceEntity).findOneBy({ id: workspaceId }),
    );
    if (found === null) throw notFound('Workspace');
    return WorkspaceType.from(found);
  }

  async membersOf(workspaceId: string): Promise<MemberType[]> {
    const rows = await this.workspaces.read(workspaceId, (tx) => this.members.allMembers(tx));
    return rows.map((row) => MemberType.from(row));
  }
}
