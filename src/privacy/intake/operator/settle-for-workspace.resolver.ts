import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import {
  CurrentRequest,
  CurrentUser,
  ForOperators,
  RequestContext,
  type UserActor,
} from '../../../platform/access/index.js';
import { Config } from '../../../platform/config/index.js';
import { PrivacyRequestType } from '../privacy-request.type.js';
import { AskController } from './ask-controller.js';
import { EraseDirectly } from './erase-directly.js';

const requestId = () => Args('id', { type: () => ID, description: 'The request.' });

/** What those who run the deployment do with a request of a workspace; each is in its audit log. */
@Resolver()
export class SettleForWorkspaceResolver {
  constructor(
    private readonly asking: AskController,
    private readonly erasing: EraseDirectly,
    private readonly config: Config,
  ) {}

  @Mutation(() => PrivacyRequestType, {
    description: '(no workspace; instance operator) Asks the business that answers for the data to erase; recorded.',
  })
  @ForOperators()
  async askControllerToErase(
    @CurrentUser() user: UserActor,
    @CurrentRequest() request: RequestContext,
    @requestId() id: string,
    @Args('message', { type: () => String, description: 'What is asked; it is mailed to them.' }) message: string,
  ): Promise<PrivacyRequestType> {
    const row = await this.asking.run(user, request.origin, id, message);
    return PrivacyRequestType.forOperator(row, this.config.publicUrl);
  }

  @Mutation(() => PrivacyRequestType, {
    description: '(no workspace; instance operator) Erases in place of the business, on a ground of the law; recorded.',
  })
  @ForOperators()
  async eraseDirectly(
    @CurrentUser() user: UserActor,
    @CurrentRequest() request: RequestContext,
    @requestId() id: string,
    @Args('legalBasis', { type: () => String, description: 'The ground.' }) legalBasis: string,
  ): Promise<PrivacyRequestType> {
    const row = await this.erasing.run(user, request.origin, id, legalBasis);
    return PrivacyRequestType.forOperator(row, this.config.publicUrl);
  }
}
