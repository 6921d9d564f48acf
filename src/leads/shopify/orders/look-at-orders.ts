import { Injectable, Logger } from '@nestjs/common';
import { ChannelStatus } from '../../../channels/index.js';
import { ContactAddresses, type ProvenAddresses } from '../../../conversations/index.js';
import type { MemberActor, RequestContext } from '../../../platform/access/index.js';
import { Workspaces } from '../../../platform/database/index.js';
import { describeError } from '../../../platform/logging/index.js';
import { OpenStore } from '../open-store.js';
import { ShopifyClient } from '../shopify-client.js';
import { ShopifyTrouble } from '../shopify-trouble.js';
import type { StoreRow } from '../store.row.js';
import { ShopifyStoreType } from '../store.type.js';
import { Stores } from '../stores.js';
import { TellStores } from '../tell-stores.js';
import { type ShopOrder, type ShopOrders, ShopOrdersState } from './order.type.js';
import { ordersIn, questionFor } from './read-orders.js';

type Found = Pick<ShopOrders, 'state' | 'orders'>;

const states = {
  REFUSED: ShopOrdersState.REFUSED,
  BUSY: ShopOrdersState.BUSY,
  UNREACHED: ShopOrdersState.UNREACHABLE,
  ODD: ShopOrdersState.UNREACHABLE,
} as const;

/**
 * A member looks at what a contact ordered. Each store is asked now, by addresses that are proved, and nothing of what it says
 * is written anywhere; so there is nothing to erase, to export, or to hand to a model.
 */
@Injectable()
export class LookAtOrders {
  private readonly logger = new Logger('Shopify');

  constructor(
    private readonly workspaces: Workspaces,
    private readonly stores: Stores,
    private readonly addresses: ContactAddresses,
    private readonly opening: OpenStore,
    private readonly shopify: ShopifyClient,
    private readonly tell: TellStores,
  ) {}

  /** Throws NOT_FOUND where the contact is not here. */
  async run({ workspaceId }: MemberActor, context: RequestContext, contactId: string): Promise<ShopOrders[]> {
    const addresses = await this.addresses.proven(workspaceId, contactId, context);
    const rows = await this.workspaces.read(workspaceId, (tx) => this.stores.list(tx));
    const stores = rows.filter(({ status }) => status !== ChannelStatus.DISCONNECTED);
    return Promise.all(
      stores.map(async (row) => ({
        store: ShopifyStoreType.from(row),
        ...(await this.ordersAt(workspaceId, row, addresses)),
      })),
    );
  }

  private async ordersAt(workspaceId: string, { id, status }: StoreRow, addresses: ProvenAddresses): Promise<Found> {
    if (status === ChannelStatus.EXPIRED) return nothing(ShopOrdersState.REFUSED);
    const question = questionFor(addresses);
    if (question === null) return nothing(ShopOrdersState.NO_ADDRESS);
    try {
      const orders = await this.ask(workspaceId, id, question, addresses);
      return orders.length === 0 ? nothing(ShopOrdersState.NONE) : { state: ShopOrdersState.FOUND, orders };
    } catch (error) {
      if (!(error instanceof ShopifyTrouble)) throw error;
      this.logger.warn(`Orders could not be looked at: ${describeError(error)}`);
      return nothing(states[error.kind]);
    }
  }

  private async ask(
    workspaceId: string,
    id: string,
    { query, variables }: NonNullable<ReturnType<typeof questionFor>>,
    addresses: ProvenAddresses,
  ): Promise<ShopOrder[]> {
    const before = await this.workspaces.read(workspaceId, (tx) => this.stores.open(tx, id));
    let opened = before;
    try {
      opened = await this.opening.run(workspaceId, id);
      if (opened === null) throw new ShopifyTrouble('REFUSED', 'The store has no token.');
      return ordersIn(await this.shopify.graphql(opened.domain, opened.token, query, variables), addresses);
    } catch (error) {
      if (error instanceof ShopifyTrouble && error.kind === 'REFUSED' && opened !== null)
        await this.tell.refused(workspaceId, id, opened);
      throw error;
    }
  }
}

function nothing(state: ShopOrdersState): Found {
  return { state, orders: [] };
}
