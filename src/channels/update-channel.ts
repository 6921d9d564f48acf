import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../platform/access/index.js';
import { AuditLog } from '../platform/audit/index.js';
import { Workspaces, cleanInput, isUuid, sql } from '../platform/database/index.js';
import { badInput, notFound } from '../platform/errors/index.js';
import { LiveFeed } from '../platform/live/index.js';
import { ChannelDefinitions } from './channel-definitions.js';
import { ChannelEntity } from './channel.entity.js';
import { keepsSentOf } from './channel.type.js';

const maxNameLength = 100;

/** What is to be different; null for what stays. */
export interface ChannelChanges {
  readonly name: string | null;
  readonly keepsSent: boolean | null;
}

/** Changes what a workspace calls a channel, and whether copies of answers are kept in its account. */
@Injectable()
export class UpdateChannel {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly feed: LiveFeed,
    private readonly audit: AuditLog,
    private readonly definitions: ChannelDefinitions,
  ) {}

  async run(
    actor: MemberActor,
    origin: RequestOrigin,
    id: string,
    { name, keepsSent }: ChannelChanges,
  ): Promise<ChannelEntity> {
    if (!isUuid(id)) throw notFound('Channel');
    const wanted = name === null ? null : cleanInput(name);
    if (wanted !== null && (wanted === '' || wanted.length > maxNameLength))
      throw badInput('name', `Give it a name of 1 to ${String(maxNameLength)} characters.`, 'CHANNEL_NAME', {
        most: String(maxNameLength),
      });
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const channel = await tx.of(ChannelEntity).findOneBy({ workspaceId: tx.workspaceId, id });
      if (channel === null) throw notFound('Channel');
      const keeps = keepsSentOf(channel.settings, this.definitions.of(channel.kind));
      if (keepsSent !== null && keeps === null)
        throw badInput('keepsSent', 'This channel has no folder of what was sent: its platform keeps that by itself.');
      const renamed = wanted !== null && wanted !== channel.name;
      const kept = keepsSent !== null && keepsSent !== keeps;
      if (!renamed && !kept) return channel;
      const settings = kept ? { keepsSent } : {};
      await tx.execute(sql`
        update channels set name = ${wanted ?? channel.name}, settings = settings || ${JSON.stringify(settings)}::jsonb
         where workspace_id = ${tx.workspaceId} and id = ${id}`);
      this.feed.append(tx, { kind: 'ChannelChanged', ids: [id] });
      if (renamed) this.audit.record(tx, { actor, action: 'channel.rename', target: id, origin });
      if (kept) this.audit.record(tx, { actor, action: 'channel.update', target: id, origin, detail: { keepsSent } });
      return Object.assign(channel, {
        name: wanted ?? channel.name,
        settings: { ...channel.settings, ...settings },
      });
    });
  }
}
