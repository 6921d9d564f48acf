import { Args, Mutation, Resolver } from '@nestjs/graphql';
import {
  CurrentRequest,
  CurrentUser,
  Public,
  RequestContext,
  SignedIn,
  type UserActor,
} from '../../platform/access/index.js';
import { ChangePassword } from './change-password.js';
import { RequestPasswordReset } from './request-password-reset.js';
import { ResetPassword } from './reset-password.js';

@Resolver()
export class PasswordResolver {
  constructor(
    private readonly requests: RequestPasswordReset,
    private readonly reset: ResetPassword,
    private readonly change: ChangePassword,
  ) {}

  @Mutation(() => Boolean, {
    description:
      '(no workspace) Mails a link to take another password by. True whether or not the address has an account.',
  })
  @Public('Whoever forgot the password cannot sign in.')
  requestPasswordReset(
    @CurrentRequest() request: RequestContext,
    @Args('email', { type: () => String, description: 'The address that you sign in with.' }) email: string,
  ): Promise<boolean> {
    return this.requests.run(email, request);
  }

  @Mutation(() => Boolean, {
    description: '(no workspace) Takes another password by a mailed link, once. Every session of yours ends.',
  })
  @Public('The link is the permission.')
  resetPassword(
    @Args('token', { type: () => String, description: 'Of the link.' }) token: string,
    @Args('password', { type: () => String, description: 'The new one: at least 10 characters.' }) password: string,
  ): Promise<boolean> {
    return this.reset.run(token, password);
  }

  @Mutation(() => Boolean, {
    description: '(no workspace) Takes another password. Your other sessions end, and this one goes on.',
  })
  @SignedIn()
  changePassword(
    @CurrentUser() user: UserActor,
    @CurrentRequest() request: RequestContext,
    @Args('current', { type: () => String, description: 'The password until now.' }) current: string,
    @Args('next', { type: () => String, description: 'The new one: at least 10 characters.' }) next: string,
  ): Promise<boolean> {
    return this.change.run(user, current, next, request);
  }
}
