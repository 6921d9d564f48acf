import { Args, Query, Resolver } from '@nestjs/graphql';
import { Allow, CurrentMember, type MemberActor, Permission } from '../../platform/access/index.js';
import { InboxReport, ReportGroup } from './inbox-report.type.js';
import { ReportInbox } from './report-inbox.js';

@Resolver(() => InboxReport)
export class InboxReportResolver {
  constructor(private readonly report: ReportInbox) {}

  @Query(() => InboxReport, {
    description:
      'What happened in the inbox between two moments, 400 days at most. By MEMBER, owners and administrators see everybody, others their own row.',
  })
  @Allow(Permission.Read)
  inboxReport(
    @CurrentMember() member: MemberActor,
    @Args('from', { type: () => Date, description: 'From then on.' }) from: Date,
    @Args('to', { type: () => Date, description: 'Until before then.' }) to: Date,
    @Args('groupBy', { type: () => ReportGroup, description: 'What the rows are of.' }) groupBy: ReportGroup,
    @Args('timezone', {
      type: () => String,
      nullable: true,
      description: 'Where days begin, such as Europe/Istanbul; the workspace’s own when it is left out.',
    })
    timezone: string | null | undefined,
  ): Promise<InboxReport> {
    return this.report.run(member, { from, to, groupBy, timezone });
  }
}
