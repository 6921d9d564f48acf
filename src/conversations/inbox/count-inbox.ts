import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces, sql } from '../../platform/database/index.js';
import { InboxCountsType } from '../inbox-counts.type.js';

/** The numbers beside the views of the inbox, in one statement; each part reads the index of its view. */
@Injectable()
export class CountInbox {
  constructor(private readonly workspaces: Workspaces) {}

  async run({ workspaceId, memberId }: MemberActor): Promise<InboxCountsType> {
    const counts = await this.workspaces.read(workspaceId, (tx) =>
      tx.first<InboxCountsType>(sql`
        select count(*)::int as open,
               count(*) filter (where c.assignee_id is null)::int as unassigned,
               count(*) filter (where c.assignee_id = ${memberId})::int as mine,
               floor(extract(epoch from now() - min(c.waiting_since)))::int as "waitingLongestSeconds",
               (select count(*)::int from conversations u where u.workspace_id = ${workspaceId} and u.unread_count > 0 and not u.spam) as unread,
               (select count(distinct n.conversation_id)::int
                  from mentions n join conversations v on v.workspace_id = n.workspace_id and v.id = n.conversation_id
                 where n.workspace_id = ${workspaceId} and n.member_id = ${memberId} and n.seen_at is null and not v.spam) as mentioned,
               (select count(*)::int
                  from composer_drafts d join conversations b on b.workspace_id = d.workspace_id and b.id = d.conversation_id
                 where d.workspace_id = ${workspaceId} and d.member_id = ${memberId} and not b.spam) as drafted
          from conversations c where c.workspace_id = ${workspaceId} and c.status = 'OPEN' and not c.spam`),
    );
    return Object.assign(new InboxCountsType(), counts);
  }
}
