import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { DisconnectStore } from './disconnect-store.js';
import { StartInstall } from './start-install.js';
import { ShopifyStoreType } from './store.type.js';
import { Stores } from './stores.js';

@Resolver(() => ShopifyStoreType)
export class ShopifyStoreResolver {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly stores: Stores,
    private readonly start: StartInstall,
    private readonly disconnect: DisconnectStore,
  ) {}

  @Query(() => [ShopifyStoreType], {
    description: 'The stores at Shopify, the oldest first; one that was disconnected is shown for 30 days.',
  })
  @Allow(Permission.Read)
  async shopifyStores(@CurrentMember() { workspaceId }: MemberActor): Promise<ShopifyStoreType[]> {
    const rows = await this.workspaces.read(workspaceId, (tx) => this.stores.list(tx));
    return rows.map((row) => ShopifyStoreType.from(row));
  }

  @Mutation(() => String, {
    description:
      'Begins to connect a store: gives the address at Shopify where its owner says yes. Good for one use, in this session, for half an hour.',
  })
  @Allow(Permission.ManageChannels)
  startShopifyInstall(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('domain', { type: () => String, description: 'The store: `your-store.myshopify.com`.' }) domain: string,
  ): Promise<string> {
    return this.start.run(member, request, domain);
  }

  @Mutation(() => ShopifyStoreType, {
    description: 'Disconnects a store: nothing is asked of it from now on, and the app is removed from it at Shopify.',
  })
  @Allow(Permission.ManageChannels)
  async disconnectShopify(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'The id of the store.' }) id: string,
  ): Promise<ShopifyStoreType> {
    return ShopifyStoreType.from(await this.disconnect.run(member, request, id));
  }
}
