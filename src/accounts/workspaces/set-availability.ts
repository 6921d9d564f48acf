import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces, sql } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { PresenceBoard } from '../presence/presence-board.js';
import { MemberType } from './member.type.js';
import { Members } from './members.js';

/** A member says whether they take conversations now. */
@Injectable()
export class SetAvailability {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly members: Members,
    private readonly feed: LiveFeed,
    private readonly board: PresenceBoard,
  ) {}

  async run(actor: MemberActor, available: boolean): Promise<MemberType> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const changed = await tx.execute(sql`
        update members set available = ${available} where id = ${actor.memberId} and available <> ${available}`);
      if (changed > 0) {
        this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [actor.memberId], detail: 'members' });
        tx.afterCommit(() => this.board.tell(actor.workspaceId, [actor.memberId]));
      }
      const [row] = await this.members.membersByIds(tx, [actor.memberId]);
      if (row === undefined) throw notFound('Member');
      return MemberType.from(row);
    });
  }
}
