import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ShopifyStoreType } from '../store.type.js';

export enum ShopOrdersState {
  FOUND = 'FOUND',
  NONE = 'NONE',
  NO_ADDRESS = 'NO_ADDRESS',
  UNREACHABLE = 'UNREACHABLE',
  BUSY = 'BUSY',
  REFUSED = 'REFUSED',
}
registerEnumType(ShopOrdersState, {
  name: 'ShopOrdersState',
  description:
    'What a store says of a contact. NONE: it knows no such customer, or they ordered nothing. NO_ADDRESS: no mail address or phone number of theirs is proved, so it is not asked. REFUSED: it takes the access no more.',
});

@ObjectType({ description: 'Something that was ordered.' })
export class ShopOrderItem {
  @Field(() => String, { description: 'What it is called in the store.' })
  title!: string;

  @Field(() => Int, { description: 'How many.' })
  quantity!: number;
}

@ObjectType({ description: 'An order as the store has it now.' })
export class ShopOrder {
  @Field(() => String, { description: 'Its number as customers know it: `#1001`.' })
  name!: string;

  @Field(() => Date, { description: 'When it was placed.' })
  createdAt!: Date;

  @Field(() => String, { description: 'What it costs: `42.50`.' })
  total!: string;

  @Field(() => String, { description: 'In which currency: `EUR`.' })
  currency!: string;

  @Field(() => String, { nullable: true, description: 'Shopify’s word for the payment: `PAID`, `REFUNDED`, …' })
  financialStatus!: string | null;

  @Field(() => String, { description: 'Shopify’s word for the sending: `FULFILLED`, `UNFULFILLED`, …' })
  fulfillmentStatus!: string;

  @Field(() => [ShopOrderItem], { description: 'What was ordered, 10 at most.' })
  items!: ShopOrderItem[];

  @Field(() => String, { nullable: true, description: 'Where the parcel is followed; an https address.' })
  trackingUrl!: string | null;
}

@ObjectType({ description: 'What one store says of a contact, asked now and not kept.' })
export class ShopOrders {
  @Field(() => ShopifyStoreType, { description: 'The store.' })
  store!: ShopifyStoreType;

  @Field(() => ShopOrdersState, { description: 'Whether there are any, or why not.' })
  state!: ShopOrdersState;

  @Field(() => [ShopOrder], { description: 'The last orders, the newest first, five at most.' })
  orders!: ShopOrder[];
}
