import { createHash } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ChannelStatus, Directory } from '../../channels/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { checkStore } from './check-store.worker.js';
import { EndUninstalled } from './end-uninstalled.js';
import { shopDomain } from './shop-domain.js';
import { ShopifyTopics } from './shopify-topics.js';
import { shopifyProvider } from './store.row.js';
import { Stores } from './stores.js';

/**
 * `app/uninstalled`: the app was removed from a store. The store is the one that the signed bytes name, and the workspace the
 * one that has it. The word is taken at once, and once: said again, or of a time before the store was connected, it may be a
 * copy or late, and Shopify is asked.
 */
@Injectable()
export class ReceiveUninstall implements OnModuleInit {
  constructor(
    private readonly topics: ShopifyTopics,
    private readonly directory: Directory,
    private readonly workspaces: Workspaces,
    private readonly stores: Stores,
    private readonly ending: EndUninstalled,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.topics.on(['app/uninstalled'], (_topic, body, happenedAt) => this.run(body, happenedAt));
  }

  private async run(body: Buffer, happenedAt: Date | null): Promise<void> {
    const domain = domainIn(body);
    const owner = domain === null ? null : await this.directory.ownerOf(shopifyProvider, domain);
    if (owner === null) return;
    await this.workspaces.run(owner.workspaceId, async (tx) => {
      const store = await this.stores.lock(tx, owner.channelId);
      if (store === null || store.status === ChannelStatus.DISCONNECTED) return;
      const late = happenedAt !== null && happenedAt < store.connectedAt;
      const first = await this.stores.hear(tx, store.id, createHash('sha256').update(body).digest());
      if (first && !late) await this.ending.run(tx, store);
      else this.outbox.schedule(tx, checkStore, store.id);
    });
  }
}

function domainIn(body: Buffer): string | null {
  try {
    const said = JSON.parse(body.toString()) as { readonly myshopify_domain?: unknown } | null;
    return shopDomain(said?.myshopify_domain);
  } catch {
    return null;
  }
}
