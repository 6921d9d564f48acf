import { Args, Context, Float, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { AiRunType } from '../drafting/ai-run.type.js';
import { AiRunLoader } from '../drafting/draft.loaders.js';
import { CancelEvaluation } from './cancel-evaluation.js';
import { EvaluationCase } from './evaluate-bot.input.js';
import { EvaluationResultsLoader } from './evaluation-results.loader.js';
import { EvaluationComparison, EvaluationConnection, EvaluationResult, EvaluationType } from './evaluation.type.js';
import { ReadEvaluations } from './read-evaluations.js';
import { StartEvaluation } from './start-evaluation.js';

const idOf = { type: () => ID, description: 'The id of the evaluation.' };

@Resolver(() => EvaluationType)
export class EvaluationResolver {
  constructor(
    private readonly read: ReadEvaluations,
    private readonly start: StartEvaluation,
    private readonly cancel: CancelEvaluation,
    private readonly resultsOf: EvaluationResultsLoader,
  ) {}

  @Query(() => EvaluationType, { nullable: true, description: 'An evaluation by its id.' })
  @Allow(Permission.Read)
  async evaluation(@CurrentMember() member: MemberActor, @Args('id', idOf) id: string): Promise<EvaluationType | null> {
    const row = await this.read.byId(member, id);
    return row === null ? null : EvaluationType.from(row);
  }

  @Query(() => EvaluationConnection, {
    description: 'Evaluations, the newest first: of a bot, or of all. The last 50 of a bot are kept.',
  })
  @Allow(Permission.Read)
  evaluations(
    @CurrentMember() member: MemberActor,
    @Args('botId', { type: () => ID, nullable: true, description: 'Only of this bot.' }) botId?: string | null,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 25, description: 'How many, 1 to 100.' })
    first?: number | null,
    @Args('after', { type: () => String, nullable: true, description: 'The end of the page before.' })
    after?: string | null,
  ): Promise<EvaluationConnection> {
    return this.read.list(member, { botId, first, after });
  }

  @Query(() => EvaluationComparison, {
    description: 'Two evaluations of the same cases side by side: which are answered better now, and which worse.',
  })
  @Allow(Permission.Read)
  compareEvaluations(
    @CurrentMember() member: MemberActor,
    @Args('before', { type: () => ID, description: 'The one to compare with.' }) before: string,
    @Args('after', { type: () => ID, description: 'The one that is compared.' }) after: string,
  ): Promise<EvaluationComparison> {
    return this.read.compare(member, before, after);
  }

  @Mutation(() => EvaluationType, {
    description:
      'Tries a bot with cases, in the background; nothing is sent to anybody. Each answer is found, asked and checked as every draft is, and judged by rules: no model judges. At most 200 cases, three evaluations at a time.',
  })
  @Allow(Permission.ManageContent)
  async evaluateBot(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('botId', { type: () => ID, description: 'The id of the bot.' }) botId: string,
    @Args('cases', { type: () => [EvaluationCase], description: 'The cases; none where a set is named.' })
    cases: EvaluationCase[],
    @Args('setId', { type: () => ID, nullable: true, description: 'The set whose cases are tried as well.' })
    setId?: string | null,
    @Args('instructions', {
      type: () => String,
      nullable: true,
      description: "Tried in place of the bot's own, to compare the two; the bot keeps its own.",
    })
    instructions?: string | null,
    @Args('mostCents', {
      type: () => Float,
      nullable: true,
      description: 'What it may cost, in cents; 200 where nothing is said.',
    })
    mostCents?: number | null,
  ): Promise<EvaluationType> {
    const asked = {
      cases,
      setId: setId ?? null,
      instructions: instructions ?? null,
      mostCents: mostCents ?? null,
    };
    return EvaluationType.from(await this.start.run(member, botId, asked, request));
  }

  @Mutation(() => EvaluationType, {
    description: 'Stops an evaluation: what is judged stays, and no more is asked. One that has ended stays as it is.',
  })
  @Allow(Permission.ManageContent)
  async cancelEvaluation(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', idOf) id: string,
  ): Promise<EvaluationType> {
    return EvaluationType.from(await this.cancel.run(member, id, request));
  }

  @ResolveField(() => [EvaluationResult], { description: 'Its cases, in their order.' })
  async results(@Parent() { id }: EvaluationType, @Context() context: RequestContext): Promise<EvaluationResult[]> {
    return ((await this.resultsOf.load(context, id)) ?? []).map((row) => EvaluationResult.from(row));
  }
}

/** What is read of a result when it is asked for. */
@Resolver(() => EvaluationResult)
export class EvaluationResultResolver {
  constructor(private readonly runs: AiRunLoader) {}

  @ResolveField(() => AiRunType, { nullable: true, description: 'How the answer was made; kept as long as every run.' })
  async run(@Parent() { runId }: EvaluationResult, @Context() context: RequestContext): Promise<AiRunType | null> {
    const row = runId === null ? null : await this.runs.load(context, runId);
    return row === null ? null : AiRunType.from(row);
  }
}
