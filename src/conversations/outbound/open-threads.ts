import { Injectable } from '@nestjs/common';
import { type ChannelKind, Channels, ChannelStatus } from '../../channels/index.js';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { windowOf } from '../messaging-window.js';

/** Whose threads are looked through. */
interface Asked {
  readonly contactId: string;
  /** Threads that come before all others, the first of them first, however old they are. */
  readonly preferred: readonly string[];
  /** A thread that we began, in which they need not have written. */
  readonly begun: string | null;
  /** A person may go on writing for longer than a machine. */
  readonly by: 'person' | 'machine';
}

/** A thread in which somebody may be written to now. */
export interface OpenThread {
  readonly conversationId: string;
  readonly channelId: string;
  /** Whether they have written there; otherwise it is a thread that we began. */
  readonly opened: boolean;
}

const recentDays = 30;
const lookedAt = 20;

/** The threads in which a person may be written to now. */
@Injectable()
export class OpenThreads {
  constructor(private readonly channels: Channels) {}

  /** Participant. The best thread that they opened and whose window is open; null where there is none. */
  async find(tx: WorkspaceTransaction, { contactId, preferred, begun, by }: Asked): Promise<OpenThread | null> {
    const rows = await tx.query<{
      id: string;
      channelId: string;
      kind: ChannelKind;
      lastInboundAt: Date | null;
      unreachableAt: Date | null;
      reachableAt: Date | null;
      now: Date;
    }>(sql`
      select c.id, c.channel_id as "channelId", h.kind, c.last_inbound_at as "lastInboundAt", c.unreachable_at as "unreachableAt",
             c.reachable_at as "reachableAt", now() as now
        from conversations c join channels h on h.workspace_id = c.workspace_id and h.id = c.channel_id
       where c.workspace_id = ${tx.workspaceId} and not c.spam and h.status <> ${ChannelStatus.DISCONNECTED} and not h.frozen
         and (c.contact_id = ${contactId} or c.id = ${begun}::uuid)
         and (c.id = ${begun}::uuid or c.last_inbound_at is not null)
         and (c.id = any (${preferred}::uuid[]) or c.last_inbound_at > now() - make_interval(days => ${recentDays}))
       order by array_position(${preferred}::uuid[], c.id) nulls last, c.last_inbound_at desc limit ${lookedAt}`);
    const open = rows.find(({ kind, now, ...thread }) => {
      const window = windowOf(this.channels.definitionOf(kind).window, thread, now);
      return window.open || (by === 'person' && window.humanAgentUntil !== null && window.humanAgentUntil > now);
    });
    if (open === undefined) return null;
    return { conversationId: open.id, channelId: open.channelId, opened: open.lastInboundAt !== null };
  }
}
