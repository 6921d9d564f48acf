import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('InboxCounts', { description: 'The numbers beside the views of the inbox. Spam counts nowhere.' })
export class InboxCountsType {
  @Field(() => Int, { description: 'Open conversations.' })
  open!: number;

  @Field(() => Int, { description: 'Open conversations that are nobody’s.' })
  unassigned!: number;

  @Field(() => Int, { description: 'Open conversations that are yours.' })
  mine!: number;

  @Field(() => Int, { description: 'Conversations with messages that no member has read.' })
  unread!: number;

  @Field(() => Int, { description: 'Conversations with a note that names you and that you have not seen.' })
  mentioned!: number;

  @Field(() => Int, { description: 'Conversations in which you have begun to write and not sent it.' })
  drafted!: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'For how long the customer who waits longest in an open conversation has waited; null while nobody waits.',
  })
  waitingLongestSeconds!: number | null;
}
