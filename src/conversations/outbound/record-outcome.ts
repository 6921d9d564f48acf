import { Injectable } from '@nestjs/common';
import { Channels, type SendOutcome } from '../../channels/index.js';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import { MachineMessageStopped } from '../conversations.events.js';
import { MessageAuthor } from '../enums.js';
import { isExternalMessage } from '../external-message.js';
import { ApplySignals } from '../inbound/apply-signals.js';
import { EarlySignals } from '../inbound/early-signals.js';
import { People } from '../inbound/people.js';
import type { Attempt } from './deliver-messages.worker.js';

/** About four hours: a platform that is down for one does not lose what was to leave. */
const maxTries = 30;
/** Accounts that keep copies by themselves have done so by then. */
const copySeconds = 30;
/** States of an outgoing message that has not been tried, or never will be. */
const waiting = new Set(['QUEUED', 'HELD', 'CANCELED']);
const lostReason =
  'The server stopped while this was being sent; it may have arrived. Ask the customer, or send it again.';
const overtakenReason =
  'It was not sent: the server stood still, and what was written after it has left already. Send it again.';

interface Authored {
  readonly author: MessageAuthor;
}

/** Writes down what came of an attempt, and of what was left without an end. */
@Injectable()
export class RecordOutcome {
  constructor(
    private readonly channels: Channels,
    private readonly signals: ApplySignals,
    private readonly early: EarlySignals,
    private readonly feed: LiveFeed,
    private readonly outbox: Outbox,
    private readonly facts: Facts,
  ) {}

  /** Records the outcome; gives after how many seconds to try again, where the answer was a definite "not now". */
  async record(tx: WorkspaceTransaction, attempt: Attempt, outcome: SendOutcome): Promise<number | null> {
    await this.close(tx, attempt, outcome);
    if (outcome.kind === 'sent') {
      await this.sent(tx, attempt, outcome.externalId);
      return null;
    }
    // A person may have decided on the message meanwhile; then this attempt is history.
    if (!(await this.isLatest(tx, attempt))) return null;
    const { conversationId, messageId, channel } = attempt;
    if (outcome.kind === 'unconfirmed') {
      await this.settle(tx, conversationId, messageId, 'UNCONFIRMED', outcome.reason);
      return null;
    }
    if (outcome.kind === 'refused') {
      if (outcome.tokenUnusable) await this.channels.markExpired(tx, channel.id, outcome.reason);
      await this.settle(tx, conversationId, messageId, outcome.tokenUnusable ? 'HELD' : 'FAILED', outcome.reason);
      return null;
    }
    if (attempt.number >= maxTries) {
      await this.settle(tx, conversationId, messageId, 'FAILED', outcome.reason);
      return null;
    }
    if (await this.isOvertaken(tx, attempt)) {
      await this.settle(tx, conversationId, messageId, 'FAILED', overtakenReason);
      return null;
    }
    await this.settle(tx, conversationId, messageId, 'QUEUED', outcome.reason);
    const afterSeconds = outcome.afterSeconds ?? Math.min(600, 2 ** attempt.number);
    // Written down with the outcome, so that a message queued meanwhile waits too.
    this.outbox.scheduleAfter(tx, 'deliver-messages', conversationId, afterSeconds);
    return afterSeconds;
  }

  /** A message found on its way with nobody sending it: the worker before us died. */
  async lost(tx: WorkspaceTransaction, conversationId: string, messageId: string): Promise<void> {
    await tx.execute(sql`
      update send_attempts set finished_at = now(), outcome = 'unconfirmed', error = ${lostReason}
       where workspace_id = ${tx.workspaceId} and message_id = ${messageId} and finished_at is null`);
    await this.settle(tx, conversationId, messageId, 'UNCONFIRMED', lostReason);
  }

  /** Sets the state of a message that has not reached the platform for certain. */
  async settle(
    tx: WorkspaceTransaction,
    conversationId: string,
    messageId: string,
    status: 'QUEUED' | 'HELD' | 'FAILED' | 'UNCONFIRMED',
    reason: string,
  ): Promise<void> {
    const changed = await tx.first<Authored>(sql`
      update messages set status = ${status}, error = ${reason}
       where workspace_id = ${tx.workspaceId} and id = ${messageId} and status in ('QUEUED', 'SENDING', 'UNCONFIRMED') returning author`);
    if (changed === null) return;
    this.feed.append(tx, { kind: 'MessageChanged', ids: [messageId], conversationId });
    // Nobody watches a machine: what it could not send is somebody's to look at.
    if (status !== 'QUEUED')
      await this.tellStopped(tx, changed, new MachineMessageStopped(messageId, conversationId, 'failed'));
  }

