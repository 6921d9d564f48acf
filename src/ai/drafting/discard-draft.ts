import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { DomainError, ErrorCode, notFound } from '../../platform/errors/index.js';
import { DraftStatus } from '../enums.js';
import { type DraftRow, draftById, holdDrafts, placeOf } from './draft.row.js';
import { StoreDraft } from './store-draft.js';

/** A member does not want a draft, or has read that there is none. Discarding it twice changes nothing. */
@Injectable()
export class DiscardDraft {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly drafts: StoreDraft,
  ) {}

  run(actor: MemberActor, id: string): Promise<DraftRow> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const found = await draftById(tx, id);
      if (found === null) throw notFound('The draft');
      await holdDrafts(tx, placeOf(found));
      const draft = await draftById(tx, id);
      if (draft?.status === DraftStatus.PROPOSED || draft?.status === DraftStatus.GENERATING)
        await this.drafts.withdraw(tx, placeOf(draft));
      else if (draft?.status === DraftStatus.FAILED) await this.drafts.dismiss(tx, draft);
      else if (draft?.status === DraftStatus.ACCEPTED || draft?.status === DraftStatus.EDITED) {
        throw new DomainError(ErrorCode.CONFLICT, 'This draft has been sent already.', { reason: 'DRAFT_SENT' });
      }
      const now = await draftById(tx, id);
      if (now === null) throw notFound('The draft');
      return now;
    });
  }
}
