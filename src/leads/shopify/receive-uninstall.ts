import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Directory } from '../../channels/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { checkStore } from './check-store.worker.js';
import { shopDomain } from './shop-domain.js';
import { ShopifyTopics } from './shopify-topics.js';
import { shopifyProvider } from './store.row.js';

/**
 * `app/uninstalled`: the app was removed from a store. The store is the one that the signed bytes name, and the workspace the
 * one that has it; the call is a hint, so that nothing of it is kept and a repeat changes nothing.
 */
@Injectable()
export class ReceiveUninstall implements OnModuleInit {
  constructor(
    private readonly topics: ShopifyTopics,
    private readonly directory: Directory,
    private readonly workspaces: Workspaces,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.topics.on(['app/uninstalled'], (_topic, body) => this.run(body));
  }

  private async run(body: Buffer): Promise<void> {
    const domain = domainIn(body);
    const owner = domain === null ? null : await this.directory.ownerOf(shopifyProvider, domain);
    if (owner === null) return;
    await this.workspaces.run(owner.workspaceId, async (tx) => {
      this.outbox.schedule(tx, checkStore, owner.channelId);
      return Promise.resolve();
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
