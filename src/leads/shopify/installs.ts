import { Injectable } from '@nestjs/common';
import { credentialOf, newState } from '../../channels/index.js';
import type { MemberActor } from '../../platform/access/index.js';
import { type WorkspaceTransaction, newId, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { Secrets } from '../../platform/secrets/index.js';

/** The kind of job that removes what is over: installs that ran out, stores that were disconnected long ago. */
export const forgetShopify = 'forget-shopify';

/** Seconds within which the person has to be back. */
const installSeconds = 30 * 60;
const mostOpen = 50;

/**
 * The rows of stores that are being connected. Whoever has the state can do nothing with it elsewhere: it is found in its own
 * workspace only, by the session that began it, for the store that it was made for, until it ends; and it is taken once.
 * Participants.
 */
@Injectable()
export class Installs {
  constructor(
    private readonly secrets: Secrets,
    private readonly outbox: Outbox,
  ) {}

  /** Begins one; gives its state, of which a digest is kept. */
  async begin(tx: WorkspaceTransaction, actor: MemberActor, domain: string): Promise<string> {
    const open = await tx.first<{ count: number }>(sql`
      select count(*)::int as count from shopify_installs where workspace_id = ${tx.workspaceId} and expires_at > now()`);
    if ((open?.count ?? 0) >= mostOpen)
      throw new DomainError(ErrorCode.RATE_LIMITED, 'Many stores are being connected already. Try again in a while.', {
        reason: 'SHOPIFY_TOO_MANY',
        retryAfter: 300,
      });
    const state = newState(actor.workspaceId);
    const id = newId();
    await tx.execute(sql`
      insert into shopify_installs (workspace_id, id, state_digest, credential, domain, expires_at)
      values (${tx.workspaceId}, ${id}, ${this.digests(state)[0]}, ${credentialOf(actor)}, ${domain},
              now() + make_interval(secs => ${installSeconds}))`);
    this.outbox.scheduleAfter(tx, forgetShopify, id, installSeconds);
    return state;
  }

  /** The person is back: takes the state, once; false where it is not theirs, not for this store, used or run out. */
  async take(tx: WorkspaceTransaction, actor: MemberActor, state: string, domain: string): Promise<boolean> {
    const taken = await tx.execute(sql`
      delete from shopify_installs
       where workspace_id = ${actor.workspaceId} and state_digest = any (${this.digests(state)}::bytea[])
         and credential = ${credentialOf(actor)} and domain = ${domain} and expires_at > now()`);
    return taken > 0;
  }

  private digests(state: string): Buffer[] {
    return this.secrets.digests('shopify-install', state);
  }
}
