import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../platform/access/index.js';
import { Workspaces, isUuid } from '../platform/database/index.js';
import { ChannelEntity } from './channel.entity.js';

/** The channels of the actor's workspace. */
@Injectable()
export class ListChannels {
  constructor(private readonly workspaces: Workspaces) {}

  /** All of them, the oldest first. */
  all(actor: MemberActor): Promise<ChannelEntity[]> {
    return this.workspaces.read(actor.workspaceId, (tx) =>
      tx.of(ChannelEntity).find({ where: { workspaceId: tx.workspaceId }, order: { connectedAt: 'ASC', id: 'ASC' } }),
    );
  }

  /** One of them, or null. */
  async one(actor: MemberActor, id: string): Promise<ChannelEntity | null> {
    if (!isUuid(id)) return null;
    return this.workspaces.read(actor.workspaceId, (tx) =>
      tx.of(ChannelEntity).findOneBy({ workspaceId: tx.workspaceId, id }),
    );
  }
}
