import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MachineMessageQueued, MessageQueued } from '../../conversations/index.js';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { LeadReplyWay } from '../enums.js';
import { type LeadRow, leadColumns } from '../lead.row.js';
import { NoteReply } from './note-reply.js';

/** A lead that came of a conversation is answered there as well, by whoever answers in the inbox. */
@Injectable()
export class FollowThreads implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly note: NoteReply,
  ) {}

  onModuleInit(): void {
    this.facts.on(MessageQueued, (tx, { message, member }) =>
      this.answered(tx, message.conversationId, member.memberId),
    );
    this.facts.on(MachineMessageQueued, (tx, { conversationId }) => this.answered(tx, conversationId, null));
  }

  private async answered(tx: WorkspaceTransaction, conversationId: string, memberId: string | null): Promise<void> {
    // One that is held is being answered by whoever holds it: waiting for each other would end both.
    const waiting = await tx.query<LeadRow>(sql`
      select ${leadColumns} from leads l
       where l.workspace_id = ${tx.workspaceId} and l.conversation_id = ${conversationId} and l.first_replied_at is null
       order by l.id limit 100 for no key update skip locked`);
    for (const lead of waiting)
      await this.note.run(tx, {
        lead,
        way: LeadReplyWay.THREAD,
        conversationId,
        memberId,
        text: null,
        key: null,
      });
  }
}
