import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces, sql } from '../../platform/database/index.js';
import { type HoldRow, holdColumns } from './hold.row.js';

const most = 500;

/** The legal holds of a workspace: those that stand, then those that were released. */
@Injectable()
export class ListHolds {
  constructor(private readonly workspaces: Workspaces) {}

  run({ workspaceId }: MemberActor): Promise<HoldRow[]> {
    return this.workspaces.read(workspaceId, (tx) =>
      tx.query<HoldRow>(sql`
        select ${holdColumns} from legal_holds where workspace_id = ${workspaceId}
         order by released_at is not null, placed_at desc, id desc limit ${most}`),
    );
  }
}
