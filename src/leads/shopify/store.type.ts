import { Field, ID, ObjectType } from '@nestjs/graphql';
import { ChannelStatus } from '../../channels/index.js';
import type { StoreRow } from './store.row.js';

@ObjectType('ShopifyStore', { description: 'A store of the business at Shopify.' })
export class ShopifyStoreType {
  @Field(() => ID, { description: 'The id of the store here.' })
  id!: string;

  @Field(() => String, { description: 'Its address at Shopify: `your-store.myshopify.com`.' })
  domain!: string;

  @Field(() => ChannelStatus, { description: 'EXPIRED: Shopify takes the access no more; connect the store again.' })
  status!: ChannelStatus;

  @Field(() => String, {
    nullable: true,
    description:
      'What is wrong: TOKEN_REFUSED, UNINSTALLED (the app was removed at Shopify), REVOKING (Shopify could not be told yet) or NOT_REVOKED (it could not be told for a day: remove the app there).',
  })
  trouble!: string | null;

  @Field(() => Date, { description: 'When it was connected.' })
  connectedAt!: Date;

  static from({ id, domain, status, trouble, connectedAt }: StoreRow): ShopifyStoreType {
    return Object.assign(new ShopifyStoreType(), { id, domain, status, trouble, connectedAt });
  }
}
