import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ChannelStatus } from '../../channels/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { EndUninstalled } from './end-uninstalled.js';
import { OpenStore } from './open-store.js';
import { ShopifyClient } from './shopify-client.js';
import { ShopifyTrouble } from './shopify-trouble.js';
import { Stores } from './stores.js';

/** The kind of job that looks whether the app is still in a store. */
export const checkStore = 'check-shopify-store';

/**
 * It was said again, or late, that the app was removed from a store. The store may have been connected anew meanwhile; so
 * Shopify is asked: what takes the token still has the app. What does not is disconnected, and its token gone.
 */
@Injectable()
export class CheckStoreWorker implements Worker, OnModuleInit {
  readonly kind = checkStore;
  readonly concurrency = 2;
  readonly maxSeconds = 60;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly stores: Stores,
    private readonly opening: OpenStore,
    private readonly shopify: ShopifyClient,
    private readonly ending: EndUninstalled,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run({ workspaceId, rowId, attempt, signal }: Job): Promise<Again | undefined> {
    const before = await this.workspaces.read(workspaceId, (tx) => this.stores.open(tx, rowId));
    if (before === null) return undefined;
    try {
      if (await this.isOpen(workspaceId, rowId, signal)) return undefined;
    } catch (error) {
      if (!(error instanceof ShopifyTrouble)) throw error;
      // The word was signed: a Shopify that does not answer does not take it back.
      return { afterSeconds: Math.min(600, 10 * 2 ** attempt) };
    }
    await this.workspaces.run(workspaceId, async (tx) => {
      const store = await this.stores.lock(tx, rowId);
      const now = await this.stores.open(tx, rowId);
      // Connected anew while Shopify was asked, it lives by another token.
      if (store === null || store.status === ChannelStatus.DISCONNECTED) return;
      if (now !== null && now.token.access !== before.token.access) return;
      await this.ending.run(tx, store);
    });
    return undefined;
  }

  private async isOpen(workspaceId: string, id: string, signal: AbortSignal): Promise<boolean> {
    try {
      const opened = await this.opening.run(workspaceId, id);
      return opened !== null && (await this.shopify.isOpen(opened.domain, opened.token, signal));
    } catch (error) {
      if (error instanceof ShopifyTrouble && error.kind === 'REFUSED') return false;
      throw error;
    }
  }
}
