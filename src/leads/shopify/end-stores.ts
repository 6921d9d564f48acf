import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Farewells, WorkspaceDeleted } from '../../accounts/index.js';
import { ChannelStatus } from '../../channels/index.js';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { Stores, releaseStore } from './stores.js';

/** Ends the stores of a workspace that was deleted; their rows and keys wait until Shopify was told, or was given up on. */
@Injectable()
export class EndStores implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly farewells: Farewells,
    private readonly stores: Stores,
  ) {}

  onModuleInit(): void {
    this.farewells.register({ kind: releaseStore, reads: ['shopify_stores', 'workspace_keys'] });
    this.facts.on(WorkspaceDeleted, (tx) => this.end(tx));
  }

  private async end(tx: WorkspaceTransaction): Promise<void> {
    const stores = await this.stores.list(tx);
    for (const store of stores)
      if (store.status !== ChannelStatus.DISCONNECTED) await this.stores.leave(tx, store, true);
  }
}
