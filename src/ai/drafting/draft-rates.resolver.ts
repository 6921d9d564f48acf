import { Field, Float, ID, Int, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { InboxReport } from '../../conversations/index.js';
import { CurrentMember, type MemberActor } from '../../platform/access/index.js';
import { Workspaces, sql } from '../../platform/database/index.js';

@ObjectType({
  description: 'What became of the replies that a bot proposed in a week, with one wording of the prompt.',
})
export class DraftRates {
  @Field(() => Date, { description: 'When the week begins: Monday, by the time zone of the report.' })
  week!: Date;

  @Field(() => ID, { nullable: true, description: 'The bot; null where there was none, or it is gone.' })
  botId!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The wording of the prompt, or how it was quoted; null where the record of the runs is gone by its age.',
  })
  promptVersion!: string | null;

  @Field(() => Int, { description: 'Sent as they were proposed.' })
  accepted!: number;

  @Field(() => Int, { description: 'Sent after somebody changed them.' })
  edited!: number;

  @Field(() => Int, { description: 'Not sent: discarded, or another reply took their place.' })
  discarded!: number;

  @Field(() => Int, {
    description: 'Came to nothing though a member asked: nothing grounded, or a server that failed.',
  })
  failed!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Of those that were changed: how many characters, the median; null where none was.',
  })
  editedCharactersMedian!: number | null;
}

/** How proposals do over time, so that two wordings of a prompt can be told apart by what members do with them. */
@Resolver(() => InboxReport)
export class DraftRatesResolver {
  constructor(private readonly workspaces: Workspaces) {}

  @ResolveField(() => [DraftRates], {
    description: 'The same by week, bot and wording of the prompt, the newest week first; at most 500 rows.',
  })
  draftRates(
    @Parent() { from, to, timezone }: InboxReport,
    @CurrentMember() { workspaceId }: MemberActor,
  ): Promise<DraftRates[]> {
    return this.workspaces.read(workspaceId, async (tx) => {
      const rows = await tx.query<DraftRates>(sql`
        select date_trunc('week', d.created_at, ${timezone}::text) as week, r.bot_id as "botId", r.prompt_version as "promptVersion",
               count(*) filter (where d.status = 'ACCEPTED')::int as accepted, count(*) filter (where d.status = 'EDITED')::int as edited,
               count(*) filter (where d.status = 'DISCARDED' and d.text <> '')::int as discarded, count(*) filter (where d.status = 'FAILED')::int as failed,
               percentile_cont(0.5) within group (order by r.edit_distance) filter (where d.status = 'EDITED') as "editedCharactersMedian"
          from drafts d left join ai_runs r on r.workspace_id = d.workspace_id and r.id = d.run_id
         where d.workspace_id = ${workspaceId} and d.created_at >= ${from} and d.created_at < ${to}
           and not exists (select from messages m where m.workspace_id = d.workspace_id and m.id = d.message_id and m.author = 'BOT')
         group by 1, 2, 3 order by 1 desc, 2, 3 limit 500`);
      return rows.map((row) => Object.assign(new DraftRates(), row));
    });
  }
}
