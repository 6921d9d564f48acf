import { Field, ID, InputType, Int, registerEnumType } from '@nestjs/graphql';
import { GraphQLJSON } from 'graphql-scalars';

export enum FieldComparison {
  IS = 'IS',
  IS_NOT = 'IS_NOT',
  CONTAINS = 'CONTAINS',
  AT_LEAST = 'AT_LEAST',
  AT_MOST = 'AT_MOST',
  IS_SET = 'IS_SET',
  IS_NOT_SET = 'IS_NOT_SET',
}
registerEnumType(FieldComparison, {
  name: 'FieldComparison',
  description:
    'IS_NOT: another value, or none. CONTAINS: texts, whatever their case. AT_LEAST, AT_MOST: numbers, and days from and until.',
});

@InputType({ description: 'What a field of a contact holds.' })
export class FieldConditionInput {
  @Field(() => String, { description: 'The name of the field in customFields: the key of a ContactField.' })
  key!: string;

  @Field(() => FieldComparison, { description: 'How it is compared.' })
  comparison!: FieldComparison;

  @Field(() => GraphQLJSON, {
    nullable: true,
    description: 'With what: a text, a number, yes or no. Not for IS_SET and IS_NOT_SET.',
  })
  value?: unknown;
}

@InputType({
  description:
    'Which contacts. All that is said must hold; what is left out does not matter. Whoever wrote by a form that is only answered is left out.',
})
export class ContactFilter {
  @Field(() => [String], { nullable: true, description: 'With all of these labels.' })
  tags?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'With none of these labels.' })
  withoutTags?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'With an address on one of these channels.' })
  channelIds?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Who write in one of these languages; en stands for en-GB too.',
  })
  languages?: string[] | null;

  @Field(() => Int, { nullable: true, description: 'Last heard of in so many days.' })
  seenWithinDays?: number | null;

  @Field(() => Int, { nullable: true, description: 'Not heard of for so many days.' })
  notSeenForDays?: number | null;

  @Field(() => Int, { nullable: true, description: 'First heard of in so many days.' })
  newWithinDays?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether an e-mail address of theirs is known.' })
  hasEmail?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether a phone number of theirs is known.' })
  hasPhone?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether they are a lead.' })
  hasLead?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the workspace wants nothing more from them.' })
  blocked?: boolean | null;

  @Field(() => [FieldConditionInput], { nullable: true, description: 'What their fields hold; 20 at most.' })
  fields?: FieldConditionInput[] | null;
}
