import { Field, ID, ObjectType } from '@nestjs/graphql';

@ObjectType('Activity', {
  description: 'Who looks at a conversation or types in it right now. Not stored and not replayed.',
})
export class ActivityType {
  @Field(() => ID, { description: 'The conversation.' })
  conversationId!: string;

  @Field(() => Boolean, { description: 'Whether the member types.' })
  typing!: boolean;

  @Field(() => Boolean, { description: 'Whether the member looks at it.' })
  viewing!: boolean;

  @Field(() => Boolean, { description: 'Whether the customer types.' })
  contactTyping!: boolean;

  /** No field: `member` is read by it; null where it is about the customer. */
  memberId!: string | null;

  static from({ conversationId, memberId, typing, viewing, contactTyping }: ActivityType): ActivityType {
    return Object.assign(new ActivityType(), { conversationId, memberId, typing, viewing, contactTyping });
  }
}
