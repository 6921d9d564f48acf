import { Injectable } from '@nestjs/common';
import { Entitlements } from '../../billing/index.js';
import { type ActOutcome, Channels, type OpenChannel, type OutgoingReaction } from '../../channels/index.js';
import type { MemberActor } from '../../platform/access/index.js';
import { type WorkspaceTransaction, Workspaces, cleanInput, isUuid, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput, notFound } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { MessageDirection } from '../enums.js';
import { type MessageRow, messageColumns } from '../message.row.js';
import { OutboundRules } from './outbound-message.js';

interface Plan {
  readonly message: MessageRow;
  readonly channel: OpenChannel;
  readonly reaction: OutgoingReaction;
  /** By the database's clock. */
  readonly at: Date;
}

const timeout = 10_000;
const longestEmoji = 40;

/**
 * A member's reaction on a message of the customer. The platform is asked at once and outside every transaction; only what
 * it took stands here. To set the same again does no harm, so a person may simply try again.
 */
@Injectable()
export class ReactToMessage {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly channels: Channels,
    private readonly rules: OutboundRules,
    private readonly feed: LiveFeed,
    private readonly entitlements: Entitlements,
  ) {}

  async run(actor: MemberActor, messageId: string, given: string | null | undefined): Promise<MessageRow> {
    const emoji = emojiOf(given);
    const plan = await this.workspaces.run(actor.workspaceId, (tx) => this.plan(tx, messageId, emoji));
    if (!('reaction' in plan)) return plan;
    const { adapter } = this.channels.definitionOf(plan.channel.kind);
    const signal = AbortSignal.timeout(timeout);
    const outcome = await adapter
      .react?.(plan.channel, plan.reaction, signal)
      .catch((): ActOutcome => ({ kind: 'unconfirmed', reason: 'The platform did not answer.' }));
    if (outcome === undefined) throw noReactions();
    if (outcome.kind === 'done') return this.workspaces.run(actor.workspaceId, (tx) => this.stand(tx, plan));
    if (outcome.kind === 'refused' && outcome.tokenUnusable)
      await this.workspaces.run(actor.workspaceId, (tx) =>
        this.channels.markExpired(tx, plan.channel.id, outcome.reason),
      );
    throw refusalOf(outcome);
  }

  /** Everything that is checked before a call; the message as it is where there is nothing to do. */
  private async plan(tx: WorkspaceTransaction, messageId: string, emoji: string | null): Promise<Plan | MessageRow> {
    const message = isUuid(messageId)
      ? await tx.first<MessageRow & { readonly standing: string | null }>(sql`
          select ${messageColumns}, (select r.emoji from reactions r
                   where r.workspace_id = m.workspace_id and r.channel_id = m.channel_id and r.message_external_id = m.external_id
                     and r.actor = 'business') as standing
            from messages m where m.workspace_id = ${tx.workspaceId} and m.id = ${messageId} and m.direction <> 'NOTE'`)
      : null;
    const outlet = message === null ? null : await this.rules.outlet(tx, message.conversationId);
    if (message === null || outlet === null) throw notFound('The message');
    const { capabilities, adapter } = outlet.definition;
    if (!capabilities.reactions || adapter.react === undefined) throw noReactions();
    const { externalId, direction, deletedAt } = message;
    if (direction !== MessageDirection.INBOUND || externalId === null)
      throw badInput('messageId', 'Only what a customer wrote can be reacted to.', 'REACT_THEIRS');
    if (deletedAt !== null) throw badInput('messageId', 'The customer took this message back.', 'REACT_TAKEN_BACK');
    const wanted = emoji === null ? null : knownEmoji(emoji, capabilities.reactionEmojis);
    if (wanted === message.standing) return message;
    await this.entitlements.requireLive(tx);
    if (this.rules.admit(outlet, 'signal').held)
      throw new DomainError(ErrorCode.CHANNEL_EXPIRED, 'The channel has to be connected again first.', {
        reason: 'CHANNEL_AGAIN',
      });
    const recipient = await this.rules.recipient(tx, outlet);
    const cause = { purpose: 'SEND', cause: `reaction to message ${message.id}` } as const;
    const channel = recipient === null ? null : await this.channels.openChannel(tx, outlet.channel.id, cause);
    if (channel === null || recipient === null)
      throw new DomainError(ErrorCode.CHANNEL_EXPIRED, 'The channel is not connected any more.', {
        reason: 'CHANNEL_GONE',
      });
    const reaction = { recipient, messageExternalId: externalId, emoji: wanted };
    return { message, channel, reaction, at: outlet.conversation.readAt };
  }

  private async stand(tx: WorkspaceTransaction, { message, channel, reaction, at }: Plan): Promise<MessageRow> {
    const changed = await tx.execute(sql`
      insert into reactions (workspace_id, channel_id, message_external_id, actor, by, emoji, at)
      select ${tx.workspaceId}, ${channel.id}, ${reaction.messageExternalId}, 'business', 'MEMBER', ${reaction.emoji}, ${at}
       where exists (select from messages m where m.workspace_id = ${tx.workspaceId} and m.id = ${message.id})
      on conflict (workspace_id, channel_id, message_external_id, actor) do update set emoji = excluded.emoji, at = excluded.at
       where reactions.at <= excluded.at`);
    if (changed > 0)
      this.feed.append(tx, { kind: 'MessageChanged', ids: [message.id], conversationId: message.conversationId });
    return message;
  }
}

function emojiOf(given: string | null | undefined): string | null {
  const emoji = cleanInput(given ?? '');
  if (emoji.length > longestEmoji || /[\p{L}\s]/u.test(emoji))
    throw badInput('emoji', 'A reaction is one emoji.', 'REACT_ONE');
  return emoji === '' ? null : emoji;
}

/** The emoji as the platform writes it: with or without the mark that asks for its coloured form. */
function knownEmoji(emoji: string, known: readonly string[] | undefined): string {
  if (known === undefined) {
    if ([...new Intl.Segmenter().segment(emoji)].length > 1)
      throw badInput('emoji', 'A reaction is one emoji.', 'REACT_ONE');
    return emoji;
  }
  const plain = (text: string) => text.replaceAll('\uFE0F', '');
  const found = known.find((one) => plain(one) === plain(emoji));
  if (found === undefined)
    throw badInput('emoji', `This channel takes these reactions: ${known.join(' ')}`, 'REACT_KNOWN', {
      known: known.join(' '),
    });
  return found;
}

function noReactions(): DomainError {
  return badInput('messageId', 'This channel has no reactions. Write an answer instead.', 'REACT_NONE');
}

function refusalOf(outcome: Exclude<ActOutcome, { readonly kind: 'done' }>): DomainError {
  if (outcome.kind === 'refused') return new DomainError(ErrorCode.PLATFORM_REFUSED, outcome.reason);
  if (outcome.kind === 'retry') {
    const reason = `The reaction was not taken. ${outcome.reason.replace(/ It is tried again by itself\.$/, ' Try again.')}`;
    return new DomainError(ErrorCode.UNAVAILABLE, reason, {
      reason: 'REACT_AGAIN',
      retryAfter: outcome.afterSeconds ?? 5,
    });
  }
  return new DomainError(
    ErrorCode.UNAVAILABLE,
    'The platform did not say whether it took the reaction. Try again: to give the same twice does no harm.',
    { reason: 'REACT_UNSURE', retryAfter: 5 },
  );
}
