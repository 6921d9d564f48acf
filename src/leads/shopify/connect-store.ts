import { Injectable } from '@nestjs/common';
import { Directory } from '../../channels/index.js';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { renewEverySeconds, renewStore } from './renewals.js';
import { ShopifyClient, shopifyScopes } from './shopify-client.js';
import { shopifyProvider } from './store.row.js';
import { Stores } from './stores.js';

/** Connects a store with what its owner came back with. */
@Injectable()
export class ConnectStore {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly shopify: ShopifyClient,
    private readonly directory: Directory,
    private readonly stores: Stores,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  /** Throws where the store is another workspace's, or Shopify gives no access that is enough. */
  async run(actor: MemberActor, origin: RequestOrigin, domain: string, code: string): Promise<void> {
    const { workspaceId } = actor;
    // The code counts once: it is not used up for nothing.
    await this.directory.refuseTaken(workspaceId, shopifyProvider, [domain], 'domain');
    const { token, scopes } = await this.shopify.exchange(domain, code);
    // Who may write may read.
    if (!shopifyScopes.every((scope) => scopes.includes(scope) || scopes.includes(scope.replace('read', 'write'))))
      throw new DomainError(ErrorCode.PLATFORM_REFUSED, 'The store did not let the app read customers and orders.', {
        reason: 'SHOPIFY_SCOPES',
      });
    await this.shopify.subscribe(domain, token);
    await this.workspaces.run(
      workspaceId,
      async (tx) => {
        const id = await this.stores.connect(tx, domain, token);
        if (token.refresh !== null) this.outbox.scheduleAfter(tx, renewStore, id, renewEverySeconds);
        this.audit.record(tx, { actor, action: 'shopify.connect', target: id, origin });
      },
      { oneAtATime: 'connect-channels' },
    );
  }
}
