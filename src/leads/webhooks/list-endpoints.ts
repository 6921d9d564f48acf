import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces, sql } from '../../platform/database/index.js';
import { type EndpointRow, endpointColumns } from './endpoint.row.js';

/** The endpoints of a workspace, the oldest first. */
@Injectable()
export class ListEndpoints {
  constructor(private readonly workspaces: Workspaces) {}

  run({ workspaceId }: MemberActor): Promise<EndpointRow[]> {
    return this.workspaces.read(workspaceId, (tx) =>
      tx.query<EndpointRow>(sql`
        select ${endpointColumns} from webhook_endpoints e where e.workspace_id = ${tx.workspaceId} order by e.id`),
    );
  }
}
