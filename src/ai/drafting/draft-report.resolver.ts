import { Field, Int, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { InboxReport } from '../../conversations/index.js';
import { CurrentMember, type MemberActor } from '../../platform/access/index.js';
import { Workspaces, sql } from '../../platform/database/index.js';

@ObjectType({ description: 'What became of the replies that the AI proposed.' })
export class DraftCounts {
  @Field(() => Int, { description: 'Sent as they were proposed.' })
  accepted!: number;

  @Field(() => Int, { description: 'Sent after somebody changed them.' })
  edited!: number;

  @Field(() => Int, { description: 'Not sent: discarded, or another reply took their place.' })
  discarded!: number;
}

/** What the AI adds to a report. */
@Resolver(() => InboxReport)
export class DraftReportResolver {
  constructor(private readonly workspaces: Workspaces) {}

  @ResolveField(() => DraftCounts, {
    description: 'The replies that the AI proposed in this time, and what became of them.',
  })
  drafts(@Parent() { from, to }: InboxReport, @CurrentMember() { workspaceId }: MemberActor): Promise<DraftCounts> {
    return this.workspaces.read(workspaceId, async (tx) => {
      const counts = await tx.first<DraftCounts>(sql`
        select count(*) filter (where status = 'ACCEPTED')::int as accepted, count(*) filter (where status = 'EDITED')::int as edited,
               count(*) filter (where status = 'DISCARDED' and text <> '')::int as discarded
          from drafts d where workspace_id = ${workspaceId} and created_at >= ${from} and created_at < ${to}
           and not exists (select from messages m where m.workspace_id = d.workspace_id and m.id = d.message_id and m.author = 'BOT')`);
      return Object.assign(new DraftCounts(), counts);
    });
  }
}
