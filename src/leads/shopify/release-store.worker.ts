import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { ChannelStatus, Directory } from '../../channels/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { describeError } from '../../platform/logging/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { OpenStore } from './open-store.js';
import { ShopifyClient } from './shopify-client.js';
import { ShopifyTrouble } from './shopify-trouble.js';
import { shopifyProvider } from './store.row.js';
import { Stores, releaseStore } from './stores.js';

const tries = 24 * 3_600;
// What is deleted as a whole is gone within the day, so Shopify gets an hour less.
const triesAtTheEnd = 23 * 3_600;

interface Leaving {
  readonly domain: string;
  readonly status: ChannelStatus;
  readonly ended: boolean;
  /** Whether there is a token still. */
  readonly open: boolean;
  readonly secondsGone: number;
}

/**
 * Removes the app from a store that was disconnected, then wipes its token. A Shopify that cannot be reached is tried for a
 * day, and that is said; the token waits no longer than that.
 */
@Injectable()
export class ReleaseStoreWorker implements Worker, OnModuleInit {
  readonly kind = releaseStore;
  readonly concurrency = 2;
  readonly maxSeconds = 60;
  private readonly logger = new Logger('Shopify');

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly directory: Directory,
    private readonly stores: Stores,
    private readonly opening: OpenStore,
    private readonly shopify: ShopifyClient,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run({ workspaceId, rowId, signal }: Job): Promise<Again | undefined> {
    const leaving = await this.workspaces.read(workspaceId, (tx) => read(tx, rowId));
    if (leaving?.status !== ChannelStatus.DISCONNECTED || !leaving.open) return undefined;
    let told = true;
    try {
      await this.takeBack(workspaceId, rowId, leaving, signal);
    } catch (error) {
      this.logger.warn(`Shopify was not told that a store was disconnected: ${describeError(error)}`);
      const { secondsGone, ended } = leaving;
      const left = (ended ? triesAtTheEnd : tries) - secondsGone;
      if (left > 0) {
        await this.workspaces.run(workspaceId, (tx) => this.stores.sayTrying(tx, rowId));
        return { afterSeconds: Math.max(1, Math.min(Math.max(5, secondsGone), 1_800, left + 1)) };
      }
      told = false;
    }
    await this.workspaces.run(workspaceId, (tx) => this.stores.forget(tx, rowId, told ? null : 'NOT_REVOKED'));
    return undefined;
  }

  private async takeBack(workspaceId: string, id: string, { domain }: Leaving, signal: AbortSignal): Promise<void> {
    // An app is in a store once, whoever connected it: who has it now lives by what would be removed.
    if ((await this.directory.ownerOf(shopifyProvider, domain)) !== null) return;
    try {
      const opened = await this.opening.run(workspaceId, id);
      if (opened !== null) await this.shopify.revoke(domain, opened.token, signal);
    } catch (error) {
      // A token that Shopify does not renew is none any more.
      if (!(error instanceof ShopifyTrouble && error.kind === 'REFUSED')) throw error;
    }
  }
}

function read(tx: WorkspaceTransaction, id: string): Promise<Leaving | null> {
  return tx.first<Leaving>(sql`
    select domain, status, ended, token is not null as open, coalesce(extract(epoch from now() - disconnected_at), 0)::float8 as "secondsGone"
      from shopify_stores where workspace_id = ${tx.workspaceId} and id = ${id}`);
}
