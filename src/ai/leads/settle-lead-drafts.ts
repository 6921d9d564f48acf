import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LeadReplied } from '../../leads/index.js';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { type DraftRow, draftColumns, holdDrafts } from '../drafting/draft.row.js';
import { editDistance } from '../drafting/edit-distance.js';
import { StoreDraft } from '../drafting/store-draft.js';
import { DraftStatus } from '../enums.js';

/**
 * A member answered a lead: the draft that was proposed is accepted or edited, with what they changed. Where little of it is
 * left they wrote something of their own, and it is withdrawn.
 */
@Injectable()
export class SettleLeadDrafts implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly drafts: StoreDraft,
    private readonly feed: LiveFeed,
  ) {}

  onModuleInit(): void {
    this.facts.on(LeadReplied, (tx, fact) => this.settle(tx, fact));
  }

  private async settle(tx: WorkspaceTransaction, fact: LeadReplied): Promise<void> {
    const { leadId, memberId, messageId } = fact;
    await holdDrafts(tx, leadId);
    const draft = await tx.first<DraftRow>(sql`
      select ${draftColumns} from drafts d
       where d.workspace_id = ${tx.workspaceId} and d.lead_id = ${leadId} and d.status = ${DraftStatus.PROPOSED}`);
    const said = fact.text.trim();
    const proposed = draft?.text.trim() ?? '';
    const distance = editDistance(proposed, said);
    if (draft !== null && distance <= Math.max(proposed.length, said.length) / 2) {
      const status = distance === 0 ? DraftStatus.ACCEPTED : DraftStatus.EDITED;
      await tx.execute(sql`
        update drafts set status = ${status}, message_id = ${messageId} where workspace_id = ${tx.workspaceId} and id = ${draft.id}`);
      // The outcomes ACCEPTED and EDITED are named as the draft's are.
      await tx.execute(sql`
        update ai_runs set outcome = ${status}, approved_by = ${memberId}, edit_distance = ${distance}
         where workspace_id = ${tx.workspaceId} and id = ${draft.runId}`);
      this.feed.append(tx, { kind: 'DraftChanged', ids: [draft.id] });
    }
    await this.drafts.withdraw(tx, leadId);
  }
}
