import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MachineMessageStopped } from '../../conversations/index.js';
import { NoteReply } from '../../leads/index.js';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { Facts } from '../../platform/outbox/index.js';

/** An answer of a machine to a lead that does not leave: nobody has answered, so that a person is to. */
@Injectable()
export class LeadMessages implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly note: NoteReply,
  ) {}

  onModuleInit(): void {
    this.facts.on(MachineMessageStopped, (tx, { messageId }) => this.stopped(tx, messageId));
  }

  private async stopped(tx: WorkspaceTransaction, messageId: string): Promise<void> {
    const draft = await tx.first<{ leadId: string }>(sql`
      select lead_id as "leadId" from drafts
       where workspace_id = ${tx.workspaceId} and message_id = ${messageId} and lead_id is not null`);
    if (draft !== null) await this.note.leave(tx, draft.leadId, 'HANDOFF_UNREACHABLE');
  }
}
