import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Workspaces } from '../../platform/database/index.js';
import { ShopifyClient } from './shopify-client.js';
import { ShopifyTrouble } from './shopify-trouble.js';
import { type SealedToken, Stores } from './stores.js';

/** For so long nobody else renews: longer than the call may take. */
const leaseSeconds = 15;
const looks = 20;
const milliseconds = 250;

/** Opens stores for calls: a token that ends is renewed first, once, however many ask for it. */
@Injectable()
export class OpenStore {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly stores: Stores,
    private readonly shopify: ShopifyClient,
  ) {}

  /** The token as it can be used; null where there is none. Throws ShopifyTrouble where it ended and cannot be renewed. */
  async run(workspaceId: string, id: string): Promise<SealedToken | null> {
    for (let look = 0; look < looks; look += 1) {
      const opened = await this.workspaces.read(workspaceId, (tx) => this.stores.open(tx, id));
      if (opened === null || !opened.ending) return opened;
      if (!(await this.renew(workspaceId, id, opened))) await sleep(milliseconds);
    }
    throw new ShopifyTrouble('BUSY', 'The token of the store is being renewed.');
  }

  /** Renews one that has not ended yet; false where somebody else does. Throws ShopifyTrouble where Shopify does not. */
  async renew(workspaceId: string, id: string, opened: SealedToken): Promise<boolean> {
    const { refresh } = opened.token;
    if (refresh === null) throw new ShopifyTrouble('REFUSED', 'The token ended, and there is none to renew it by.');
    const taken = await this.workspaces.run(workspaceId, (tx) =>
      this.stores.beginRenewal(tx, id, opened, leaseSeconds),
    );
    if (!taken) return false;
    const token = await this.shopify.renew(opened.domain, refresh);
    await this.workspaces.run(workspaceId, (tx) => this.stores.renewed(tx, id, opened, token));
    return true;
  }
}
