import { Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow, CurrentMember, type MemberActor, Permission } from '../../platform/access/index.js';
import { FirstSteps } from './first-steps.js';

@Resolver()
export class FirstStepsResolver {
  constructor(private readonly steps: FirstSteps) {}

  @Query(() => Boolean, {
    description: 'Whether you asked not to be shown the first steps in this workspace any more.',
  })
  @Allow(Permission.Read)
  firstStepsHidden(@CurrentMember() member: MemberActor): Promise<boolean> {
    return this.steps.areHidden(member);
  }

  @Mutation(() => Boolean, {
    description: 'Asks not to be shown the first steps in this workspace any more. Gives true.',
  })
  @Allow(Permission.Read)
  async hideFirstSteps(@CurrentMember() member: MemberActor): Promise<boolean> {
    await this.steps.hide(member);
    return true;
  }
}
