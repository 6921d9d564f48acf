import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { PassingStream } from '../../platform/live/index.js';
import { requireConversation } from '../require-conversation.js';
import { ActivityBoard } from './activity-board.js';
import type { ActivityStream } from './activity-stream.js';

/** The stream of who looks and types, in the workspace or in one conversation. */
@Injectable()
export class WatchActivity {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly board: ActivityBoard,
  ) {}

  async run({ workspaceId }: MemberActor, conversationId: string | null | undefined): Promise<ActivityStream> {
    const watched =
      conversationId === null || conversationId === undefined
        ? null
        : await this.workspaces.read(workspaceId, (tx) => requireConversation(tx, conversationId));
    return new PassingStream('activity', (push) => this.board.watch(workspaceId, watched, push));
  }
}
