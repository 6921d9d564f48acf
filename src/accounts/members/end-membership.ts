import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { MembershipEnded } from '../accounts.events.js';
import type { Standing } from './standing.js';

/**
 * Ends a membership. The row stays without its person, because what they wrote refers to it; nobody acts by it any more:
 * the next request finds no membership, open sockets ask again within a second, and the API tokens are gone with it.
 */
@Injectable()
export class EndMembership {
  constructor(
    private readonly facts: Facts,
    private readonly feed: LiveFeed,
  ) {}

  /** Takes part in a transaction that has checked that an owner remains. */
  async end(tx: WorkspaceTransaction, { id: memberId, userId }: Pick<Standing, 'id' | 'userId'>): Promise<void> {
    await tx.execute(sql`
      update members set user_id = null, role = 'VIEWER', available = false where id = ${memberId}`);
    await tx.execute(sql`delete from api_tokens where member_id = ${memberId}`);
    await tx.execute(sql`delete from invitations where invited_by = ${memberId}`);
    await this.facts.announce(tx, new MembershipEnded(memberId, userId));
    this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [memberId], detail: 'members' });
  }
}
