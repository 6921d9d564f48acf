import { Field, Int, ObjectType } from '@nestjs/graphql';
import { UsageMetric } from '../enums.js';

@ObjectType('Usage', { description: 'How much of one thing the workspace uses.' })
export class UsageType {
  @Field(() => UsageMetric, { description: 'Of what.' })
  metric!: UsageMetric;

  @Field(() => Int, { description: 'How many; answers by AI are those of this calendar month (UTC).' })
  used!: number;

  @Field(() => Int, { nullable: true, description: 'How many the plan has room for; null: without a limit.' })
  limit!: number | null;
}
