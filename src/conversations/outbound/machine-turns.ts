import { Injectable } from '@nestjs/common';
import { ChannelStatus } from '../../channels/index.js';
import { type WorkspaceTransaction, isUuid, sql } from '../../platform/database/index.js';
import { DomainError } from '../../platform/errors/index.js';
import { ConversationStatus, MessageDirection } from '../enums.js';
import { OutboundRules, type Outlet } from './outbound-message.js';

/** A conversation in which a machine may answer now; held until the end of the transaction, and made here alone. */
export interface MachineTurn {
  readonly outlet: Outlet;
}

/**
 * Why a machine may not answer: a person owns the conversation or nobody may be written to by machine (`person`), something
 * was said since (`moved on`), or nothing could leave now (`unreachable`).
 */
export type NoTurn = 'person' | 'moved on' | 'unreachable';

/** How often a machine has answered in a conversation: ever, since a member last did, and in the last ten minutes. */
export interface MachineReplies {
  readonly ever: number;
  readonly sinceMember: number;
  readonly lately: number;
}

interface LastSaid {
  readonly id: string;
  readonly direction: MessageDirection;
}

/**
 * Whose turn it is: every conversation has one owner, a person or the machine. Asked in the transaction that queues what a
 * machine says, and again in the one that sends it. All who take a conversation over write its row, and it is locked here:
 * whoever was first is seen.
 */
@Injectable()
export class MachineTurns {
  constructor(private readonly rules: OutboundRules) {}

  /** The turn to answer a message that has to be the last that was said. */
  async take(
    tx: WorkspaceTransaction,
    conversationId: string,
    lastMessageId: string | null,
  ): Promise<MachineTurn | NoTurn> {
    return this.turn(
      tx,
      conversationId,
      (last) => last?.direction === MessageDirection.INBOUND && last.id === lastMessageId,
    );
  }

  /** The turn to speak in a thread in which nothing was said yet, or the customer spoke last. */
  async open(tx: WorkspaceTransaction, conversationId: string): Promise<MachineTurn | NoTurn> {
    return this.turn(tx, conversationId, (last) => last === null || last.direction === MessageDirection.INBOUND);
  }

  private async turn(
    tx: WorkspaceTransaction,
    conversationId: string,
    isTurn: (last: LastSaid | null) => boolean,
  ): Promise<MachineTurn | NoTurn> {
    const outlet = isUuid(conversationId) ? await this.rules.outlet(tx, conversationId) : null;
    if (outlet === null || !(await this.isMachines(tx, outlet))) return 'person';
    const last = await tx.first<LastSaid>(sql`
      select id, direction from messages
       where workspace_id = ${tx.workspaceId} and conversation_id = ${conversationId} and direction <> 'NOTE' and author <> 'SYSTEM'
         and deleted_at is null
       order by id desc limit 1`);
    if (!isTurn(last)) return 'moved on';
    return this.canLeave(outlet) ? { outlet } : 'unreachable';
  }

  /** Whether what a machine said and what has not left yet may still leave. */
  async isStillMachines(tx: WorkspaceTransaction, outlet: Outlet, messageId: string): Promise<boolean> {
    if (!(await this.isMachines(tx, outlet))) return false;
    const answered = await tx.first(sql`
      select 1 from messages where workspace_id = ${tx.workspaceId} and conversation_id = ${outlet.conversation.id}
         and direction = 'OUTBOUND' and author = 'MEMBER' and status <> 'CANCELED' and id > ${messageId} limit 1`);
    return answered === null;
  }

  /** How often a machine has answered there; what never left does not count. */
  async repliesIn(tx: WorkspaceTransaction, conversationId: string): Promise<MachineReplies> {
    const replies = await tx.first<MachineReplies>(sql`
      select count(*)::int as ever,
             count(*) filter (where m.sent_at > now() - interval '10 minutes')::int as lately,
             count(*) filter (where not exists (
               select from messages o where o.workspace_id = m.workspace_id and o.conversation_id = m.conversation_id
                  and o.direction = 'OUTBOUND' and o.author = 'MEMBER' and o.id > m.id))::int as "sinceMember"
        from messages m
       where m.workspace_id = ${tx.workspaceId} and m.conversation_id = ${conversationId} and m.author = 'BOT'
         and m.status not in ('CANCELED', 'FAILED')`);
    return replies ?? { ever: 0, sinceMember: 0, lately: 0 };
  }

  private async isMachines(tx: WorkspaceTransaction, { conversation }: Outlet): Promise<boolean> {
    const { status, aiPaused, assigneeId, spam, contactId } = conversation;
    // Whoever closed it or put it off decided that nobody answers now; the customer's next message opens it.
    if (aiPaused || assigneeId !== null || spam || status !== ConversationStatus.OPEN) return false;
    // Read after the lock was given, so that a mark that was set while we waited counts.
    const contact = await tx.first<{ open: boolean }>(sql`
      select not (automation_objected or processing_restricted or blocked) as open from contacts
       where workspace_id = ${tx.workspaceId} and id = ${contactId}`);
    return contact?.open ?? false;
  }

  private canLeave(outlet: Outlet): boolean {
    const { status } = outlet.channel;
    if (status !== ChannelStatus.CONNECTED && status !== ChannelStatus.EXPIRING) return false;
    try {
      return !this.rules.admit(outlet, 'signal').held;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  }
}
