import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, newId, sql } from '../platform/database/index.js';

/** What happened with a lead. `value` a word of ours, `aboutId` a member; `text` what a member wrote. */
export interface LeadActivity {
  readonly leadId: string;
  readonly kind: 'CAPTURED' | 'STATUS' | 'OWNER' | 'NOTE';
  readonly memberId: string | null;
  readonly value?: string | null;
  readonly aboutId?: string | null;
  readonly text?: string | null;
}

/** Writes down what happened with leads, in the order in which it happened. */
@Injectable()
export class NoteActivity {
  /** Participant. */
  async add(tx: WorkspaceTransaction, activity: LeadActivity): Promise<void> {
    const { leadId, kind, memberId, value, aboutId, text } = activity;
    await tx.execute(sql`
      insert into lead_activities (workspace_id, id, lead_id, kind, member_id, about_id, value, text)
      values (${tx.workspaceId}, ${newId()}, ${leadId}, ${kind}, ${memberId}, ${aboutId ?? null}, ${value ?? null}, ${text ?? null})`);
  }
}
