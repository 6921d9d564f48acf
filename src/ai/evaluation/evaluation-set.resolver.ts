import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { EvaluationCase } from './evaluate-bot.input.js';
import { EvaluationSetCase, EvaluationSetType } from './evaluation-set.type.js';
import { EvaluationSets } from './evaluation-sets.js';
import { SetCasesLoader } from './set-cases.loader.js';
import { TakeCases } from './take-cases.js';

@Resolver(() => EvaluationSetType)
export class EvaluationSetResolver {
  constructor(
    private readonly sets: EvaluationSets,
    private readonly taking: TakeCases,
    private readonly casesOf: SetCasesLoader,
  ) {}

  @Query(() => [EvaluationSetType], { description: 'The sets of cases that bots are tried with, the oldest first.' })
  @Allow(Permission.Read)
  async evaluationSets(@CurrentMember() member: MemberActor): Promise<EvaluationSetType[]> {
    return (await this.sets.all(member)).map((row) => EvaluationSetType.from(row));
  }

  @Mutation(() => EvaluationSetType, {
    description:
      'Keeps a set of cases as it is given, or with an id changes that set: a case with an id is changed, one without is new, one that is left out goes. At most 200 cases.',
  })
  @Allow(Permission.ManageContent)
  async saveEvaluationSet(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, nullable: true, description: 'Which to change; without it, a new one.' })
    id: string | null | undefined,
    @Args('name', { type: () => String, description: 'What it is called, at most 100 characters.' }) name: string,
    @Args('cases', { type: () => [EvaluationCase], description: 'All of its cases.' }) cases: EvaluationCase[],
  ): Promise<EvaluationSetType> {
    return EvaluationSetType.from(await this.sets.save(member, { id: id ?? null, name, cases }, request));
  }

  @Mutation(() => Boolean, { description: 'Removes a set with its cases. Evaluations that were made of it stay.' })
  @Allow(Permission.ManageContent)
  deleteEvaluationSet(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'The id of the set.' }) id: string,
  ): Promise<boolean> {
    return this.sets.remove(member, id, request);
  }

  @Mutation(() => EvaluationSetType, {
    description:
      'Adds cases from closed conversations to a set: what customers asked first and what a member answered, without addresses, numbers and names. Only where AiSettings.casesFromConversations allows it; a case goes with its conversation.',
  })
  @Allow(Permission.ManageContent)
  async takeEvaluationCases(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('setId', { type: () => ID, description: 'The set to add them to.' }) setId: string,
    @Args('most', { type: () => Int, nullable: true, defaultValue: 50, description: 'How many at the most, 1 to 200.' })
    most?: number | null,
  ): Promise<EvaluationSetType> {
    return EvaluationSetType.from(await this.taking.run(member, setId, most ?? 50, request));
  }

  @ResolveField(() => [EvaluationSetCase], { description: 'Its cases, the oldest first.' })
  async cases(@Parent() { id }: EvaluationSetType, @Context() context: RequestContext): Promise<EvaluationSetCase[]> {
    return ((await this.casesOf.load(context, id)) ?? []).map((row) => EvaluationSetCase.from(row));
  }
}
