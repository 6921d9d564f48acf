import { Injectable } from '@nestjs/common';
import type {
  AddressChangeEvent,
  EditEvent,
  IgnoredEvent,
  ReachEvent,
  ReactionEvent,
  ReceiptEvent,
  UnsendEvent,
  WatermarkEvent,
} from '../../channels/index.js';
import { type WorkspaceTransaction, cleanText, isUuid, newId, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import { forgetProposals } from '../contacts/details/notice-details.js';
import { MachineMessageStopped } from '../conversations.events.js';
import { MessageAuthor } from '../enums.js';
import { isExternalMessage } from '../external-message.js';
import { EarlySignals } from './early-signals.js';
import type { People } from './people.js';
import type { NewMessage } from './plan-storing.js';

export type SignalEvent =
  | ReactionEvent
  | EditEvent
  | UnsendEvent
  | ReceiptEvent
  | WatermarkEvent
  | AddressChangeEvent
  | ReachEvent
  | IgnoredEvent;
/** Something that a platform says of a message or a person. */
export interface Signal {
  readonly item: { readonly channelId: string };
  readonly event: SignalEvent;
}

interface Changed {
  readonly id: string;
  readonly conversationId: string;
}

/** What a platform says of messages, in whatever order it says it: the end is the same. */
@Injectable()
export class ApplySignals {
  constructor(
    private readonly early: EarlySignals,
    private readonly feed: LiveFeed,
    private readonly outbox: Outbox,
    private readonly facts: Facts,
  ) {}

  /** Applies the signals of a batch, and those that came before the messages that were just stored. */
  async apply(
    tx: WorkspaceTransaction,
    people: People,
    signals: readonly Signal[],
    stored: readonly NewMessage[],
  ): Promise<void> {
    await this.catchUp(tx, stored);
    const waiting = await this.early.take(tx, stored);
    for (const { item, event } of waiting) await this.one(tx, people, item.channelId, event);
    for (const { item, event } of signals) await this.one(tx, people, item.channelId, event);
  }

  /** A watermark is said once: echoes that come after it were delivered or read all the same. */
  private async catchUp(tx: WorkspaceTransaction, stored: readonly NewMessage[]): Promise<void> {
    const echoes = stored.filter(({ event }) => event.from === 'business').map(({ id }) => id);
    if (echoes.length === 0) return;
    await tx.execute(sql`
      update messages m set status = case when c.read_by_contact_at >= m.sent_at then 'READ' else 'DELIVERED' end
        from conversations c
       where m.workspace_id = ${tx.workspaceId} and m.id = any (${echoes}) and m.status = 'SENT'
         and c.workspace_id = m.workspace_id and c.id = m.conversation_id
         and greatest(c.delivered_to_contact_at, c.read_by_contact_at) >= m.sent_at`);
  }

  private async one(tx: WorkspaceTransaction, people: People, channelId: string, event: SignalEvent): Promise<void> {
    switch (event.type) {
      case 'reaction':
        return this.react(tx, people, channelId, event);
      case 'edit':
        return this.told(tx, channelId, event, await this.edit(tx, channelId, event));
      case 'unsend':
        return this.told(tx, channelId, event, await this.unsend(tx, channelId, event));
      case 'receipt':
        return this.told(tx, channelId, event, await this.receipt(tx, channelId, event));
      case 'watermark':
        return this.watermark(tx, people, channelId, event);
      case 'address-change':
        return this.addAddress(tx, channelId, event);
      case 'reach':
        return this.reach(tx, people, channelId, event);
      case 'ignored':
        return;
    }
  }

  /** Tells of the changed message; keeps the signal for later where there is no such message yet. */
  private async told(
    tx: WorkspaceTransaction,
    channelId: string,
    event: EditEvent | UnsendEvent | ReceiptEvent,
    outcome: Changed | 'unchanged' | null,
  ): Promise<void> {
    if (outcome === null) await this.early.keep(tx, channelId, event);
    else if (outcome !== 'unchanged')
      this.feed.append(tx, { kind: 'MessageChanged', ids: [outcome.id], conversationId: outcome.conversationId });
  }

  private async edit(
    tx: WorkspaceTransaction,
    channelId: string,
    event: EditEvent,
  ): Promise<Changed | 'unchanged' | null> {
    const changed = await tx.first<Changed>(sql`
      update messages set text = case when deleted_at is null then ${cleanText(event.text)} end, edits = ${event.number}, edited_at = ${new Date(event.at)}
       where ${isExternalMessage(tx.workspaceId, channelId, event.messageExternalId)}
         and edits < ${event.number}
      returning id, conversation_id as "conversationId"`);
    return changed ?? this.whetherKnown(tx, channelId, event.messageExternalId);
  }

  private async unsend(
    tx: WorkspaceTransaction,
    channelId: string,
    event: UnsendEvent,
  ): Promise<Changed | 'unchanged' | null> {
    const changed = await tx.first<Changed>(sql`
      update messages set text = null, content = null, deleted_at = ${new Date(event.at)}
       where ${isExternalMessage(tx.workspaceId, channelId, event.messageExternalId)} and deleted_at is null
      returning id, conversation_id as "conversationId"`);
    if (changed === null) return this.whetherKnown(tx, channelId, event.messageExternalId);
    await forgetProposals(tx, [changed.id]);
    const files = await tx.query<{ fileId: string | null }>(sql`
      delete from attachments where workspace_id = ${tx.workspaceId} and message_id = ${changed.id} returning file_id as "fileId"`);
    for (const { fileId } of files) if (fileId !== null) this.outbox.schedule(tx, 'remove-file', fileId);
    return changed;
  }

  private async receipt(
    tx: WorkspaceTransaction,
    channelId: string,
    event: ReceiptEvent,
  ): Promise<Changed | 'unchanged' | null> {
    const ours = isUuid(event.ourMessageId) ? event.ourMessageId : null;
    const message = await tx.first<Changed & { status: string; author: MessageAuthor }>(sql`
      select id, conversation_id as "conversationId", status, author from messages
       where workspace_id = ${tx.workspaceId} and channel_id = ${channelId} and direction = 'OUTBOUND'
         and ((${isExternalMessage(tx.workspaceId, channelId, event.messageExternalId)}) or id = ${ours})
       order by id = ${ours} desc limit 1 for update`);
    if (message === null) return null;
    if (!rises(message.status, event.status)) return 'unchanged';
    await tx.execute(sql`
      update messages set status = ${event.status}, error = ${event.error}, external_id = coalesce(external_id, ${event.messageExternalId})
       where workspace_id = ${tx.workspaceId} and id = ${message.id}`);
    // A platform may take an answer, and say later that it reached nobody. Nobody watches a machine: it is somebody's to look at.
    if (event.status === 'FAILED' && message.author === MessageAuthor.BOT)
      await this.facts.announce(tx, new MachineMessageStopped(message.id, message.conversationId, 'failed'));
    return message;
  }

  private async watermark(
    tx: WorkspaceTransaction,
    people: People,
    channelId: string,
    event: WatermarkEvent,
  ): Promise<void> {
    const person = people.find(channelId, event.customer);
    if (person === null) return this.early.keep(tx, channelId, event);
    const until = new Date(event.until);
    const conversation = await tx.first<{ id: string }>(sql`
      update conversations set
        delivered_to_contact_at = greatest(delivered_to_contact_at, ${until}),
        read_by_contact_at = case when ${event.status} = 'READ' then greatest(read_by_contact_at, ${until}) else read_by_contact_at end
       where workspace_id = ${tx.workspaceId} and channel_id = ${channelId} and thread_key = ${person.threadKey} returning id`);
    if (conversation === null) return this.early.keep(tx, channelId, event);
    const below =
      event.status === 'READ' ? ['SENDING', 'SENT', 'UNCONFIRMED', 'DELIVERED'] : ['SENDING', 'SENT', 'UNCONFIRMED'];
    // A message that has no platform id may still be on its way: only what is confirmed can have been read.
    const changed = await tx.query<Changed>(sql`
      update messages set status = ${event.status}
       where workspace_id = ${tx.workspaceId} and conversation_id = ${conversation.id} and direction = 'OUTBOUND' and external_id is not null
         and status = any (${below}) and sent_at <= ${until}
      returning id, conversation_id as "conversationId"`);
    for (const { id, conversationId } of changed)
      this.feed.append(tx, { kind: 'MessageChanged', ids: [id], conversationId });
  }

  private async react(
    tx: WorkspaceTransaction,
    people: People,
    channelId: string,
    event: ReactionEvent,
  ): Promise<void> {
    const person = people.find(channelId, event.customer);
    // Somebody who has not written yet: who they are to us is known with their first message.
    if (event.by === 'contact' && person === null) return this.early.keep(tx, channelId, event);
    const actor = event.by === 'business' || person === null ? 'business' : person.threadKey;
    const changed = await tx.execute(sql`
      insert into reactions (workspace_id, channel_id, message_external_id, actor, by, emoji, at)
      values (${tx.workspaceId}, ${channelId}, ${event.messageExternalId}, ${actor}, ${event.by === 'business' ? 'MEMBER' : 'CONTACT'},
              ${event.emoji === null ? null : cleanText(event.emoji, 40)}, ${new Date(event.at)})
      on conflict (workspace_id, channel_id, message_external_id, actor) do update set emoji = excluded.emoji, at = excluded.at
       where reactions.at < excluded.at or (reactions.at = excluded.at and excluded.emoji is null)`);
    // Also by one that a later reaction has replaced already: it was given all the same.
    if (event.by === 'contact' && event.emoji !== null && person !== null)
      await this.openWindow(tx, channelId, person.threadKey, new Date(event.at));
    if (changed === 0) return;
    const message = await tx.first<Changed>(sql`
      select id, conversation_id as "conversationId" from messages
       where ${isExternalMessage(tx.workspaceId, channelId, event.messageExternalId)}`);
    if (message !== null)
      this.feed.append(tx, { kind: 'MessageChanged', ids: [message.id], conversationId: message.conversationId });
  }

  /** A reaction opens the time for replies as a message does; to take one back does not. */
  private async openWindow(tx: WorkspaceTransaction, channelId: string, threadKey: string, at: Date): Promise<void> {
    const conversation = await tx.first<{ id: string }>(sql`
      update conversations set last_inbound_at = least(${at}, now())
       where workspace_id = ${tx.workspaceId} and channel_id = ${channelId} and thread_key = ${threadKey}
         and (last_inbound_at is null or last_inbound_at < least(${at}, now())) returning id`);
    if (conversation === null) return;
    const { id } = conversation;
    this.feed.append(tx, { kind: 'ConversationChanged', ids: [id], conversationId: id });
  }

  /** The customer shut the business out, or let it in again: the later of the two counts, however they come. */
  private async reach(tx: WorkspaceTransaction, people: People, channelId: string, event: ReachEvent): Promise<void> {
    const person = people.find(channelId, event.customer);
    if (person === null) return this.early.keep(tx, channelId, event);
    const since = new Date(event.at);
    const conversation = await tx.first<{ id: string }>(sql`
      update conversations set
        unreachable_at = case when ${event.reachable} then unreachable_at else greatest(unreachable_at, ${since}) end,
        reachable_at = case when ${event.reachable} then greatest(reachable_at, ${since}) else reachable_at end
       where workspace_id = ${tx.workspaceId} and channel_id = ${channelId} and thread_key = ${person.threadKey} returning id`);
    if (conversation === null) return this.early.keep(tx, channelId, event);
    this.feed.append(tx, { kind: 'ConversationChanged', ids: [conversation.id], conversationId: conversation.id });
  }

  /** The same person writes under another address from now on: it joins the thread of the first. */
  private async addAddress(
    tx: WorkspaceTransaction,
    channelId: string,
    { previous, current }: AddressChangeEvent,
  ): Promise<void> {
    await tx.execute(sql`
      insert into contact_identities (workspace_id, id, channel_id, external_id, contact_id, original_contact_id, kind, handle, thread_key)
      select workspace_id, ${newId()}, channel_id, ${current.externalId}, contact_id, contact_id, kind, ${current.handle}, thread_key
        from contact_identities where workspace_id = ${tx.workspaceId} and channel_id = ${channelId} and external_id = ${previous}
      on conflict (workspace_id, channel_id, external_id) do nothing`);
  }

  private async whetherKnown(
    tx: WorkspaceTransaction,
    channelId: string,
    externalId: string,
  ): Promise<'unchanged' | null> {
    const known = await tx.first(sql`
      select 1 from messages where ${isExternalMessage(tx.workspaceId, channelId, externalId)}`);
    return known === null ? null : 'unchanged';
  }
}

const ranks = ['QUEUED', 'HELD', 'SENDING', 'UNCONFIRMED', 'SENT', 'DELIVERED', 'READ'];

/** Whether a status may follow: a read message is never merely delivered, and what was delivered did not fail. */
export function rises(from: string, to: ReceiptEvent['status']): boolean {
  if (to === 'FAILED') return ['QUEUED', 'HELD', 'SENDING', 'UNCONFIRMED', 'SENT'].includes(from);
  if (from === 'FAILED' || from === 'CANCELED') return to !== 'SENT';
  return ranks.indexOf(to) > ranks.indexOf(from);
}
