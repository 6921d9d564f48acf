import { Field, ObjectType } from '@nestjs/graphql';
import { SubscriptionStatus } from '../enums.js';
import { PlanType } from '../plans/plan.type.js';
import type { Plans } from '../plans/plans.js';
import type { Standing } from './standing.js';

@ObjectType('BillingSubscription', { description: 'How the workspace stands with its plan.' })
export class BillingSubscriptionType {
  @Field(() => PlanType, { description: 'The plan; where there is none, the one it had or would begin with.' })
  plan!: PlanType;

  @Field(() => SubscriptionStatus, { description: 'How it stands.' })
  status!: SubscriptionStatus;

  @Field(() => [String], { description: 'Codes of the add-ons that are on.' })
  addOns!: readonly string[];

  @Field(() => String, { nullable: true, description: 'The merchant of record: `paddle`, `lemonsqueezy` or `polar`.' })
  provider!: string | null;

  @Field(() => Date, { nullable: true, description: 'When the next period is paid for.' })
  renewsAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it ends, where it was cancelled.' })
  cancelAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'Until when everything goes on although a payment failed.' })
  graceEndsAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the trial ends, or ended; null: there was none.' })
  trialEndsAt!: Date | null;

  @Field(() => Boolean, {
    description: 'Whether messages are sent and AI answers. Reading, exporting and privacy go on in any case.',
  })
  live!: boolean;

  @Field(() => Boolean, {
    description: 'Whether plans are sold here at all; where not, everything is on and without a limit.',
  })
  sold!: boolean;

  static from(standing: Standing | null, plans: Plans): BillingSubscriptionType {
    const stands = standing ?? nothing;
    const { status, addOns, provider, renewsAt, cancelAt, graceEndsAt, trialEndsAt } = stands;
    const live = !plans.sold || (stands.live && (stands.liveUntil === null || stands.liveUntil > new Date()));
    return Object.assign(new BillingSubscriptionType(), {
      plan: PlanType.from(plans.shown(stands.plan), plans),
      status,
      addOns: plans.sold ? addOns : plans.addOns.map(({ code }) => code),
      provider,
      renewsAt,
      cancelAt,
      graceEndsAt,
      trialEndsAt,
      live,
      sold: plans.sold,
    });
  }
}

const nothing: Standing = {
  plan: null,
  status: SubscriptionStatus.NONE,
  addOns: [],
  provider: null,
  live: false,
  liveUntil: null,
  trialEndsAt: null,
  renewsAt: null,
  cancelAt: null,
  graceEndsAt: null,
};
