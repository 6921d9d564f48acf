import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { PageInfo } from '../../platform/graphql/index.js';

/** A question as it is listed. */
export interface QuestionRow {
  readonly id: string;
  readonly question: string;
  readonly asked: number;
  readonly lastAskedAt: Date;
  readonly conversationIds: readonly string[];
}

@ObjectType('UnansweredQuestion', {
  description: 'Something that customers asked and no knowledge answers, in the words of whoever asked it last.',
})
export class UnansweredQuestionType {
  @Field(() => ID, { description: 'The id of the question.' })
  id!: string;

  @Field(() => String, {
    description: 'The words, without mail addresses, numbers of people and the name of who asked. Show them as text.',
  })
  question!: string;

  @Field(() => Int, { description: 'How often it was asked.' })
  asked!: number;

  @Field(() => Date, { description: 'When it was asked last.' })
  lastAskedAt!: Date;

  @Field(() => [ID], { description: 'The last conversations in which it was asked, at most five.' })
  conversationIds!: readonly string[];

  static from(row: QuestionRow): UnansweredQuestionType {
    const { id, question, asked, lastAskedAt, conversationIds } = row;
    return Object.assign(new UnansweredQuestionType(), { id, question, asked, lastAskedAt, conversationIds });
  }
}

@ObjectType({ description: 'A page of questions.' })
export class QuestionConnection {
  @Field(() => [UnansweredQuestionType], { description: 'The questions, those that were asked most often first.' })
  nodes!: UnansweredQuestionType[];

  @Field(() => PageInfo, { description: 'Where the page ends.' })
  pageInfo!: PageInfo;
}
