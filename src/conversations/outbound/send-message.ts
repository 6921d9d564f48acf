import { Injectable } from '@nestjs/common';
import { Entitlements } from '../../billing/index.js';
import type { MemberActor } from '../../platform/access/index.js';
import { type WorkspaceTransaction, Workspaces, cleanText, isUuid, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput, notFound } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import { MessageQueued } from '../conversations.events.js';
import { type MessageRow, messageColumns } from '../message.row.js';
import { refuseAnsweredMeanwhile } from './answered-meanwhile.js';
import { FillTemplate } from './fill-template.js';
import { OutboundRules, type Outlet } from './outbound-message.js';
import { type OutgoingContent, plainContent, wantedOf } from './outgoing-content.js';
import { addressed, OutgoingMails } from './outgoing-mails.js';
import { planParts } from './plan-parts.js';
import type { SendMessageInput, TemplateInput } from './send-message.input.js';
import { StoreParts } from './store-parts.js';
import { UploadFile } from './upload-file.js';

const uniqueViolation = '23505';

/**
 * Queues a member's message. What decides whether it may leave is checked in the transaction that queues it; the same
 * idempotency key gives the first message again, however often and however parallel it is asked.
 */
@Injectable()
export class SendMessage {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly rules: OutboundRules,
    private readonly uploads: UploadFile,
    private readonly parts: StoreParts,
    private readonly feed: LiveFeed,
    private readonly outbox: Outbox,
    private readonly facts: Facts,
    private readonly templates: FillTemplate,
    private readonly mails: OutgoingMails,
    private readonly entitlements: Entitlements,
  ) {}

  async execute(actor: MemberActor, input: SendMessageInput): Promise<MessageRow> {
    const wanted = wantedOf(input);
    const key = checkedKey(input.idempotencyKey);
    const content =
      wanted.template === null ? plainContent(wanted) : await this.filled(actor, input, wanted.template, key);
    if ('id' in content) return content;
    try {
      return await this.workspaces.run(
        actor.workspaceId,
        async (tx) => (await this.earlier(tx, key)) ?? (await this.queue(tx, actor, input, content, key)),
      );
    } catch (error) {
      // The same key in a transaction beside this one: that one was first.
      if ((error as { code?: unknown }).code !== uniqueViolation) throw error;
      const first = await this.workspaces.read(actor.workspaceId, (tx) => this.earlier(tx, key));
      if (first === null) throw error;
      return first;
    }
  }

  /** Participant. Queues words of a member with what they follow from; the same key gives the first message again. */
  async within(
    tx: WorkspaceTransaction,
    actor: MemberActor,
    input: Pick<SendMessageInput, 'conversationId' | 'text' | 'idempotencyKey'>,
  ): Promise<MessageRow> {
    const key = checkedKey(input.idempotencyKey);
    const content = plainContent(wantedOf(input));
    return (await this.earlier(tx, key)) ?? this.queue(tx, actor, input, content, key);
  }

  /** The template filled in; or the message that the key stands for already, for which nobody need be asked. */
  private async filled(
    actor: MemberActor,
    input: SendMessageInput,
    template: TemplateInput,
    key: string,
  ): Promise<OutgoingContent | MessageRow> {
    const first = await this.workspaces.read(actor.workspaceId, (tx) => this.earlier(tx, key));
    return first ?? this.templates.run(actor, input.conversationId, template);
  }

  private async queue(
    tx: WorkspaceTransaction,
    actor: MemberActor,
    input: SendMessageInput,
    outgoing: OutgoingContent,
    key: string,
  ): Promise<MessageRow> {
    const outlet = isUuid(input.conversationId) ? await this.rules.outlet(tx, input.conversationId) : null;
    if (outlet === null) throw notFound('The conversation');
    await this.entitlements.requireLive(tx);
    const seenId = input.seenMessageId ?? null;
    if (seenId !== null) await refuseAnsweredMeanwhile(tx, outlet.conversation.id, actor.memberId, seenId);
    const { text, content } = outgoing;
    const isTemplate = content?.template !== undefined;
    if (!isTemplate) this.rules.checkText(outlet.definition, text);
    this.rules.checkQuickReplies(outlet.definition, text, content?.quickReplies ?? []);
    const files = await this.uploads.find(tx, actor, input.attachmentIds ?? []);
    const parts = planParts(outlet.definition, outgoing, files);
    const { held } = this.rules.admit(outlet, isTemplate ? 'template' : 'reply');
    if (isTemplate) await this.templates.checkPace(tx, actor, outlet);
    const replyTo = await this.replyTo(tx, outlet, input.replyToId ?? null);
    const draftId = isUuid(input.draftId) ? input.draftId : null;
    const sending = { outlet, memberId: actor.memberId, key, held, draftId, replyTo };
    const mail = await this.mails.outside(tx, outlet, input);
    const { message, lastId } = await this.parts.store(tx, sending, mail === null ? parts : addressed(parts, mail));
    // Whoever answers has read, and the customer waits no longer.
    await tx.execute(sql`
      update conversations set last_message_id = greatest(last_message_id, ${lastId}), last_activity_at = now(), waiting_since = null, unread_count = 0
       where workspace_id = ${tx.workspaceId} and id = ${outlet.conversation.id}`);
    // Behind one that waits as the platform asked: a new message is no reason to ask it again sooner.
    if (!held) this.outbox.scheduleBehind(tx, 'deliver-messages', outlet.conversation.id);
    const conversationId = outlet.conversation.id;
    this.feed.append(tx, { kind: 'ConversationChanged', ids: [conversationId], conversationId });
    await this.facts.announce(tx, new MessageQueued({ id: message.id, conversationId, text, draftId }, actor));
    return message;
  }

  private earlier(tx: WorkspaceTransaction, key: string): Promise<MessageRow | null> {
    return tx.first<MessageRow>(sql`
      select ${messageColumns} from messages m where m.workspace_id = ${tx.workspaceId} and m.idempotency_key = ${key}`);
  }

  private async replyTo(tx: WorkspaceTransaction, outlet: Outlet, id: string | null): Promise<string | null> {
    if (id === null) return null;
    const message = isUuid(id)
      ? await tx.first<{ externalId: string | null }>(sql`
          select external_id as "externalId" from messages
           where workspace_id = ${tx.workspaceId} and id = ${id} and conversation_id = ${outlet.conversation.id} and direction <> 'NOTE'`)
      : null;
    if (message === null) throw notFound('The message to reply to');
    if (message.externalId === null)
      throw badInput(
        'replyToId',
        'That message has not reached the platform, so nothing can reply to it.',
        'REPLY_UNSENT',
      );
    if (!outlet.definition.capabilities.replies)
      throw badInput('replyToId', 'This channel has no replies to one message.', 'REPLY_NONE');
    return message.externalId;
  }
}

function checkedKey(key: string): string {
  if (key.length < 1 || key.length > 200) {
    throw new DomainError(ErrorCode.BAD_USER_INPUT, 'The idempotency key has 1 to 200 characters.', {
      field: 'idempotencyKey',
    });
  }
  return cleanText(key, 200);
}
