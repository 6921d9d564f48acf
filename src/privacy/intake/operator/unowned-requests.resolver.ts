import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentUser, ForOperators, type UserActor } from '../../../platform/access/index.js';
import { Config } from '../../../platform/config/index.js';
import { PrivacyRequestKind, PrivacyRequestStatus } from '../enums.js';
import { PrivacyRequestConnection, PrivacyRequestType } from '../privacy-request.type.js';
import { ChangeUnownedKind } from './change-unowned-kind.js';
import { ListUnowned } from './list-unowned.js';
import { RouteToWorkspace } from './route-to-workspace.js';
import { ShowRequest } from './show-request.js';

const requestId = () => Args('id', { type: () => ID, description: 'The request.' });

/** The desk of those who run the deployment: which requests nobody owns, what they ask for, and whose they are. */
@Resolver()
export class UnownedRequestsResolver {
  constructor(
    private readonly listing: ListUnowned,
    private readonly showing: ShowRequest,
    private readonly routing: RouteToWorkspace,
    private readonly changing: ChangeUnownedKind,
    private readonly config: Config,
  ) {}

  @Query(() => PrivacyRequestConnection, {
    description:
      '(no workspace; instance operator) Requests that no workspace owns: what waits first, children’s before all, then by the day on which it is due.',
  })
  @ForOperators()
  async instancePrivacyRequests(
    @CurrentUser() user: UserActor,
    @Args('status', { type: () => [PrivacyRequestStatus], nullable: true, description: 'Only those that are so far.' })
    status: PrivacyRequestStatus[] | null | undefined,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 25, description: 'How many, 100 at most.' })
    first: number | null | undefined,
    @Args('after', { type: () => String, nullable: true, description: 'The endCursor of the page before.' })
    after: string | null | undefined,
  ): Promise<PrivacyRequestConnection> {
    const { nodes, pageInfo } = await this.listing.run(user, { status, first, after });
    return { nodes: nodes.map((row) => PrivacyRequestType.from(row, this.config.publicUrl)), pageInfo };
  }

  @Query(() => PrivacyRequestType, {
    nullable: true,
    description:
      '(no workspace; instance operator) One request; null where there is none. Of one that a workspace answers for there is no word that was said.',
  })
  @ForOperators()
  async instancePrivacyRequest(
    @CurrentUser() user: UserActor,
    @Args('id', { type: () => ID, description: 'The request, by its id or by its confirmation code.' }) id: string,
  ): Promise<PrivacyRequestType | null> {
    const row = await this.showing.run(user, id);
    return row === null ? null : PrivacyRequestType.forOperator(row, this.config.publicUrl);
  }

  @Mutation(() => PrivacyRequestType, {
    description: '(no workspace; instance operator) Gives a request to the workspace that it is about.',
  })
  @ForOperators()
  async routePrivacyRequest(
    @CurrentUser() user: UserActor,
    @requestId() id: string,
    @Args('workspaceId', { type: () => ID, description: 'The workspace.' }) workspaceId: string,
  ): Promise<PrivacyRequestType> {
    return PrivacyRequestType.forOperator(await this.routing.run(user, id, workspaceId), this.config.publicUrl);
  }

  @Mutation(() => PrivacyRequestType, {
    description:
      '(no workspace; instance operator) Says what a request that no workspace owns asks for, once a person has read it; recorded.',
  })
  @ForOperators()
  async changeInstancePrivacyRequestKind(
    @CurrentUser() user: UserActor,
    @requestId() id: string,
    @Args('kind', { type: () => PrivacyRequestKind, description: 'What it asks for.' }) kind: PrivacyRequestKind,
    @Args('reason', { type: () => String, description: 'How that is known.' }) reason: string,
  ): Promise<PrivacyRequestType> {
    return PrivacyRequestType.from(await this.changing.run(user, id, kind, reason), this.config.publicUrl);
  }
}
