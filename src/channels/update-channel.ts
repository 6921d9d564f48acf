import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../platform/access/index.js';
import { AuditLog } from '../platform/audit/index.js';
import { Workspaces, cleanInput, isUuid, sql } from '../platform/database/index.js';
import { badInput, notFound } from '../platform/errors/index.js';
import { LiveFeed } from '../platform/live/index.js';
import { ChannelEntity } from './channel.entity.js';

const maxNameLength = 100;

/** Changes what a workspace calls a channel. */
@Injectable()
export class UpdateChannel {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly feed: LiveFeed,
    private readonly audit: AuditLog,
  ) {}

  async run(actor: MemberActor, origin: RequestOrigin, id: string, name: string | null): Promise<ChannelEntity> {
    if (!isUuid(id)) throw notFound('Channel');
    const wanted = name === null ? null : cleanInput(name);
    if (wanted !== null && (wanted === '' || wanted.length > maxNameLength))
      throw badInput('name', `Give it a name of 1 to ${String(maxNameLength)} characters.`);
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const channel = await tx.of(ChannelEntity).findOneBy({ workspaceId: tx.workspaceId, id });
      if (channel === null) throw notFound('Channel');
      if (wanted === null || wanted === channel.name) return channel;
      await tx.execute(sql`update channels set name = ${wanted} where workspace_id = ${tx.workspaceId} and id = ${id}`);
      this.feed.append(tx, { kind: 'ChannelChanged', ids: [id] });
      this.audit.record(tx, { actor, action: 'channel.rename', target: id, origin });
      return Object.assign(channel, { name: wanted });
    });
  }
}
