import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  CurrentRequest,
  CurrentUser,
  Public,
  RequestContext,
  SignedIn,
  type UserActor,
} from '../../platform/access/index.js';
import { InstanceOperators } from './instance-operators.js';
import { ListMemberships } from './list-memberships.js';
import { ReadViewer } from './read-viewer.js';
import { Reauthenticate } from './reauthenticate.js';
import { SignIn } from './sign-in.js';
import { SignInInput } from './sign-in.input.js';
import { SignUp } from './sign-up.js';
import { SignUpInput } from './sign-up.input.js';
import { MembershipType, UserType } from './user.type.js';

@Resolver(() => UserType)
export class UserResolver {
  constructor(
    private readonly readViewer: ReadViewer,
    private readonly signingUp: SignUp,
    private readonly signingIn: SignIn,
    private readonly reauthentication: Reauthenticate,
    private readonly operators: InstanceOperators,
    private readonly listMemberships: ListMemberships,
  ) {}

  @Query(() => UserType, { nullable: true, description: '(no workspace) Who is signed in; null when nobody is.' })
  @Public('It tells whether anybody is signed in.')
  viewer(@CurrentRequest() request: RequestContext): Promise<UserType | null> {
    return this.readViewer.run(request);
  }

  @Mutation(() => UserType, { description: '(no workspace) Makes an account with its first workspace, and signs in.' })
  @Public('Nobody can be signed in before they sign up.')
  signUp(
    @Args('input', { description: 'Who, and what their workspace is called.' }) input: SignUpInput,
    @CurrentRequest() request: RequestContext,
  ): Promise<UserType> {
    return this.signingUp.run(input, request);
  }

  @Mutation(() => UserType, { description: '(no workspace) Signs in.' })
  @Public('Nobody is signed in before they sign in.')
  signIn(
    @Args('input', { description: 'Address and password.' }) input: SignInInput,
    @CurrentRequest() request: RequestContext,
  ): Promise<UserType> {
    return this.signingIn.run(input, request);
  }

  @Mutation(() => Boolean, {
    description:
      '(no workspace) Gives the password again. Asked for (REAUTHENTICATION_REQUIRED) 15 minutes after the last time, where a stolen session could do lasting harm.',
  })
  @SignedIn()
  reauthenticate(
    @CurrentUser() user: UserActor,
    @CurrentRequest() request: RequestContext,
    @Args('password', { type: () => String, description: 'Your password.' }) password: string,
    @Args('totp', {
      type: () => String,
      nullable: true,
      description: 'The code of your second factor, if you have one.',
    })
    totp?: string | null,
  ): Promise<boolean> {
    return this.reauthentication.run(user, { password, totp }, request);
  }

  @ResolveField(() => Boolean, {
    description:
      "Whether they run this deployment: then they see what belongs to no workspace, and never a workspace's content.",
  })
  instanceOperator(@Parent() user: UserType): Promise<boolean> {
    return this.operators.includes(user);
  }

  @ResolveField(() => [MembershipType], {
    description: 'Your workspaces; of another person, the one in which you meet.',
  })
  memberships(@Parent() user: UserType, @Context() context: RequestContext): Promise<MembershipType[]> {
    return this.listMemberships.run(user, context);
  }
}
