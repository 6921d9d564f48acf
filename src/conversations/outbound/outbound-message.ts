import { Injectable } from '@nestjs/common';
import { type Address, type ChannelDefinition, Channels, ChannelStatus } from '../../channels/index.js';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput } from '../../platform/errors/index.js';
import { type ConversationRow, conversationColumns } from '../conversation.row.js';
import { mayTakeTemplate, windowOf } from '../messaging-window.js';

/** A conversation with what decides whether something may be sent in it. */
export interface Outlet {
  readonly conversation: ConversationRow & { readonly threadKey: string; readonly contactBlocked: boolean };
  readonly definition: ChannelDefinition;
  readonly channel: {
    readonly id: string;
    readonly externalId: string | null;
    readonly status: ChannelStatus;
    readonly frozen: boolean;
    readonly lastError: string | null;
    readonly settings: Readonly<Record<string, unknown>>;
  };
}

/**
 * What is about to leave. A person's `reply` may still go under the human-agent rule; a `template` is for when the time for
 * replies is over; `signal` is what a machine sends, or leaves no words: only while the customer may be written to freely.
 */
export type Leaving = 'reply' | 'template' | 'signal';

/** A held message has to have some time left, or it would only fail later. */
const minimalHoldMilliseconds = 3_600_000;

/** The rules for everything that leaves, asked where a message is queued and again where it is sent. */
@Injectable()
export class OutboundRules {
  constructor(private readonly channels: Channels) {}

  /** The outlet of a conversation; null when there is no such conversation here. Locks the conversation. */
  async outlet(tx: WorkspaceTransaction, conversationId: string): Promise<Outlet | null> {
    const conversation = await tx.first<Outlet['conversation']>(sql`
      select ${conversationColumns}, c.thread_key as "threadKey", k.blocked as "contactBlocked"
        from conversations c join contacts k on k.workspace_id = c.workspace_id and k.id = c.contact_id
       where c.workspace_id = ${tx.workspaceId} and c.id = ${conversationId} for update of c`);
    if (conversation === null) return null;
    const channel = (await this.channels.byIds(tx, [conversation.channelId])).get(conversation.channelId);
    if (channel === undefined) return null;
    return { conversation, channel, definition: this.channels.definitionOf(channel.kind) };
  }

  /** Refuses a text that the channel cannot carry, naming the limit. */
  checkText({ capabilities }: ChannelDefinition, text: string): void {
    const length = capabilities.textUnit === 'bytes' ? Buffer.byteLength(text) : text.length;
    if (length > capabilities.maxTextLength) {
      throw badInput(
        'text',
        `This channel takes at most ${String(capabilities.maxTextLength)} ${capabilities.textUnit}; this text has ${String(length)}.`,
        capabilities.textUnit === 'bytes' ? 'TOO_LONG_BYTES' : 'TOO_LONG',
        { most: String(capabilities.maxTextLength) },
      );
    }
  }

  /** Refuses answers to choose from that the channel cannot offer, saying what it can. */
  checkQuickReplies({ capabilities }: ChannelDefinition, text: string, titles: readonly string[]): void {
    if (titles.length === 0) return;
    const { quickReplies: most, quickReplyLimits: limits } = capabilities;
    if (most === 0 || limits === undefined)
      throw badInput('quickReplies', 'This channel has no quick replies. Ask in the text instead.', 'QUICK_NONE');
    if (titles.length > most)
      throw badInput('quickReplies', `This channel takes at most ${String(most)} quick replies.`, 'QUICK_MANY', {
        most: String(most),
      });
    const long = titles.find((title) => title.length > limits.title);
    if (long !== undefined)
      throw badInput(
        'quickReplies',
        `A quick reply has at most ${String(limits.title)} characters here; one has ${String(long.length)}.`,
        'TOO_LONG',
        { most: String(limits.title) },
      );
    if (text.length > limits.text)
      throw badInput(
        'text',
        `With quick replies a text has at most ${String(limits.text)} characters here; this one has ${String(text.length)}.`,
        'TOO_LONG',
        { most: String(limits.text) },
      );
  }

