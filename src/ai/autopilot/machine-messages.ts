import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HandToMembers, MachineMessageStopped } from '../../conversations/index.js';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { AiOutcome, DraftStatus } from '../enums.js';

/** What becomes of an answer that does not leave: the record says so, and where it failed a person looks after the customer. */
@Injectable()
export class MachineMessages implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly hand: HandToMembers,
  ) {}

  onModuleInit(): void {
    this.facts.on(MachineMessageStopped, (tx, fact) => this.stopped(tx, fact));
  }

  private async stopped(tx: WorkspaceTransaction, { messageId, conversationId, why }: MachineMessageStopped) {
    if (why === 'failed') {
      await this.hand.run(
        tx,
        conversationId,
        'The AI handed over to the team: its answer may not have reached the customer.',
      );
      return;
    }
    await tx.execute(sql`
      update drafts set status = ${DraftStatus.DISCARDED} where workspace_id = ${tx.workspaceId} and message_id = ${messageId}`);
    await tx.execute(sql`
      update ai_runs set outcome = ${AiOutcome.DISCARDED}
       where workspace_id = ${tx.workspaceId} and id = (select run_id from drafts where workspace_id = ${tx.workspaceId} and message_id = ${messageId})`);
  }
}
