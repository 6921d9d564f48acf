import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type Address,
  Channels,
  ChannelStatus,
  MessageKind,
  type OpenChannel,
  type OutgoingMessage,
  type SendOutcome,
} from '../../channels/index.js';
import { type WorkspaceTransaction, Workspaces, newId, sql } from '../../platform/database/index.js';
import { DomainError } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { MessageAuthor } from '../enums.js';
import { ChannelLanes } from './channel-lanes.js';
import { MachineTurns } from './machine-turns.js';
import { type Leaving, OutboundRules, type Outlet } from './outbound-message.js';
import { OutgoingMessages, type StoredOutgoing } from './outgoing-messages.js';
import { RecordOutcome } from './record-outcome.js';

/** One attempt, written down before the call. */
export interface Attempt {
  readonly id: string;
  readonly number: number;
  readonly messageId: string;
  readonly conversationId: string;
  readonly channel: OpenChannel;
  readonly outgoing: OutgoingMessage;
}

interface Queued extends StoredOutgoing {
  readonly status: string;
  readonly kind: MessageKind;
}

type Turn = ReturnType<ChannelLanes['turn']>;

/** Milliseconds that may pass from the moment before an attempt is written down until its call is made. */
const maxDelay = 5_000;

/**
 * Sends what is queued in one conversation, one after the other. The attempt is committed before the call, so whatever
 * dies on the way leaves a trace: a message found on its way without an end is unconfirmed, and no machine sends it again.
 */
@Injectable()
export class DeliverMessagesWorker implements Worker, OnModuleInit {
  readonly kind = 'deliver-messages';
  readonly concurrency = 32;
  readonly maxSeconds = 90;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly channels: Channels,
    private readonly rules: OutboundRules,
    private readonly outcomes: RecordOutcome,
    private readonly lanes: ChannelLanes,
    private readonly messages: OutgoingMessages,
    private readonly feed: LiveFeed,
    private readonly turns: MachineTurns,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run(job: Job): Promise<Again | undefined> {
    const turn = this.lanes.turn();
    try {
      return await this.runInTurn(job, turn);
    } finally {
      turn.leave();
    }
  }

  private async runInTurn(job: Job, turn: Turn): Promise<Again | undefined> {
    for (;;) {
      if (job.signal.aborted) return { afterSeconds: 0 };
      // Taken before the attempt stands in the database: a process can be stopped between the two as well.
      const startedAt = performance.now();
      const attempt = await this.workspaces.run(job.workspaceId, (tx) => this.begin(tx, job.rowId, turn));
      if (attempt === null) return undefined;
      // Not all at once again, when they come back.
      if (attempt === 'channel is busy') return { afterSeconds: 1 + 2 * Math.random() };
      const outcome = await this.send(attempt, job.signal, startedAt);
      turn.leave();
      const afterSeconds = await this.record(job.workspaceId, attempt, outcome);
      // What waits for its turn waits behind this one: the order of a conversation holds.
      if (afterSeconds !== null) return { afterSeconds };
    }
  }

  /** Alone among what arrives in the workspace: a receipt that comes now finds either the message or its own turn. */
  private record(workspaceId: string, attempt: Attempt, outcome: SendOutcome): Promise<number | null> {
    return this.workspaces.run(workspaceId, (tx) => this.outcomes.record(tx, attempt, outcome), {
      oneAtATime: 'receive-messages',
    });
  }

  private async send(attempt: Attempt, signal: AbortSignal, startedAt: number): Promise<SendOutcome> {
    // A process that was stopped here too long may have lost its turn: another has called the message unconfirmed by now.
    if (signal.aborted || performance.now() - startedAt > maxDelay)
      return { kind: 'retry', reason: 'It was not sent: the server was busy.', afterSeconds: 1 };
    try {
      return await this.channels
        .definitionOf(attempt.channel.kind)
        .adapter.send(attempt.channel, attempt.outgoing, signal);
    } catch {
      return { kind: 'unconfirmed', reason: 'Sending broke off; it may have arrived.' };
    }
  }

