import { Args, Mutation, Resolver } from '@nestjs/graphql';
import {
  CurrentRequest,
  CurrentUser,
  Public,
  RequestContext,
  SignedIn,
  type UserActor,
} from '../../platform/access/index.js';
import { ChangeEmail, ConfirmEmailChange } from './change-email.js';
import { UpdateProfile } from './update-profile.js';
import { UserType } from './user.type.js';
import { Verification } from './verification.js';

@Resolver()
export class ProfileResolver {
  constructor(
    private readonly verification: Verification,
    private readonly changing: ChangeEmail,
    private readonly confirming: ConfirmEmailChange,
    private readonly profile: UpdateProfile,
  ) {}

  @Mutation(() => UserType, { description: '(no workspace) Shows by a mailed link that your address is yours.' })
  @Public('The link is the permission; it may be opened in another browser.')
  verifyEmail(@Args('token', { type: () => String, description: 'Of the link.' }) token: string): Promise<UserType> {
    return this.verification.verify(token);
  }

  @Mutation(() => Boolean, { description: '(no workspace) Mails the link to confirm your address by once more.' })
  @SignedIn()
  resendVerification(@CurrentUser() user: UserActor): Promise<boolean> {
    return this.verification.askAgain(user);
  }

  @Mutation(() => UserType, { description: '(no workspace) Changes how you are called.' })
  @SignedIn()
  updateProfile(
    @CurrentUser() user: UserActor,
    @Args('name', { type: () => String, description: 'Your name, as others shall see it.' }) name: string,
  ): Promise<UserType> {
    return this.profile.run(user, { name });
  }

  @Mutation(() => Boolean, {
    description:
      '(no workspace) Asks to sign in with another address. It changes when the link that is mailed there is opened.',
  })
  @SignedIn()
  changeEmail(
    @CurrentUser() user: UserActor,
    @Args('email', { type: () => String, description: 'The new address.' }) email: string,
    @Args('password', { type: () => String, description: 'Your password.' }) password: string,
  ): Promise<boolean> {
    return this.changing.run(user, email, password);
  }

  @Mutation(() => UserType, {
    description: '(no workspace) Changes the address by the link that was mailed to the new one. Other sessions end.',
  })
  @Public('The link is the permission; it may be opened in another browser.')
  confirmEmailChange(
    @CurrentRequest() request: RequestContext,
    @Args('token', { type: () => String, description: 'Of the link.' }) token: string,
  ): Promise<UserType> {
    return this.confirming.run(token, request);
  }
}
