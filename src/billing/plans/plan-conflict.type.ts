import { Field, Int, ObjectType } from '@nestjs/graphql';
import { UsageMetric } from '../enums.js';

@ObjectType('PlanConflict', { description: 'What another plan would not have room for. Nothing of it is deleted.' })
export class PlanConflictType {
  @Field(() => UsageMetric, { description: 'Of what there is too much.' })
  metric!: UsageMetric;

  @Field(() => Int, { description: 'How many are in use now.' })
  used!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'How many the other plan has room for; null where only an add-on is missing.',
  })
  limit!: number | null;

  @Field(() => [String], {
    description: 'What would be frozen until there is room again, by its name; empty where only more of it is refused.',
  })
  frozen!: readonly string[];
}
