import { Injectable } from '@nestjs/common';
import { type Address, type ChannelDefinition, Channels, ChannelStatus } from '../../channels/index.js';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput } from '../../platform/errors/index.js';
import { type ConversationRow, conversationColumns } from '../conversation.row.js';
import { windowOf } from '../messaging-window.js';

/** A conversation with what decides whether something may be sent in it. */
export interface Outlet {
  readonly conversation: ConversationRow & { readonly threadKey: string };
  readonly definition: ChannelDefinition;
  readonly channel: { readonly id: string; readonly status: ChannelStatus; readonly lastError: string | null };
}

/** A held message has to have some time left, or it would only fail later. */
const minimalHoldMilliseconds = 3_600_000;

/** The rules for everything that leaves, asked where a message is queued and again where it is sent. */
@Injectable()
export class OutboundRules {
  constructor(private readonly channels: Channels) {}

  /** The outlet of a conversation; null when there is no such conversation here. Locks the conversation. */
  async outlet(tx: WorkspaceTransaction, conversationId: string): Promise<Outlet | null> {
    const conversation = await tx.first<ConversationRow & { threadKey: string }>(sql`
      select ${conversationColumns}, c.thread_key as "threadKey" from conversations c
       where c.workspace_id = ${tx.workspaceId} and c.id = ${conversationId} for update`);
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
      );
    }
  }

  /**
   * Says how a person's message may leave now: at once, under the human-agent rule, or held until the channel is connected
   * again. Throws MESSAGING_WINDOW_CLOSED or CHANNEL_EXPIRED before anything leaves.
   */
  admit(outlet: Outlet): { readonly held: boolean; readonly humanAgent: boolean } {
    const { readAt: now } = outlet.conversation;
    const window = windowOf(outlet.definition.window, outlet.conversation, now);
    const humanAgent = !window.open && window.humanAgentUntil !== null && window.humanAgentUntil > now;
    if (!window.open && !humanAgent) {
      throw new DomainError(ErrorCode.MESSAGING_WINDOW_CLOSED, window.reason ?? 'The time for replies is over.');
    }
    const { status } = outlet.channel;
    if (status === ChannelStatus.DISCONNECTED) {
      throw new DomainError(
        ErrorCode.CHANNEL_EXPIRED,
        'This channel was disconnected. Connect the account again to write here.',
      );
    }
    if (status !== ChannelStatus.EXPIRED) return { held: false, humanAgent };
    const until = window.open ? window.closesAt : window.humanAgentUntil;
    if (until !== null && until.getTime() - now.getTime() < minimalHoldMilliseconds) {
      throw new DomainError(
        ErrorCode.CHANNEL_EXPIRED,
        'The channel has to be connected again, and the time for replies is almost over. Reconnect it first.',
      );
    }
    return { held: true, humanAgent };
  }

  /** The addresses of the customer of a thread, the one to answer to first. */
  async recipient(tx: WorkspaceTransaction, outlet: Outlet): Promise<readonly [Address, ...Address[]] | null> {
    const [first, ...rest] = await tx.query<Address>(sql`
      select external_id as "externalId", handle from contact_identities
       where workspace_id = ${tx.workspaceId} and channel_id = ${outlet.channel.id} and thread_key = ${outlet.conversation.threadKey}
       order by created_at, id`);
    return first === undefined ? null : [first, ...rest];
  }
}
