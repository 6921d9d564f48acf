import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentUser,
  type MemberActor,
  Permission,
  SignedIn,
  type UserActor,
} from '../../platform/access/index.js';
import { NotificationPreferences } from './notification-preferences.js';
import { NotificationPreferencesInput, NotificationPreferencesType } from './notification-preferences.type.js';
import { RegisterPush } from './register-push.js';

@Resolver(() => NotificationPreferencesType)
export class NotificationResolver {
  constructor(
    private readonly preferences: NotificationPreferences,
    private readonly pushing: RegisterPush,
  ) {}

  @Query(() => NotificationPreferencesType, { description: 'What you are told of this workspace while you are away.' })
  @Allow(Permission.Read)
  notificationPreferences(@CurrentMember() member: MemberActor): Promise<NotificationPreferencesType> {
    return this.preferences.read(member);
  }

  @Mutation(() => NotificationPreferencesType, { description: 'Changes what you are told of this workspace.' })
  @Allow(Permission.Read)
  setNotificationPreferences(
    @CurrentMember() member: MemberActor,
    @Args('input', { description: 'What is to change.' }) input: NotificationPreferencesInput,
  ): Promise<NotificationPreferencesType> {
    return this.preferences.change(member, input);
  }

  @Mutation(() => Boolean, {
    description: '(no workspace) Lets this browser take pushes, for as long as its session lasts.',
  })
  @SignedIn()
  registerPush(
    @CurrentUser() user: UserActor,
    @Args('endpoint', { type: () => String, description: 'As the browser’s push subscription says.' }) endpoint: string,
    @Args('p256dh', { type: () => String, description: 'Its public key, base64url.' }) p256dh: string,
    @Args('auth', { type: () => String, description: 'Its authentication secret, base64url.' }) auth: string,
  ): Promise<boolean> {
    return this.pushing.run(user, { endpoint, p256dh, auth });
  }
}
