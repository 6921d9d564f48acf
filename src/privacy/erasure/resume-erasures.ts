import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { deletion } from './deletion.js';

/** Goes on with what a legal hold stopped. */
@Injectable()
export class ResumeErasures {
  constructor(private readonly outbox: Outbox) {}

  /** Participant. Every erasure of the workspace that goes on; one that is still held finds that out by itself. */
  async resume(tx: WorkspaceTransaction): Promise<void> {
    const open = await tx.query<{ id: string }>(
      sql`select id from erasures where workspace_id = ${tx.workspaceId} and completed_at is null`,
    );
    for (const { id } of open) this.outbox.schedule(tx, deletion, id);
  }
}
