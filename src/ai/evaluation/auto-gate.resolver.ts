import { Field, Int, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentMember, type MemberActor } from '../../platform/access/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { BotType } from '../bots/bot.type.js';
import { Bots } from '../bots/bots.js';
import { AutoGate, type GateStanding } from './auto-gate.js';

@ObjectType('AutoGate', { description: 'How far a bot is from what its workspace asks of one that answers by itself.' })
export class AutoGateType implements GateStanding {
  @Field(() => Int, { nullable: true, description: 'How many of 100 cases it has to answer well; null for no bound.' })
  needsPercent!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many it did, in its newest evaluation of ten cases or more as it is set up now; null where it was not tried so.',
  })
  reachedPercent!: number | null;

  @Field(() => Int, { description: 'How many cases that evaluation had.' })
  cases!: number;
}

/** What evaluations add to a bot. */
@Resolver(() => BotType)
export class AutoGateResolver {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly bots: Bots,
    private readonly gate: AutoGate,
  ) {}

  @ResolveField(() => AutoGateType, { description: 'How far it is from being allowed to answer by itself.' })
  autoGate(@Parent() { id }: BotType, @CurrentMember() { workspaceId }: MemberActor): Promise<AutoGateType> {
    return this.workspaces.read(workspaceId, async (tx) => {
      const bot = await this.bots.row(tx, id);
      const nothing = { needsPercent: null, reachedPercent: null, cases: 0 };
      return Object.assign(new AutoGateType(), bot === null ? nothing : await this.gate.standing(tx, bot));
    });
  }
}
