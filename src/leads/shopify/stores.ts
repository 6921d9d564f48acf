import { Injectable } from '@nestjs/common';
import { ChannelStatus, Directory } from '../../channels/index.js';
import { type WorkspaceTransaction, isUuid, newId, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import { forgetShopify } from './installs.js';
import type { StoreToken } from './shopify-client.js';
import { type StoreProblem, type StoreRow, shopifyProvider, storeColumns } from './store.row.js';
import { storeTokenPlace } from './store-secrets.js';

/** The kind of job that ends the access of a store at Shopify. */
export const releaseStore = 'release-shopify-store';
/** Days for which the list shows that a store was here. */
const shownDays = 30;
/** Calls that are remembered of one store; who connects it more often has no use for older ones. */
const mostHeard = 50;

/** A token with what tells it from the one before and after. */
export interface SealedToken {
  readonly domain: string;
  readonly token: StoreToken;
  readonly sealed: Buffer;
  /** Whether it ends within a minute, by the database's clock. */
  readonly ending: boolean;
}

/** The rows of stores. Participants. */
@Injectable()
export class Stores {
  constructor(
    private readonly secrets: Secrets,
    private readonly directory: Directory,
    private readonly feed: LiveFeed,
    private readonly outbox: Outbox,
  ) {}

  /** All of them, the oldest first. */
  list(tx: WorkspaceTransaction): Promise<StoreRow[]> {
    return tx.query<StoreRow>(sql`
      select ${storeColumns} from shopify_stores s where s.workspace_id = ${tx.workspaceId} order by s.id`);
  }

  /** One, held against changes; null where it is not here. */
  async lock(tx: WorkspaceTransaction, id: string): Promise<StoreRow | null> {
    if (!isUuid(id)) return null;
    return tx.first<StoreRow>(sql`
      select ${storeColumns} from shopify_stores s where s.workspace_id = ${tx.workspaceId} and s.id = ${id} for update`);
  }

  /** Connects a store: a new row, or the one that it was before. Throws CONFLICT where another workspace has it. */
  async connect(tx: WorkspaceTransaction, domain: string, token: StoreToken): Promise<string> {
    const before = await tx.first<{ id: string }>(sql`
      select id from shopify_stores where workspace_id = ${tx.workspaceId} and domain = ${domain} for update`);
    const id = before?.id ?? newId();
    await this.directory.claim(tx, shopifyProvider, [domain], id, 'domain');
    const sealed = await this.seal(tx, id, token);
    await tx.execute(sql`
      insert into shopify_stores (workspace_id, id, domain, status, token, token_expires_at)
      values (${tx.workspaceId}, ${id}, ${domain}, ${ChannelStatus.CONNECTED}, ${sealed}, now() + make_interval(secs => ${token.expiresIn}::float8))
      on conflict (workspace_id, id) do update
         set status = excluded.status, trouble = null, token = excluded.token, token_expires_at = excluded.token_expires_at,
             renewing_until = null, connected_at = now(), disconnected_at = null`);
    this.tell(tx, id);
    return id;
  }

  /** Opens the token; null where there is none. */
  async open(tx: WorkspaceTransaction, id: string): Promise<SealedToken | null> {
    const row = await tx.first<{ domain: string; token: Buffer | null; ending: boolean }>(sql`
      select domain, token, coalesce(token_expires_at < now() + interval '1 minute', false) as ending
        from shopify_stores where workspace_id = ${tx.workspaceId} and id = ${id}`);
    if (row === null || row.token === null) return null;
    const plain = await this.secrets.decrypt(tx, storeTokenPlace(id), row.token);
    return { domain: row.domain, token: JSON.parse(plain) as StoreToken, sealed: row.token, ending: row.ending };
  }

  /** Takes the renewing of a token, for as long as that may take; false where somebody else has it. */
  async beginRenewal(tx: WorkspaceTransaction, id: string, { sealed }: SealedToken, seconds: number): Promise<boolean> {
    const taken = await tx.execute(sql`
      update shopify_stores set renewing_until = now() + make_interval(secs => ${seconds})
       where workspace_id = ${tx.workspaceId} and id = ${id} and token = ${sealed}
         and (renewing_until is null or renewing_until < now())`);
    return taken > 0;
  }

  /** Puts a renewed token in the place of the one that it was renewed by, and of no other. */
  async renewed(tx: WorkspaceTransaction, id: string, { sealed }: SealedToken, token: StoreToken): Promise<void> {
    const fresh = await this.seal(tx, id, token);
    await tx.execute(sql`
      update shopify_stores set token = ${fresh}, token_expires_at = now() + make_interval(secs => ${token.expiresIn}::float8), renewing_until = null
       where workspace_id = ${tx.workspaceId} and id = ${id} and token = ${sealed}`);
  }

  /** Shopify takes this token no more; false where the store lives by another meanwhile, or it is known already. */
  async refuse(tx: WorkspaceTransaction, id: string, { sealed }: SealedToken): Promise<boolean> {
    const changed = await tx.execute(sql`
      update shopify_stores set status = ${ChannelStatus.EXPIRED}, trouble = 'TOKEN_REFUSED'
       where workspace_id = ${tx.workspaceId} and id = ${id} and token = ${sealed} and status = ${ChannelStatus.CONNECTED}`);
    if (changed > 0) this.tell(tx, id);
    return changed > 0;
  }

  /** From this transaction on nothing is asked of the store; Shopify is told after. `ended` with its whole workspace. */
  async leave(tx: WorkspaceTransaction, { id, domain }: StoreRow, ended = false): Promise<void> {
    await this.directory.release(tx, shopifyProvider, [domain]);
    await tx.execute(sql`
      update shopify_stores set status = ${ChannelStatus.DISCONNECTED}, trouble = null, ended = ${ended},
             disconnected_at = coalesce(disconnected_at, now())
       where workspace_id = ${tx.workspaceId} and id = ${id}`);
    this.outbox.schedule(tx, releaseStore, id);
    if (!ended) this.tell(tx, id);
  }

  /** Remembers a call that said that the app is gone, by its digest; false where it was heard before. */
  async hear(tx: WorkspaceTransaction, id: string, call: Buffer): Promise<boolean> {
    const heard = await tx.execute(sql`
      update shopify_stores set heard = (array_prepend(${call}::bytea, heard))[1:${mostHeard}::int]
       where workspace_id = ${tx.workspaceId} and id = ${id} and not heard @> array[${call}::bytea]`);
    return heard > 0;
  }

  /** Wipes the token of a store that is disconnected. */
  async forget(tx: WorkspaceTransaction, id: string, trouble: StoreProblem | null): Promise<void> {
    const changed = await tx.execute(sql`
      update shopify_stores set token = null, token_expires_at = null, renewing_until = null, trouble = ${trouble}
       where workspace_id = ${tx.workspaceId} and id = ${id} and status = ${ChannelStatus.DISCONNECTED}`);
    if (changed === 0) return;
    this.outbox.scheduleAfter(tx, forgetShopify, id, shownDays * 86_400);
    this.tell(tx, id);
  }

  /** Says that Shopify could not be told yet, once. */
  async sayTrying(tx: WorkspaceTransaction, id: string): Promise<void> {
    const changed = await tx.execute(sql`
      update shopify_stores set trouble = 'REVOKING'
       where workspace_id = ${tx.workspaceId} and id = ${id} and status = ${ChannelStatus.DISCONNECTED}
         and trouble is distinct from 'REVOKING' and not ended`);
    if (changed > 0) this.tell(tx, id);
  }

  /** Open lists show the store as it is now. */
  private tell(tx: WorkspaceTransaction, id: string): void {
    this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [id], detail: 'shopify' });
  }

  private seal(tx: WorkspaceTransaction, id: string, token: StoreToken): Promise<Buffer> {
    return this.secrets.encrypt(tx, storeTokenPlace(id), JSON.stringify(token));
  }
}