  /**
   * Says how it may leave now: at once, under the human-agent rule, or held until the channel is connected again. Throws
   * CONFLICT, PLAN_LIMIT, MESSAGING_WINDOW_CLOSED or CHANNEL_EXPIRED before anything leaves.
   */
  admit(outlet: Outlet, leaving: Leaving = 'reply'): { readonly held: boolean; readonly humanAgent: boolean } {
    const { readAt: now, contactBlocked } = outlet.conversation;
    if (contactBlocked)
      throw new DomainError(ErrorCode.CONFLICT, 'This contact is blocked. Unblock them first to write to them.', {
        reason: 'CONTACT_BLOCKED',
      });
    if (outlet.channel.frozen)
      throw new DomainError(
        ErrorCode.PLAN_LIMIT,
        'The plan of this workspace has no room for this channel, or lacks its add-on: what customers write arrives, and nothing is sent. An owner changes the plan in the settings, under billing.',
        { reason: 'PLAN_CHANNEL_FROZEN' },
      );
    const window = windowOf(outlet.definition.window, outlet.conversation, now);
    const humanAgent =
      leaving === 'reply' && !window.open && window.humanAgentUntil !== null && window.humanAgentUntil > now;
    const template = leaving === 'template' && mayTakeTemplate(outlet.conversation);
    if (!window.open && !humanAgent && !template) {
      const { templates } = outlet.definition.capabilities;
      const instead = templates && leaving === 'reply' && mayTakeTemplate(outlet.conversation);
      const reason = window.reason ?? 'The time for replies is over.';
      throw new DomainError(
        ErrorCode.MESSAGING_WINDOW_CLOSED,
        instead ? `${reason} Until then an approved template can be sent.` : reason,
        { reason: instead ? 'WINDOW_TEMPLATE' : (window.why ?? 'WINDOW_OVER') },
      );
    }
    const { status } = outlet.channel;
    if (status === ChannelStatus.DISCONNECTED) {
      throw new DomainError(
        ErrorCode.CHANNEL_EXPIRED,
        'This channel was disconnected. Connect the account again to write here.',
        { reason: 'CHANNEL_GONE' },
      );
    }
    if (status !== ChannelStatus.EXPIRED) return { held: false, humanAgent };
    const until = template ? null : window.open ? window.closesAt : window.humanAgentUntil;
    if (until !== null && until.getTime() - now.getTime() < minimalHoldMilliseconds) {
      throw new DomainError(
        ErrorCode.CHANNEL_EXPIRED,
        'The channel has to be connected again, and the time for replies is almost over. Reconnect it first.',
        { reason: 'CHANNEL_LATE' },
      );
    }
    return { held: true, humanAgent };
  }

  /** The addresses of the customer of a thread, the one to answer to first. */
  async recipient(tx: WorkspaceTransaction, outlet: Outlet): Promise<readonly [Address, ...Address[]] | null> {
    if (outlet.definition.threads === true) return this.writer(tx, outlet);
    const [first, ...rest] = await tx.query<Address>(sql`
      select external_id as "externalId", handle from contact_identities
       where workspace_id = ${tx.workspaceId} and channel_id = ${outlet.channel.id} and thread_key = ${outlet.conversation.threadKey}
       order by created_at, id`);
    return first === undefined ? null : [first, ...rest];
  }

  /** Where a person has several threads: the address that they last wrote from in this one. */
  private async writer(tx: WorkspaceTransaction, outlet: Outlet): Promise<readonly [Address, ...Address[]] | null> {
    const { id, contactId } = outlet.conversation;
    const [first, ...rest] = await tx.query<Address>(sql`
      select i.external_id as "externalId", i.handle from contact_identities i
       where i.workspace_id = ${tx.workspaceId} and i.channel_id = ${outlet.channel.id} and i.contact_id = ${contactId}
       order by (select max(m.id::text) from messages m
                  where m.workspace_id = i.workspace_id and m.conversation_id = ${id} and m.direction = 'INBOUND'
                    and m.content -> 'mail' ->> 'sender' = i.external_id) desc nulls last, i.created_at, i.id`);
    return first === undefined ? null : [first, ...rest];
  }
}
