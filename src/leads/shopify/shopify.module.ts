import { Module } from '@nestjs/common';
import { ConversationsModule } from '../../conversations/index.js';
import { CheckStoreWorker } from './check-store.worker.js';
import { EndUninstalled } from './end-uninstalled.js';
import { CompleteInstall } from './complete-install.js';
import { ConnectStore } from './connect-store.js';
import { DisconnectStore } from './disconnect-store.js';
import { EndStores } from './end-stores.js';
import { ForgetShopifyWorker } from './forget-shopify.worker.js';
import { Installs } from './installs.js';
import { OpenStore } from './open-store.js';
import { LookAtOrders } from './orders/look-at-orders.js';
import { ShopOrdersResolver } from './orders/orders.resolver.js';
import { ReceiveUninstall } from './receive-uninstall.js';
import { ReleaseStoreWorker } from './release-store.worker.js';
import { RenewStoreWorker } from './renew-store.worker.js';
import { ShopifyCallbackController } from './shopify-callback.controller.js';
import { ShopifyClient } from './shopify-client.js';
import { ShopifyTopics } from './shopify-topics.js';
import { ShopifyWebhookController } from './shopify-webhook.controller.js';
import { StartInstall } from './start-install.js';
import { ShopifyStoreResolver } from './store.resolver.js';
import { Stores } from './stores.js';
import { TellStores } from './tell-stores.js';

const connecting = [StartInstall, Installs, CompleteInstall, ConnectStore];
const access = [ShopifyClient, Stores, OpenStore, RenewStoreWorker, TellStores];
const leaving = [
  DisconnectStore,
  ReleaseStoreWorker,
  ReceiveUninstall,
  EndUninstalled,
  CheckStoreWorker,
  EndStores,
  ForgetShopifyWorker,
];
const orders = [LookAtOrders, ShopOrdersResolver];

/** The stores of a business at Shopify. */
@Module({
  imports: [ConversationsModule],
  controllers: [ShopifyCallbackController, ShopifyWebhookController],
  providers: [...connecting, ...access, ...leaving, ...orders, ShopifyTopics, ShopifyStoreResolver],
  exports: [ShopifyTopics],
})
export class ShopifyModule {}
