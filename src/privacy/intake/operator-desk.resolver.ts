import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  CurrentRequest,
  CurrentUser,
  ForOperators,
  RequestContext,
  type UserActor,
} from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { PrivacyRequestStatus } from './enums.js';
import { OperatorDesk } from './operator-desk.js';
import { PrivacyRequestConnection, PrivacyRequestType } from './privacy-request.type.js';
import type { RequestRow } from './request.row.js';

const requestId = () => Args('id', { type: () => ID, description: 'The request.' });

/** The desk of those who run the deployment. */
@Resolver()
export class OperatorDeskResolver {
  constructor(
    private readonly desk: OperatorDesk,
    private readonly config: Config,
  ) {}

  @Query(() => PrivacyRequestConnection, {
    description: '(no workspace; instance operator) Requests that no workspace owns, the newest first.',
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
    const { nodes, pageInfo } = await this.desk.list(user, { status, first, after });
    return { nodes: nodes.map((row) => PrivacyRequestType.from(row, this.config.publicUrl)), pageInfo };
  }

  @Mutation(() => PrivacyRequestType, {
    description: '(no workspace; instance operator) Gives a request to the workspace that it is about.',
  })
  @ForOperators()
  routePrivacyRequest(
    @CurrentUser() user: UserActor,
    @requestId() id: string,
    @Args('workspaceId', { type: () => ID, description: 'The workspace.' }) workspaceId: string,
  ): Promise<PrivacyRequestType> {
    return this.shown(this.desk.route(user, id, workspaceId));
  }

  @Mutation(() => PrivacyRequestType, {
    description: '(no workspace; instance operator) Asks the business that answers for the data to erase; recorded.',
  })
  @ForOperators()
  askControllerToErase(
    @CurrentUser() user: UserActor,
    @CurrentRequest() request: RequestContext,
    @requestId() id: string,
    @Args('message', { type: () => String, description: 'What is asked; it is mailed to them.' }) message: string,
  ): Promise<PrivacyRequestType> {
    return this.shown(this.desk.askController(user, request.origin, id, message));
  }

  @Mutation(() => PrivacyRequestType, {
    description: '(no workspace; instance operator) Erases in place of the business, on a ground of the law; recorded.',
  })
  @ForOperators()
  eraseDirectly(
    @CurrentUser() user: UserActor,
    @CurrentRequest() request: RequestContext,
    @requestId() id: string,
    @Args('legalBasis', { type: () => String, description: 'The ground.' }) legalBasis: string,
  ): Promise<PrivacyRequestType> {
    return this.shown(this.desk.eraseDirectly(user, request.origin, id, legalBasis));
  }

  @Mutation(() => PrivacyRequestType, {
    description: '(no workspace; instance operator) Answers a request that no workspace owns; whoever asked is told.',
  })
  @ForOperators()
  settleInstancePrivacyRequest(
    @CurrentUser() user: UserActor,
    @requestId() id: string,
    @Args('answer', { type: () => String, description: 'What was done, or why not; it is mailed to them.' })
    answer: string,
    @Args('refused', { type: () => Boolean, nullable: true, defaultValue: false, description: 'It is refused.' })
    refused: boolean | null,
  ): Promise<PrivacyRequestType> {
    return this.shown(this.desk.settle(user, id, answer, refused === true));
  }

  private async shown(row: Promise<RequestRow>): Promise<PrivacyRequestType> {
    return PrivacyRequestType.from(await row, this.config.publicUrl);
  }
}
