import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  CurrentRequest,
  CurrentUser,
  Public,
  RequestContext,
  SignedIn,
  type UserActor,
  userOf,
} from '../../platform/access/index.js';
import { mailLocale } from '../../platform/mail/index.js';
import { Policies } from './policies.js';
import { PolicyAcceptanceInput } from './policy-acceptance.input.js';
import { PolicyDocumentType } from './policy.type.js';

@Resolver()
export class PolicyResolver {
  constructor(private readonly texts: Policies) {}

  @Query(() => [PolicyDocumentType], {
    description: '(no workspace) The texts in force, and whether you accepted them: one that changed asks again.',
  })
  @Public('Whoever signs up reads them first.')
  policies(@CurrentRequest() request: RequestContext): Promise<PolicyDocumentType[]> {
    return this.texts.list(userOf(request.actor), mailLocale(request.origin.language));
  }

  @Mutation(() => Boolean, { description: '(no workspace) Accepts texts in the version in force.' })
  @SignedIn()
  acceptPolicies(
    @CurrentUser() user: UserActor,
    @Args('acceptances', { type: () => [PolicyAcceptanceInput], description: 'Which, each as it was shown.' })
    acceptances: PolicyAcceptanceInput[],
  ): Promise<boolean> {
    return this.texts.accept(user, acceptances);
  }
}
