import { Args, Mutation, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { Plans } from '../plans/plans.js';
import { BillingSubscriptionType } from '../subscriptions/billing-subscription.type.js';
import { CancelSubscription } from './cancel-subscription.js';
import { OpenPortal } from './open-portal.js';
import { StartCheckout } from './start-checkout.js';

/** Buying, changing and ending a plan, which owners do. */
@Resolver()
export class CheckoutResolver {
  constructor(
    private readonly checkout: StartCheckout,
    private readonly portal: OpenPortal,
    private readonly cancel: CancelSubscription,
    private readonly plans: Plans,
  ) {}

  @Mutation(() => String, {
    description:
      'Chooses a plan: gives the address to go to, a checkout at the merchant of record, or our own page where the plan that is paid for was changed. What was bought is on once the merchant says so.',
  })
  @Allow(Permission.ManageBilling)
  startCheckout(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('plan', { type: () => String, description: 'The code of the plan.' }) plan: string,
    @Args('addOns', {
      type: () => [String],
      nullable: true,
      description: 'Codes of add-ons to go with it, all that are to be on.',
    })
    addOns?: string[] | null,
  ): Promise<string> {
    return this.checkout.run(member, request.origin, plan, addOns ?? []);
  }

  @Mutation(() => String, {
    description: 'The address at the merchant of record where invoices and the card are; good for a short while.',
  })
  @Allow(Permission.ManageBilling)
  billingPortalUrl(@CurrentMember() member: MemberActor, @CurrentRequest() request: RequestContext): Promise<string> {
    return this.portal.run(member, request.origin);
  }

  @Mutation(() => BillingSubscriptionType, {
    description: 'Cancels the plan: it runs to the end of what was paid for, and nothing is deleted.',
  })
  @Allow(Permission.ManageBilling)
  async cancelSubscription(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
  ): Promise<BillingSubscriptionType> {
    return BillingSubscriptionType.from(await this.cancel.run(member, request.origin), this.plans);
  }
}
