import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { KnowledgeSourceType } from '../knowledge/knowledge-source.type.js';
import { ListQuestions } from './list-questions.js';
import { QuestionConnection, UnansweredQuestionType } from './question.type.js';
import { SettleQuestion } from './settle-question.js';

const idOf = { type: () => ID, description: 'The id of the question.' };

@Resolver(() => UnansweredQuestionType)
export class QuestionResolver {
  constructor(
    private readonly list: ListQuestions,
    private readonly settle: SettleQuestion,
  ) {}

  @Query(() => QuestionConnection, {
    description:
      'What customers asked and no knowledge answers: the same question in other words is one, those that were asked most often first. Kept as long as the record of runs; it goes with the people who asked.',
  })
  @Allow(Permission.Read)
  unansweredQuestions(
    @CurrentMember() member: MemberActor,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 25, description: 'How many, 1 to 100.' })
    first?: number | null,
    @Args('after', { type: () => String, nullable: true, description: 'The end of the page before.' })
    after?: string | null,
  ): Promise<QuestionConnection> {
    return this.list.run(member, first, after);
  }

  @Mutation(() => KnowledgeSourceType, {
    description: 'Answers a question once for all: the pair becomes knowledge, and the question is off the list.',
  })
  @Allow(Permission.ManageContent)
  async answerQuestion(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', idOf) id: string,
    @Args('answer', { type: () => String, description: 'The answer, as it may be quoted to a customer.' })
    answer: string,
    @Args('question', {
      type: () => String,
      nullable: true,
      description: 'How the question is to stand in the knowledge; left out, in the words in which it was asked last.',
    })
    question?: string | null,
  ): Promise<KnowledgeSourceType> {
    return KnowledgeSourceType.from(
      await this.settle.answer(member, id, { question: question ?? null, answer }, request),
    );
  }

  @Mutation(() => Boolean, {
    description: 'Takes a question off the list: it needs no answer, and whoever asks it again does not bring it back.',
  })
  @Allow(Permission.ManageContent)
  dismissQuestion(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', idOf) id: string,
  ): Promise<boolean> {
    return this.settle.dismiss(member, id, request);
  }
}
