import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../../platform/access/index.js';
import { Workspaces } from '../../../platform/database/index.js';
import { PassingStream } from '../../../platform/live/index.js';
import { requireConversation } from '../../require-conversation.js';
import { ComposerDraftBoard } from './composer-draft-board.js';

/** A change as it comes off the board: what the draft holds is read when it is delivered. */
export interface ComposerDraftChange {
  readonly conversationId: string;
  readonly member: MemberActor;
}

/** What the `composerDraftChanged` resolver returns. */
export type ComposerDraftStream = PassingStream<'composerDraftChanged', ComposerDraftChange>;

/** The stream of a member's own drafts as they change, in the workspace or in one conversation. */
@Injectable()
export class WatchComposerDrafts {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly board: ComposerDraftBoard,
  ) {}

  async run(member: MemberActor, conversationId: string | null | undefined): Promise<ComposerDraftStream> {
    const { workspaceId, memberId } = member;
    const watched =
      conversationId === null || conversationId === undefined
        ? null
        : await this.workspaces.read(workspaceId, (tx) => requireConversation(tx, conversationId));
    return new PassingStream('composerDraftChanged', (push) =>
      this.board.watch(workspaceId, memberId, (id) => {
        if (watched === null || watched === id) push({ conversationId: id, member });
      }),
    );
  }
}
