import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, Workspaces } from '../../platform/database/index.js';
import { RowLoader, byId } from '../../platform/graphql/index.js';
import { type MemberRow, Members } from './members.js';

/** Members by id, for field resolvers. */
@Injectable()
export class MemberLoader extends RowLoader<MemberRow> {
  constructor(
    workspaces: Workspaces,
    private readonly members: Members,
  ) {
    super(workspaces);
  }

  protected override async batch(tx: WorkspaceTransaction, keys: readonly string[]): Promise<Map<string, MemberRow>> {
    return byId(await this.members.membersByIds(tx, keys));
  }
}
