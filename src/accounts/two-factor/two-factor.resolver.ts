import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { CurrentRequest, CurrentUser, RequestContext, SignedIn, type UserActor } from '../../platform/access/index.js';
import { DisableTwoFactor } from './disable-two-factor.js';
import { SetUpTwoFactor } from './set-up-two-factor.js';

@Resolver()
export class TwoFactorResolver {
  constructor(
    private readonly setUp: SetUpTwoFactor,
    private readonly disable: DisableTwoFactor,
  ) {}

  @Mutation(() => String, {
    description: '(no workspace) Begins to set up an authenticator app: the otpauth address that it reads.',
  })
  @SignedIn()
  startTwoFactor(@CurrentUser() user: UserActor): Promise<string> {
    return this.setUp.start(user);
  }

  @Mutation(() => [String], {
    description:
      '(no workspace) Switches the second factor on by a code of the app. Gives recovery codes, each good once, and shows them this once. Other sessions end.',
  })
  @SignedIn()
  confirmTwoFactor(
    @CurrentUser() user: UserActor,
    @CurrentRequest() request: RequestContext,
    @Args('totp', { type: () => String, description: 'What the app shows.' }) totp: string,
  ): Promise<string[]> {
    return this.setUp.confirm(user, totp, request);
  }

  @Mutation(() => Boolean, { description: '(no workspace) Switches the second factor off.' })
  @SignedIn()
  disableTwoFactor(
    @CurrentUser() user: UserActor,
    @CurrentRequest() request: RequestContext,
    @Args('password', { type: () => String, description: 'Your password.' }) password: string,
  ): Promise<boolean> {
    return this.disable.run(user, password, request);
  }
}
