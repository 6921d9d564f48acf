import { Field, ID, InputType, registerEnumType } from '@nestjs/graphql';
import { ConversationStatus } from '../enums.js';

export enum ConversationOrder {
  LAST_ACTIVITY = 'LAST_ACTIVITY',
  WAITING_LONGEST = 'WAITING_LONGEST',
  PRIORITY = 'PRIORITY',
}
registerEnumType(ConversationOrder, {
  name: 'ConversationOrder',
  description:
    'LAST_ACTIVITY: the newest first. WAITING_LONGEST: whose customer waits longest for an answer, then the rest by activity. PRIORITY: the most pressing first, then by activity.',
});

@InputType({ description: 'Which conversations. All that is said must hold; what is left out does not matter.' })
export class ConversationFilter {
  @Field(() => [ConversationStatus], {
    nullable: true,
    description: 'In one of these states; an empty list finds nothing.',
  })
  status?: ConversationStatus[] | null;

  @Field(() => [ID], { nullable: true, description: 'On one of these channels; an empty list finds nothing.' })
  channelIds?: string[] | null;

  @Field(() => ID, { nullable: true, description: "This member's." })
  assigneeId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'true: nobody’s. false: somebody’s.' })
  unassigned?: boolean | null;

  @Field(() => String, { nullable: true, description: 'With this label.' })
  tag?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it holds messages that no member has read.' })
  unread?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'true: spam alone. Otherwise spam is left out.' })
  spam?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether a note in it names you that you have not seen.' })
  mentioned?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether you have begun to write in it and not sent it.' })
  drafted?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'Words of its messages, or of its contact’s name; the last word may be unfinished.',
  })
  search?: string | null;
}
