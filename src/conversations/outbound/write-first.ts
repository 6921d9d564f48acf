import { Injectable } from '@nestjs/common';
import { type ChannelKind, Channels, ChannelStatus } from '../../channels/index.js';
import { type WorkspaceTransaction, newId, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';

/** An address that somebody left, on a channel over which the business may write to it first. */
export interface FirstAddress {
  readonly channelId: string;
  readonly kind: ChannelKind;
  readonly address: string;
  /** Whether it can leave now; otherwise it would wait until the channel is connected again. */
  readonly ready: boolean;
  /** Who has written from that address, or was written to there; null for nobody yet. */
  readonly contactId: string | null;
}

/** A thread that the business begins. */
interface Beginning {
  readonly to: FirstAddress;
  /** Whose thread it is, where nobody is known by that address. */
  readonly contactId: string;
  readonly subject: string;
  /** Whether machines are to keep out of it until a member lets them in. */
  readonly aiPaused: boolean;
}

/**
 * Begins threads with people who left an address: on channels whose rules let a business write first, and on no other.
 * Participants; whoever calls them works alone among what arrives (`receive-messages`), so that nobody is met twice.
 */
@Injectable()
export class WriteFirst {
  constructor(
    private readonly channels: Channels,
    private readonly feed: LiveFeed,
  ) {}

  /** Over which channel an address can be written to first; null where the workspace has none. */
  async find(tx: WorkspaceTransaction, address: string): Promise<FirstAddress | null> {
    const rows = await tx.query<{ id: string; kind: ChannelKind; ready: boolean }>(sql`
      select id, kind, status in (${ChannelStatus.CONNECTED}, ${ChannelStatus.EXPIRING}) as ready from channels
       where workspace_id = ${tx.workspaceId} and not frozen and status <> ${ChannelStatus.DISCONNECTED}
       order by ready desc, connected_at, id`);
    const channel = rows.find(({ kind }) => this.channels.definitionOf(kind).mayWriteFirst === true);
    if (channel === undefined) return null;
    const known = await tx.first<{ contactId: string }>(sql`
      select contact_id as "contactId" from contact_identities
       where workspace_id = ${tx.workspaceId} and channel_id = ${channel.id} and external_id = ${address}`);
    const { id: channelId, kind, ready } = channel;
    return { channelId, kind, address, ready, contactId: known?.contactId ?? null };
  }

  /** Begins the thread, in which nothing is said yet; gives the conversation's id. */
  async begin(tx: WorkspaceTransaction, { to, contactId, subject, aiPaused }: Beginning): Promise<string> {
    const conversationId = newId();
    const owner = to.contactId ?? contactId;
    if (to.contactId === null) {
      await tx.execute(sql`
        insert into contact_identities (workspace_id, id, channel_id, external_id, contact_id, original_contact_id, kind, thread_key)
        values (${tx.workspaceId}, ${newId()}, ${to.channelId}, ${to.address}, ${owner}, ${owner}, ${to.kind}, ${newId()})`);
      this.feed.append(tx, { kind: 'ContactChanged', ids: [owner] });
    }
    await tx.execute(sql`
      insert into conversations (workspace_id, id, channel_id, contact_id, thread_key, subject, ai_paused)
      values (${tx.workspaceId}, ${conversationId}, ${to.channelId}, ${owner}, ${newId()}, ${subject}, ${aiPaused})`);
    return conversationId;
  }
}
