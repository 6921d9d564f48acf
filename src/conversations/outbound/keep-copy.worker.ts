import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Channels, ChannelStatus, type OpenChannel, type OutgoingMessage } from '../../channels/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { OutboundRules } from './outbound-message.js';
import { OutgoingMessages, type StoredOutgoing } from './outgoing-messages.js';

interface Sent extends StoredOutgoing {
  readonly conversationId: string;
  readonly sentAt: Date;
  /** Seconds since, by the database's clock. */
  readonly age: number;
}

interface Copy {
  readonly channel: OpenChannel;
  readonly outgoing: OutgoingMessage;
}

const longestSeconds = 86_400;
const slowestSeconds = 3_600;

/**
 * Keeps a copy of what was sent in the account itself, where a channel has that. The message has left: whatever comes of the
 * copy changes nothing of it, and after a day nobody looks for one any more.
 */
@Injectable()
export class KeepCopyWorker implements Worker, OnModuleInit {
  readonly kind = 'keep-copy';
  readonly concurrency = 4;
  readonly maxSeconds = 60;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly channels: Channels,
    private readonly rules: OutboundRules,
    private readonly messages: OutgoingMessages,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run({ workspaceId, rowId, signal }: Job): Promise<Again | undefined> {
    const sent = await this.workspaces.run(workspaceId, (tx) => this.find(tx, rowId));
    if (sent === null || sent.age > longestSeconds) return undefined;
    // Ever more slowly: as long again as it took so far.
    const later = { afterSeconds: Math.min(slowestSeconds, Math.max(30, sent.age)) };
    const copy = await this.workspaces.run(workspaceId, (tx) => this.open(tx, sent));
    if (copy === null) return undefined;
    if (copy === 'expired') return later;
    try {
      const { adapter } = this.channels.definitionOf(copy.channel.kind);
      await adapter.keepCopy?.(copy.channel, copy.outgoing, sent.sentAt, signal);
      return undefined;
    } catch {
      return later;
    }
  }

  /** What came back, or was deleted, is not kept. */
  private find(tx: WorkspaceTransaction, id: string): Promise<Sent | null> {
    return tx.first<Sent>(sql`
      select m.id, m.conversation_id as "conversationId", m.text, m.author, m.content, m.reply_to_external_id as "replyToExternalId",
             exists (select from attachments a where a.workspace_id = m.workspace_id and a.message_id = m.id) as "hasFiles",
             s.finished_at as "sentAt", extract(epoch from now() - s.finished_at)::float8 as age
        from messages m join send_attempts s on s.workspace_id = m.workspace_id and s.message_id = m.id and s.outcome = 'sent'
       where m.workspace_id = ${tx.workspaceId} and m.id = ${id} and m.direction = 'OUTBOUND' and m.deleted_at is null
         and m.status in ('SENT', 'DELIVERED', 'READ')
       order by s.number desc limit 1`);
  }

  /** The token is opened only where a copy is wanted. */
  private async open(tx: WorkspaceTransaction, sent: Sent): Promise<Copy | 'expired' | null> {
    const outlet = await this.rules.outlet(tx, sent.conversationId);
    if (outlet === null) return null;
    const { id, status, settings } = outlet.channel;
    if (outlet.definition.keepsCopies?.({ settings }) !== true || status === ChannelStatus.DISCONNECTED) return null;
    if (status === ChannelStatus.EXPIRED) return 'expired';
    // Whom it went to, not whom one would answer by now.
    const to = sent.content?.mail?.to[0];
    const recipient =
      to === undefined ? await this.rules.recipient(tx, outlet) : ([{ externalId: to, handle: null }] as const);
    if (recipient === null) return null;
    const outgoing = await this.messages.of(tx, outlet, sent, recipient, false);
    const channel = await this.channels.openChannel(tx, id, { purpose: 'PULL', cause: `message ${sent.id}` });
    return channel === null ? null : { channel, outgoing };
  }
}
