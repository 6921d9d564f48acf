import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { LeadAnalysis } from './lead-analysis.js';
import { ReportLeads } from './report-leads.js';
import { LeadDimension, LeadReportRow } from './report.type.js';

/** What came of leads, and whether conversations may be looked at for it. */
@Resolver(() => LeadReportRow)
export class LeadReportResolver {
  constructor(
    private readonly report: ReportLeads,
    private readonly analysis: LeadAnalysis,
  ) {}

  @Query(() => [LeadReportRow], {
    description:
      'What came of the leads that were sent in between two moments, 1,100 days at most; those of which there are the most first, 500 rows at most. Leads for answers alone and trials of forms are left out. By OWNER, owners and administrators see everybody, others their own row.',
  })
  @Allow(Permission.Read)
  leadReport(
    @CurrentMember() member: MemberActor,
    @Args('by', { type: () => LeadDimension, description: 'What the rows are of.' }) by: LeadDimension,
    @Args('from', { type: () => Date, description: 'Sent in from then on.' }) from: Date,
    @Args('to', { type: () => Date, description: 'Until before then.' }) to: Date,
  ): Promise<LeadReportRow[]> {
    return this.report.run(member, { by, from, to });
  }

  @Query(() => Boolean, {
    description:
      'Whether stored conversations may be used for reports of leads (by TOPIC); they may unless it was said otherwise.',
  })
  @Allow(Permission.Read)
  leadAnalysis(@CurrentMember() member: MemberActor): Promise<boolean> {
    return this.analysis.get(member);
  }

  @Mutation(() => Boolean, { description: 'Says whether stored conversations may be used for reports of leads.' })
  @Allow(Permission.ManageWorkspace)
  setLeadAnalysis(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('enabled', { type: () => Boolean, description: 'Whether they may.' }) enabled: boolean,
  ): Promise<boolean> {
    return this.analysis.set(member, request.origin, enabled);
  }
}
