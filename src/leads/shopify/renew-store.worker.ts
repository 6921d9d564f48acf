import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Workspaces } from '../../platform/database/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { OpenStore } from './open-store.js';
import { renewEverySeconds, renewStore } from './renewals.js';
import { ShopifyTrouble } from './shopify-trouble.js';
import { Stores } from './stores.js';
import { TellStores } from './tell-stores.js';

const laterSeconds = 3_600;

/** Renews the token of a store now and then, so that one that nobody looks at stays open. */
@Injectable()
export class RenewStoreWorker implements Worker, OnModuleInit {
  readonly kind = renewStore;
  readonly concurrency = 2;
  readonly maxSeconds = 60;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly stores: Stores,
    private readonly opening: OpenStore,
    private readonly tell: TellStores,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run({ workspaceId, rowId }: Job): Promise<Again | undefined> {
    const opened = await this.workspaces.read(workspaceId, (tx) => this.stores.open(tx, rowId));
    // Gone, disconnected, or one that does not end.
    if (opened === null || opened.token.refresh === null) return undefined;
    try {
      await this.opening.renew(workspaceId, rowId, opened);
      return { afterSeconds: renewEverySeconds };
    } catch (error) {
      if (!(error instanceof ShopifyTrouble)) throw error;
      if (error.kind !== 'REFUSED') return { afterSeconds: laterSeconds };
      await this.tell.refused(workspaceId, rowId, opened);
      return undefined;
    }
  }
}
