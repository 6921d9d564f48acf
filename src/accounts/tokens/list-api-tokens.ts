import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { ApiTokenEntity } from './api-token.entity.js';
import { ApiTokenType } from './api-token.type.js';

/** The API tokens of a workspace, the newest first. */
@Injectable()
export class ListApiTokens {
  constructor(private readonly workspaces: Workspaces) {}

  async run({ workspaceId }: MemberActor): Promise<ApiTokenType[]> {
    const rows = await this.workspaces.read(workspaceId, (tx) =>
      tx.of(ApiTokenEntity).find({ where: { workspaceId }, order: { id: 'DESC' } }),
    );
    return rows.map((row) => ApiTokenType.from(row));
  }
}
