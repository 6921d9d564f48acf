import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { CurrentUser, SignedIn, type UserActor } from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { PrivacyRequestKind } from './enums.js';
import { OwnRequests } from './own-requests.js';
import { PrivacyRequestType } from './privacy-request.type.js';

/** What people ask for themselves. */
@Resolver()
export class OwnRequestsResolver {
  constructor(
    private readonly own: OwnRequests,
    private readonly config: Config,
  ) {}

  @Query(() => [PrivacyRequestType], { description: '(no workspace) What you asked for about your own account.' })
  @SignedIn()
  async ownPrivacyRequests(@CurrentUser() user: UserActor): Promise<PrivacyRequestType[]> {
    const rows = await this.own.list(user);
    return rows.map((row) => PrivacyRequestType.from(row, this.config.publicUrl));
  }

  @Mutation(() => PrivacyRequestType, {
    description: '(no workspace) Asks under the law for something about your own account; answered within seven days.',
  })
  @SignedIn()
  async openOwnPrivacyRequest(
    @CurrentUser() user: UserActor,
    @Args('kind', { type: () => PrivacyRequestKind, description: 'What you ask for.' }) kind: PrivacyRequestKind,
    @Args('note', { type: () => String, nullable: true, description: 'In your words.' }) note?: string | null,
    @Args('rectification', {
      type: () => GraphQLJSON,
      nullable: true,
      description: 'For RECTIFY: what is right, such as a name.',
    })
    rectification?: unknown,
  ): Promise<PrivacyRequestType> {
    return PrivacyRequestType.from(await this.own.open(user, { kind, note, rectification }), this.config.publicUrl);
  }
}
