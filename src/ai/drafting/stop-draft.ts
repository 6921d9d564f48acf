import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { DraftStatus } from '../enums.js';
import { type DraftRow, draftById, holdDrafts, placeOf } from './draft.row.js';
import { StoreDraft } from './store-draft.js';

/** A member stops a draft that is being written. One that is written already stays as it is. */
@Injectable()
export class StopDraft {
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
      if (draft?.status === DraftStatus.GENERATING) {
        await this.drafts.withdraw(tx, placeOf(draft));
        await this.drafts.restore(tx, draft);
      }
      const now = await draftById(tx, id);
      if (now === null) throw notFound('The draft');
      return now;
    });
  }
}