  /** Takes the next queued message of the conversation and writes the attempt down. Null when there is none to send. */
  private async begin(
    tx: WorkspaceTransaction,
    conversationId: string,
    turn: Turn,
  ): Promise<Attempt | 'channel is busy' | null> {
    const outlet = await this.rules.outlet(tx, conversationId);
    if (outlet === null) return null;
    const unsettled = await tx.query<Queued>(sql`
      select id, text, status, author, kind, content, reply_to_external_id as "replyToExternalId",
             exists (select from attachments a where a.workspace_id = messages.workspace_id and a.message_id = messages.id) as "hasFiles"
        from messages
       where workspace_id = ${tx.workspaceId} and conversation_id = ${conversationId} and status in ('QUEUED', 'SENDING')
       order by id limit 50 for update`);
    for (const lost of unsettled.filter((message) => message.status === 'SENDING'))
      await this.outcomes.lost(tx, conversationId, lost.id);
    const queued = unsettled.filter((candidate) => candidate.status === 'QUEUED');
    if (queued.length > 0 && !turn.enter(outlet.channel.id)) return 'channel is busy';
    for (const message of queued) {
      const attempt = await this.beginOne(tx, outlet, message);
      if (attempt !== null) return attempt;
    }
    return null;
  }

  private async beginOne(tx: WorkspaceTransaction, outlet: Outlet, message: Queued): Promise<Attempt | null> {
    if (await this.isToBeTakenBack(tx, outlet, message)) {
      await this.outcomes.takeBack(tx, outlet.conversation.id, message.id);
      return null;
    }
    const recipient = await this.rules.recipient(tx, outlet);
    const refusal = this.refusal(outlet, recipient, leavingAs(message));
    if (refusal !== null) {
      await this.outcomes.settle(tx, outlet.conversation.id, message.id, refusal.status, refusal.reason);
      return null;
    }
    const channel = await this.channels.openChannel(tx, outlet.channel.id, {
      purpose: 'SEND',
      cause: `message ${message.id}`,
    });
    if (channel === null || recipient === null) {
      await this.outcomes.settle(
        tx,
        outlet.conversation.id,
        message.id,
        'FAILED',
        'The channel is not connected any more.',
      );
      return null;
    }
    const id = newId();
    const row = await tx.first<{ number: number }>(sql`
      insert into send_attempts (workspace_id, id, message_id, number)
      select ${tx.workspaceId}, ${id}, ${message.id}, coalesce(max(number), 0) + 1 from send_attempts
       where workspace_id = ${tx.workspaceId} and message_id = ${message.id} returning number`);
    await tx.execute(
      sql`update messages set status = 'SENDING', error = null where workspace_id = ${tx.workspaceId} and id = ${message.id}`,
    );
    this.feed.append(tx, { kind: 'MessageChanged', ids: [message.id], conversationId: outlet.conversation.id });
    const { humanAgent } = this.rules.admit(outlet, leavingAs(message));
    const outgoing = await this.messages.of(tx, outlet, message, recipient, humanAgent);
    return {
      id,
      number: row?.number ?? 1,
      messageId: message.id,
      conversationId: outlet.conversation.id,
      channel,
      outgoing,
    };
  }

  /** What a machine said while the conversation was its own does not leave once it is a person's. */
  private isToBeTakenBack(tx: WorkspaceTransaction, outlet: Outlet, { id, author }: Queued): Promise<boolean> {
    if (author === MessageAuthor.SYSTEM) return this.isOvertaken(tx, outlet, id);
    if (author === MessageAuthor.BOT) return this.turns.isStillMachines(tx, outlet, id).then((still) => !still);
    return Promise.resolve(false);
  }

  /** A person has written meanwhile: what the system would say is not true any more. */
  private async isOvertaken(tx: WorkspaceTransaction, { conversation }: Outlet, id: string): Promise<boolean> {
    const later = await tx.first(sql`
      select 1 from messages where workspace_id = ${tx.workspaceId} and conversation_id = ${conversation.id} and id > ${id}
         and direction = 'OUTBOUND' and author <> 'SYSTEM' and status <> 'CANCELED' limit 1`);
    return later !== null;
  }

  /** Why a queued message may not leave after all: the window closed, or the channel went, while it waited. */
  private refusal(
    outlet: Outlet,
    recipient: readonly Address[] | null,
    leaving: Leaving,
  ): { status: 'FAILED' | 'HELD'; reason: string } | null {
    if (recipient === null)
      return { status: 'FAILED', reason: 'The customer has no address on this channel any more.' };
    if (outlet.channel.status === ChannelStatus.EXPIRED) {
      return {
        status: 'HELD',
        reason: outlet.channel.lastError ?? 'The channel has to be connected again; it is sent afterwards.',
      };
    }
    try {
      this.rules.admit(outlet, leaving);
      return null;
    } catch (error) {
      if (error instanceof DomainError) return { status: 'FAILED', reason: error.message };
      throw error;
    }
  }
}

function leavingAs({ author, kind }: Pick<Queued, 'author' | 'kind'>): Leaving {
  if (author !== MessageAuthor.MEMBER) return 'signal';
  return kind === MessageKind.TEMPLATE ? 'template' : 'reply';
}
