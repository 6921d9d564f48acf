import type { ChannelStatus } from '../../channels/index.js';
import { sql } from '../../platform/database/index.js';

/** What is wrong with a store, as one of a few words. */
export type StoreProblem = 'TOKEN_REFUSED' | 'UNINSTALLED' | 'REVOKING' | 'NOT_REVOKED';

/** A store as its table holds it, without its token. */
export interface StoreRow {
  readonly id: string;
  readonly domain: string;
  readonly status: ChannelStatus;
  readonly trouble: StoreProblem | null;
  readonly connectedAt: Date;
}

/** The columns of a store `s`. */
export const storeColumns = sql`s.id, s.domain, s.status, s.trouble, s.connected_at as "connectedAt"`;

/** Stores stand under this name among the accounts of providers. */
export const shopifyProvider = 'shopify';
