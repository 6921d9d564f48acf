import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { DraftStatus } from '../enums.js';
import { DraftTextStream } from './draft-text-stream.js';
import { DraftTexts } from './draft-texts.js';
import { type DraftRow, draftById } from './draft.row.js';

// The word that it is over may be lost, or there is no Redis to bring it.
const lookMilliseconds = 1_000;

/** The words of a draft as they are written: first those that are there, then what follows. */
@Injectable()
export class WatchDraftText {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly texts: DraftTexts,
  ) {}

  async run({ workspaceId }: MemberActor, id: string): Promise<DraftTextStream> {
    const draft = await this.find(workspaceId, id);
    if (draft === null) throw notFound('The draft');
    const stream = new DraftTextStream(draft.id);
    if (draft.status !== DraftStatus.GENERATING) {
      stream.show(draft.text, true);
      return stream;
    }
    const look = () => void this.look(workspaceId, draft.id, stream);
    const timer = setInterval(look, lookMilliseconds).unref();
    const leave = this.texts.read(workspaceId, draft.id, { text: (text) => stream.show(text, false), settled: look });
    stream.onLeave(() => {
      clearInterval(timer);
      leave();
    });
    // It may have ended between the two.
    look();
    return stream;
  }

  private find(workspaceId: string, id: string): Promise<DraftRow | null> {
    return this.workspaces.read(workspaceId, (tx) => draftById(tx, id));
  }

  /** Ends the stream where the draft has ended; one that was erased has no words any more. */
  private async look(workspaceId: string, id: string, stream: DraftTextStream): Promise<void> {
    try {
      const draft = await this.find(workspaceId, id);
      if (draft?.status !== DraftStatus.GENERATING) stream.show(draft?.text ?? '', true);
    } catch {
      // The database is away for a moment: it is looked at again soon.
    }
  }
}