  /** Takes back what has not left and has nothing to say any more. */
  async takeBack(tx: WorkspaceTransaction, conversationId: string, messageId: string): Promise<void> {
    const changed = await tx.first<Authored>(sql`
      update messages set status = 'CANCELED', error = null
       where workspace_id = ${tx.workspaceId} and id = ${messageId} and status = 'QUEUED' returning author`);
    if (changed === null) return;
    this.feed.append(tx, { kind: 'MessageChanged', ids: [messageId], conversationId });
    await this.tellStopped(tx, changed, new MachineMessageStopped(messageId, conversationId, 'taken back'));
  }

  private async tellStopped(
    tx: WorkspaceTransaction,
    { author }: Authored,
    fact: MachineMessageStopped,
  ): Promise<void> {
    if (author === MessageAuthor.BOT) await this.facts.announce(tx, fact);
  }

  private async sent(tx: WorkspaceTransaction, attempt: Attempt, externalId: string): Promise<void> {
    await this.absorbEcho(tx, attempt, externalId);
    // What the customer has read by now they have read, whichever word came first.
    await tx.execute(sql`
      update messages m set external_id = coalesce(m.external_id, ${externalId}), error = null,
             status = case when m.status not in ('QUEUED', 'SENDING', 'UNCONFIRMED', 'FAILED', 'HELD') then m.status
                           when c.read_by_contact_at >= m.sent_at then 'READ'
                           when c.delivered_to_contact_at >= m.sent_at then 'DELIVERED' else 'SENT' end
        from conversations c
       where m.workspace_id = ${tx.workspaceId} and m.id = ${attempt.messageId} and c.workspace_id = m.workspace_id and c.id = m.conversation_id`);
    this.feed.append(tx, { kind: 'MessageChanged', ids: [attempt.messageId], conversationId: attempt.conversationId });
    if (this.channels.definitionOf(attempt.channel.kind).keepsCopies?.(attempt.channel) === true)
      this.outbox.scheduleAfter(tx, 'keep-copy', attempt.messageId, copySeconds);
    const nobody = new People();
    for (const event of await this.early.takeFor(tx, attempt.channel.id, externalId)) {
      await this.signals.apply(tx, nobody, [{ item: { channelId: attempt.channel.id }, event }], []);
    }
  }

  /** An echo that came before this answer, and could not be told from a message of someone else, is this message. */
  private async absorbEcho(tx: WorkspaceTransaction, attempt: Attempt, externalId: string): Promise<void> {
    const echo = await tx.first<{ id: string }>(sql`
      select id from messages where ${isExternalMessage(tx.workspaceId, attempt.channel.id, externalId)}
         and id <> ${attempt.messageId} and direction = 'OUTBOUND' and idempotency_key is null for update`);
    if (echo === null) return;
    // What it brought along is what was sent.
    const copies = await tx.query<{ fileId: string | null }>(sql`
      delete from attachments where workspace_id = ${tx.workspaceId} and message_id = ${echo.id} returning file_id as "fileId"`);
    for (const { fileId } of copies) if (fileId !== null) this.outbox.schedule(tx, 'remove-file', fileId);
    await tx.execute(sql`delete from messages where workspace_id = ${tx.workspaceId} and id = ${echo.id}`);
    await tx.execute(sql`
      update conversations set last_message_id = (select max(id::text)::uuid from messages where workspace_id = ${tx.workspaceId} and conversation_id = ${attempt.conversationId})
       where workspace_id = ${tx.workspaceId} and id = ${attempt.conversationId} and last_message_id = ${echo.id}`);
    this.feed.append(tx, { kind: 'Erased', ids: [echo.id], detail: 'Message', conversationId: attempt.conversationId });
  }

  private async close(tx: WorkspaceTransaction, attempt: Attempt, outcome: SendOutcome): Promise<void> {
    const error = outcome.kind === 'sent' ? null : outcome.reason;
    await tx.execute(sql`
      update send_attempts set finished_at = now(), outcome = ${outcome.kind}, error = ${error}
       where workspace_id = ${tx.workspaceId} and id = ${attempt.id}`);
  }

  /**
   * Whether another process called this message unconfirmed while we stood still, and something written later has left, or
   * is leaving. The rows are locked in the order in which a sender locks them, so it cannot begin with a later one meanwhile.
   */
  private async isOvertaken(tx: WorkspaceTransaction, attempt: Attempt): Promise<boolean> {
    const rows = await tx.query<{ id: string; status: string }>(sql`
      select id, status from messages
       where workspace_id = ${tx.workspaceId} and conversation_id = ${attempt.conversationId} and id >= ${attempt.messageId}
         and direction = 'OUTBOUND' and idempotency_key is not null
       order by id limit 50 for update`);
    const [own, ...later] = rows;
    const givenUp = own?.id === attempt.messageId && own.status === 'UNCONFIRMED';
    return givenUp && later.some(({ status }) => !waiting.has(status));
  }

  private async isLatest(tx: WorkspaceTransaction, attempt: Attempt): Promise<boolean> {
    const later = await tx.first(sql`
      select 1 from send_attempts where workspace_id = ${tx.workspaceId} and message_id = ${attempt.messageId} and number > ${attempt.number}`);
    return later === null;
  }
}
