import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { NotificationKind } from './notification-kind.js';

@ObjectType('NotificationPreferences', { description: 'What you are told while you are away, and when not.' })
export class NotificationPreferencesType {
  @Field(() => [NotificationKind], { description: 'Told by mail; several within some minutes are one mail.' })
  mail!: NotificationKind[];

  @Field(() => [NotificationKind], { description: 'Told by push, to browsers given to `registerPush`.' })
  push!: NotificationKind[];

  @Field(() => String, {
    nullable: true,
    description: 'From this hour (HH:MM, in the workspace’s zone) nothing is told.',
  })
  quietFrom!: string | null;

  @Field(() => String, { nullable: true, description: 'At this hour what waited is told together.' })
  quietUntil!: string | null;
}

@InputType('NotificationPreferencesInput', { description: 'What is left out stays as it is.' })
export class NotificationPreferencesInput {
  @Field(() => [NotificationKind], { nullable: true, description: 'What to tell by mail.' })
  mail?: NotificationKind[] | null;

  @Field(() => [NotificationKind], { nullable: true, description: 'What to tell by push.' })
  push?: NotificationKind[] | null;

  @Field(() => String, { nullable: true, description: 'HH:MM; with quietUntil. Null takes quiet hours away.' })
  quietFrom?: string | null;

  @Field(() => String, { nullable: true, description: 'HH:MM; with quietFrom. Null takes quiet hours away.' })
  quietUntil?: string | null;
}
