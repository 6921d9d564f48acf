import { Field, Float, Int, ObjectType, registerEnumType } from '@nestjs/graphql';

export enum ReportGroup {
  DAY = 'DAY',
  CHANNEL = 'CHANNEL',
  MEMBER = 'MEMBER',
}
registerEnumType(ReportGroup, {
  name: 'ReportGroup',
  description:
    'DAY: one row a day, also where nothing happened. CHANNEL: one for each that has something to count. MEMBER: what is answered counts for who wrote it, all else for whom the conversation is assigned to.',
});

@ObjectType({
  description: 'What happened in the inbox. Spam counts in no conversation, and in messages as any other.',
})
export class InboxReportRow {
  @Field(() => String, {
    description:
      'The day (2026-11-22), the id of the channel or member, `ai` for the AI, `nobody` where there is nobody.',
  })
  key!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What it is called; null for `ai`, `nobody` and who is not there any more.',
  })
  label!: string | null;

  @Field(() => Int, { description: 'Conversations in which a customer wrote for the first time.' })
  started!: number;

  @Field(() => Int, { description: 'Conversations in which a customer wrote again after they were resolved.' })
  reopened!: number;

  @Field(() => Int, { description: 'Of those started and reopened, how many have been answered by now.' })
  answered!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Of those answered: seconds from the customer’s first message to the first answer by a person or the AI, the median. A word of absence is no answer.',
  })
  firstResponseMedianSeconds!: number | null;

  @Field(() => Float, { nullable: true, description: 'The same, the time within which 90 of 100 were answered.' })
  firstResponseP90Seconds!: number | null;

  @Field(() => Int, { description: 'Conversations that were resolved, and have not been opened again by a member.' })
  resolved!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Of those resolved: seconds from the customer’s first message until then, the median.',
  })
  resolutionMedianSeconds!: number | null;

  @Field(() => Int, { description: 'Messages of customers.' })
  messagesIn!: number;

  @Field(() => Int, {
    description: 'Answers by people and the AI, but those that were canceled or failed. Words of absence are none.',
  })
  messagesOut!: number;

  @Field(() => Int, { description: 'Of messagesOut, those that the AI sent by itself.' })
  messagesByAi!: number;

  @Field(() => Int, {
    description: 'Conversations whose customer waits for an answer at this moment; by DAY, since that day.',
  })
  waitingNow!: number;
}

@ObjectType({ description: 'What happened in the inbox between two moments, counted from what is there now.' })
export class InboxReport {
  @Field(() => Date, { description: 'From then on.' })
  from!: Date;

  @Field(() => Date, { description: 'Until before then.' })
  to!: Date;

  @Field(() => String, { description: 'The time zone in which days begin.' })
  timezone!: string;

  @Field(() => ReportGroup, { description: 'What the rows are of.' })
  groupBy!: ReportGroup;

  @Field(() => [InboxReportRow], { description: 'Days in their order; channels and members by their names.' })
  rows!: readonly InboxReportRow[];

  @Field(() => InboxReportRow, { description: 'All of it, whatever the rows show; its key is `total`.' })
  total!: InboxReportRow;
}
