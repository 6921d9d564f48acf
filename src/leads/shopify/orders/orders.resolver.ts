import { Args, Context, ID, Query, Resolver } from '@nestjs/graphql';
import { Allow, CurrentMember, type MemberActor, Permission, RequestContext } from '../../../platform/access/index.js';
import { LookAtOrders } from './look-at-orders.js';
import { ShopOrders } from './order.type.js';

@Resolver(() => ShopOrders)
export class ShopOrdersResolver {
  constructor(private readonly look: LookAtOrders) {}

  @Query(() => [ShopOrders], {
    description:
      'What the stores at Shopify say of a contact, asked at this moment and not kept: found by a mail address or phone number that is proved to be theirs.',
  })
  @Allow(Permission.Read)
  shopOrders(
    @CurrentMember() member: MemberActor,
    @Context() context: RequestContext,
    @Args('contactId', { type: () => ID, description: 'The id of the contact.' }) contactId: string,
  ): Promise<ShopOrders[]> {
    return this.look.run(member, context, contactId);
  }
}
