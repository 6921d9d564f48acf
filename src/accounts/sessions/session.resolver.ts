import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  CurrentRequest,
  CurrentUser,
  Public,
  RequestContext,
  SignedIn,
  type UserActor,
} from '../../platform/access/index.js';
import { EndSessions } from './end-sessions.js';
import { ListSessions } from './list-sessions.js';
import { SessionType } from './session.type.js';

@Resolver(() => SessionType)
export class SessionResolver {
  constructor(
    private readonly list: ListSessions,
    private readonly end: EndSessions,
  ) {}

  @Query(() => [SessionType], { description: '(no workspace) Where you are signed in.' })
  @SignedIn()
  sessions(@CurrentUser() user: UserActor): Promise<SessionType[]> {
    return this.list.run(user);
  }

  @Mutation(() => Boolean, { description: '(no workspace) Signs this browser out.' })
  @Public('A browser whose session has ended already must be able to drop its cookie.')
  signOut(@CurrentRequest() request: RequestContext): Promise<boolean> {
    return this.end.signOut(request);
  }

  @Mutation(() => Boolean, { description: '(no workspace) Signs one of your browsers out.' })
  @SignedIn()
  revokeSession(
    @CurrentUser() user: UserActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'Which one, of `sessions`.' }) id: string,
  ): Promise<boolean> {
    return this.end.revoke(user, id, request);
  }

  @Mutation(() => Boolean, { description: '(no workspace) Signs all your other browsers out.' })
  @SignedIn()
  revokeOtherSessions(@CurrentUser() user: UserActor): Promise<boolean> {
    return this.end.revokeOthers(user);
  }
}
