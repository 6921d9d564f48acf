import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type OpeningTimes, WorkspaceHours } from '../../accounts/index.js';
import { Entitlements } from '../../billing/index.js';
import { ChannelStatus } from '../../channels/index.js';
import { type Call, type WorkspaceTransaction, Workspaces, newId, sql } from '../../platform/database/index.js';
import { DomainError } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts, Hints, Outbox } from '../../platform/outbox/index.js';
import { type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { MessagesReceived } from '../conversations.events.js';
import { MessageDirection } from '../enums.js';
import { OutboundRules, type Outlet } from './outbound-message.js';

/** The last thing that was said in a conversation, notes left out. */
interface LastSaid {
  readonly direction: MessageDirection;
  readonly sentAt: Date;
  /** A machine wrote it: a notice of absence, a list. */
  readonly automatic: boolean;
}

/** The longest that a word of absence may follow what it answers: later it only puzzles. */
const longestDelay = 12 * 3_600_000;

/**
 * Says that the business is away, to whoever writes outside its hours: once in a conversation until it has opened again, in
 * the workspace's own words, marked as no person's. Whatever speaks against it is looked at where it is queued.
 */
@Injectable()
export class SendAwayMessageWorker implements Worker, OnModuleInit {
  readonly kind = 'send-away-message';
  readonly concurrency = 4;
  readonly maxSeconds = 30;

  constructor(
    private readonly queues: Queues,
    private readonly facts: Facts,
    private readonly hints: Hints,
    private readonly workspaces: Workspaces,
    private readonly hours: WorkspaceHours,
    private readonly rules: OutboundRules,
    private readonly feed: LiveFeed,
    private readonly outbox: Outbox,
    private readonly entitlements: Entitlements,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
    this.facts.onCall(MessagesReceived, (workspaceId, { conversations }) => this.callFor(workspaceId, conversations));
  }

  async run({ workspaceId, rowId }: Job): Promise<undefined> {
    await this.workspaces.run(workspaceId, async (tx) => {
      const hours = await this.hours.read(tx);
      const outlet = hours.awayMessage === null ? null : await this.rules.outlet(tx, rowId);
      if (hours.awayMessage === null || outlet === null || !(await this.isDue(tx, hours, outlet))) return;
      await this.queue(tx, outlet, fitting(hours.awayMessage, outlet));
    });
    return undefined;
  }

  /** One call for all that arrived together, so that what arrives can be stored in one round trip. */
  private callFor(workspaceId: string, conversations: MessagesReceived['conversations']): Call {
    const ids = conversations.map(({ conversationId }) => conversationId);
    return {
      invoke: sql`schedule_away(${this.kind}, ${ids}::uuid[])`,
      afterCommit: (written) => {
        for (const id of (written as readonly string[] | null) ?? []) this.hints.give(this.kind, workspaceId, id);
      },
    };
  }

  private async isDue(tx: WorkspaceTransaction, hours: OpeningTimes, outlet: Outlet): Promise<boolean> {
    const { conversation, channel } = outlet;
    const { readAt: now, awaySentAt, spam } = conversation;
    if (spam || hours.isOpen(now)) return false;
    if (awaySentAt !== null && !hours.wasOpenBetween(awaySentAt, now)) return false;
    if (channel.status !== ChannelStatus.CONNECTED && channel.status !== ChannelStatus.EXPIRING) return false;
    if (!(await this.entitlements.isLive(tx))) return false;
    if (!this.mayLeave(outlet) || (await this.isKeptOut(tx, outlet))) return false;
    const last = await this.lastSaid(tx, conversation.id);
    // Somebody answered, or a machine at the other end did: machines do not talk to one another.
    if (last?.direction !== MessageDirection.INBOUND || last.automatic) return false;
    return !hours.isOpen(last.sentAt) && now.getTime() - last.sentAt.getTime() < longestDelay;
  }

  private mayLeave(outlet: Outlet): boolean {
    try {
      return !this.rules.admit(outlet, 'signal').held;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  }

  /** Who has objected to machines is not written to by one. */
  private async isKeptOut(tx: WorkspaceTransaction, { conversation }: Outlet): Promise<boolean> {
    const row = await tx.first<{ keptOut: boolean }>(sql`
      select automation_objected or processing_restricted as "keptOut" from contacts
       where workspace_id = ${tx.workspaceId} and id = ${conversation.contactId}`);
    return row?.keptOut ?? true;
  }

  private lastSaid(tx: WorkspaceTransaction, conversationId: string): Promise<LastSaid | null> {
    return tx.first<LastSaid>(sql`
      select direction, sent_at as "sentAt", coalesce(content #>> '{mail,automatic}', 'false') = 'true' as automatic from messages
       where workspace_id = ${tx.workspaceId} and conversation_id = ${conversationId} and direction <> 'NOTE'
       order by id desc limit 1`);
  }

  private async queue(tx: WorkspaceTransaction, { conversation, channel }: Outlet, text: string): Promise<void> {
    const id = newId();
    await tx.execute(sql`
      insert into messages (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, text, idempotency_key, sent_at)
      values (${tx.workspaceId}, ${id}, ${conversation.id}, ${channel.id}, 'OUTBOUND', 'SYSTEM', 'TEXT', 'QUEUED', ${text}, ${`away ${id}`}, now())`);
    // The customer waits as before, and nobody has read what they wrote.
    await tx.execute(sql`
      update conversations set last_message_id = greatest(last_message_id, ${id}), last_activity_at = now(), away_sent_at = now()
       where workspace_id = ${tx.workspaceId} and id = ${conversation.id}`);
    this.outbox.scheduleBehind(tx, 'deliver-messages', conversation.id);
    this.feed.append(
      tx,
      { kind: 'MessageAdded', ids: [id], conversationId: conversation.id },
      { kind: 'ConversationChanged', ids: [conversation.id], conversationId: conversation.id },
    );
  }
}

/** As much of the words as the channel takes, up to a space. */
function fitting(text: string, { definition: { capabilities } }: Outlet): string {
  const { maxTextLength, textUnit } = capabilities;
  const size = (some: string) => (textUnit === 'bytes' ? Buffer.byteLength(some) : some.length);
  if (size(text) <= maxTextLength) return text;
  let cut = text;
  while (size(cut) > maxTextLength - 3) cut = [...cut].slice(0, -1).join('');
  const word = cut.lastIndexOf(' ');
  return `${word > cut.length / 2 ? cut.slice(0, word) : cut}…`;
}
