import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces, sql } from '../../platform/database/index.js';

/** So many of those last heard of are looked through: enough to know which labels are in use, however many contacts there are. */
const contacts = 2_000;
const most = 100;

/** The labels that contacts have, those used most first. */
@Injectable()
export class ListContactTags {
  constructor(private readonly workspaces: Workspaces) {}

  async run({ workspaceId }: MemberActor): Promise<string[]> {
    const rows = await this.workspaces.read(workspaceId, (tx) =>
      tx.query<{ tag: string }>(sql`
        select tag from (
          select k.tags from contacts k where k.workspace_id = ${workspaceId} and k.merged_into is null
           order by k.last_seen_at desc, k.id desc limit ${contacts}) recent, unnest(recent.tags) as tag
         group by tag order by count(*) desc, tag limit ${most}`),
    );
    return rows.map(({ tag }) => tag);
  }
}
