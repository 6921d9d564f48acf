import { Injectable, Logger } from '@nestjs/common';
import { WhoBegan } from '../../channels/index.js';
import type { MemberActor, RequestContext, RequestOrigin } from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { DomainError } from '../../platform/errors/index.js';
import { describeError } from '../../platform/logging/index.js';
import { ConnectStore } from './connect-store.js';
import { Installs } from './installs.js';
import { shopDomain } from './shop-domain.js';
import { isSignedQuery } from './shopify-signature.js';
import { ShopifyTrouble } from './shopify-trouble.js';

/** Where a person who came back is led, and what is said there; `refused` is null where the store is connected. */
export interface InstallEnd {
  readonly workspaceId: string;
  readonly refused: string | null;
}

/** A person who looked at the question for long is asked by Shopify again; who comes with an older answer copied it. */
const mostSeconds = 90;

/** A store's owner said yes, or no, and comes back from Shopify. */
@Injectable()
export class CompleteInstall {
  private readonly logger = new Logger('Shopify');

  constructor(
    private readonly config: Config,
    private readonly whoBegan: WhoBegan,
    private readonly workspaces: Workspaces,
    private readonly installs: Installs,
    private readonly connecting: ConnectStore,
  ) {}

  /** Null where the query is not Shopify's, or its state is foreign, used or run out: all alike. */
  async run({ credentials, origin }: RequestContext, query: URLSearchParams): Promise<InstallEnd | null> {
    const { shopify } = this.config;
    const [state, code] = [query.get('state') ?? '', query.get('code') ?? ''];
    const domain = shopDomain(query.get('shop'));
    const seconds = Date.now() / 1_000 - Number(query.get('timestamp') ?? '');
    if (shopify === null || domain === null || !isSignedQuery(shopify.clientSecret, query)) return null;
    if (!(Math.abs(seconds) <= mostSeconds) || !/^[\x21-\x7e]{1,4096}$/.test(code)) return null;
    const actor = await this.whoBegan.run(credentials, state);
    if (actor === null) return null;
    const { workspaceId } = actor;
    if (!(await this.workspaces.run(workspaceId, (tx) => this.installs.take(tx, actor, state, domain)))) return null;
    return { workspaceId, refused: await this.refusalOf(actor, origin, domain, code) };
  }

  private async refusalOf(
    actor: MemberActor,
    origin: RequestOrigin,
    domain: string,
    code: string,
  ): Promise<string | null> {
    try {
      await this.connecting.run(actor, origin, domain, code);
      return null;
    } catch (error) {
      if (error instanceof DomainError && error.reason !== undefined) return error.reason;
      this.logger.warn(`A store was not connected: ${describeError(error)}`);
      return error instanceof ShopifyTrouble ? `SHOPIFY_${error.kind}` : 'SHOPIFY_UNREACHED';
    }
  }
}
