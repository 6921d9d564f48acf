import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestContext } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Config } from '../../platform/config/index.js';
import { Workspaces, sql } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { Installs } from './installs.js';
import { checkDomain } from './shop-domain.js';
import { ShopifyClient, shopifyScopes } from './shopify-client.js';

const most = 10;

/** A member begins to connect a store: gives where its owner says yes. */
@Injectable()
export class StartInstall {
  constructor(
    private readonly config: Config,
    private readonly shopify: ShopifyClient,
    private readonly workspaces: Workspaces,
    private readonly installs: Installs,
    private readonly audit: AuditLog,
  ) {}

  async run(actor: MemberActor, { origin }: RequestContext, given: string): Promise<string> {
    const { clientId } = this.shopify.app;
    const domain = checkDomain(given);
    // Whether another workspace has the store is told to nobody before the store's owner has said yes.
    const state = await this.workspaces.run(actor.workspaceId, async (tx) => {
      const others = await tx.first<{ count: number }>(sql`
        select count(*)::int as count from shopify_stores
         where workspace_id = ${tx.workspaceId} and status <> 'DISCONNECTED' and domain <> ${domain}`);
      if ((others?.count ?? 0) >= most)
        throw badInput(
          'domain',
          `A workspace has ${String(most)} stores at most. Disconnect one first.`,
          'SHOPIFY_MOST',
          {
            most: String(most),
          },
        );
      // What a member types is no detail: it may be anything until the store's owner has said yes.
      this.audit.record(tx, { actor, action: 'shopify.authorize', origin });
      return this.installs.begin(tx, actor, domain);
    });
    const url = new URL(this.shopify.urlOf(domain, '/admin/oauth/authorize'));
    url.searchParams.set('client_id', clientId);
    url.searchParams.set('scope', shopifyScopes.join(','));
    url.searchParams.set('redirect_uri', `${this.config.publicUrl}/oauth/shopify/callback`);
    url.searchParams.set('state', state);
    return url.href;
  }
}
