import { Field, Int, ObjectType } from '@nestjs/graphql';
import { UsageMetric, usageMetrics } from '../enums.js';
import type { PlanEntry } from './plan-file.js';
import type { Plans } from './plans.js';

@ObjectType('PlanLimit', { description: 'How much of one thing a plan has room for.' })
export class PlanLimitType {
  @Field(() => UsageMetric, { description: 'Of what.' })
  metric!: UsageMetric;

  @Field(() => Int, { nullable: true, description: 'How many; null: without a limit.' })
  limit!: number | null;
}

@ObjectType('AddOn', { description: 'Something that is sold beside a plan.' })
export class AddOnType {
  @Field(() => String, { description: 'What it is called in `startCheckout`, such as `whatsapp`.' })
  code!: string;

  @Field(() => String, { description: 'Its name, as the operator gave it.' })
  name!: string;

  @Field(() => Int, { description: 'Its price for an interval, in hundredths of the currency, before tax.' })
  priceCents!: number;
}

@ObjectType('Plan', { description: 'A plan that can be bought.' })
export class PlanType {
  @Field(() => String, { description: 'What it is called in `startCheckout`.' })
  code!: string;

  @Field(() => String, { description: 'Its name, as the operator gave it.' })
  name!: string;

  @Field(() => Int, { description: 'Its price for an interval, in hundredths of the currency, before tax.' })
  priceCents!: number;

  @Field(() => String, { description: 'The currency of the price, as in `EUR`.' })
  currency!: string;

  @Field(() => String, { description: 'What the price is for: `month` or `year`.' })
  interval!: string;

  @Field(() => [String], { description: 'Codes of add-ons that can be bought with it.' })
  addOns!: readonly string[];

  @Field(() => [AddOnType], { description: 'The same with names and prices.' })
  addOnPrices!: readonly AddOnType[];

  @Field(() => [String], { description: 'Codes of add-ons that are in the price already.' })
  includes!: readonly string[];

  @Field(() => [PlanLimitType], { description: 'How much it has room for.' })
  limits!: readonly PlanLimitType[];

  static from(plan: PlanEntry, plans: Plans): PlanType {
    const { code, name, priceCents, includes } = plan;
    const addOnPrices = plans
      .addOnsOf(plan)
      .map((one) => Object.assign(new AddOnType(), { code: one.code, name: one.name, priceCents: one.priceCents }));
    return Object.assign(new PlanType(), {
      code,
      name,
      priceCents,
      includes,
      addOnPrices,
      currency: plans.currency,
      interval: plans.interval,
      addOns: addOnPrices.map((one) => one.code),
      limits: usageMetrics.map((metric) =>
        Object.assign(new PlanLimitType(), { metric, limit: plan.limits[metric] ?? null }),
      ),
    });
  }
}
