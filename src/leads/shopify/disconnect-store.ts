import { Injectable } from '@nestjs/common';
import { ChannelStatus } from '../../channels/index.js';
import type { MemberActor, RequestContext } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import type { StoreRow } from './store.row.js';
import { Stores } from './stores.js';

/**
 * Disconnects a store. From the commit on nothing is asked of it; the app is removed at Shopify by the job
 * `release-shopify-store`, which then wipes the token, so that a Shopify that does not answer loses nothing.
 */
@Injectable()
export class DisconnectStore {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly stores: Stores,
    private readonly audit: AuditLog,
  ) {}

  async run(actor: MemberActor, { origin }: RequestContext, id: string): Promise<StoreRow> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const store = await this.stores.lock(tx, id);
      if (store === null) throw notFound('The store');
      if (store.status === ChannelStatus.DISCONNECTED) return store;
      await this.stores.leave(tx, store);
      this.audit.record(tx, { actor, action: 'shopify.disconnect', target: id, origin });
      const left = await this.stores.lock(tx, id);
      if (left === null) throw new Error('A row that is held is there.');
      return left;
    });
  }
}
