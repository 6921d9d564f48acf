import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces, isUuid } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { holdDrafts } from './draft.row.js';
import { Threads } from './threads.js';

/** A member keeps the bot out of a conversation, or lets it in again. A draft that is being made is then not stored. */
@Injectable()
export class PauseAi {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly threads: Threads,
  ) {}

  run(actor: MemberActor, conversationId: string, paused: boolean): Promise<void> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      if (!isUuid(conversationId)) throw notFound('The conversation');
      await holdDrafts(tx, conversationId);
      if (!(await this.threads.setAiPaused(tx, conversationId, paused))) throw notFound('The conversation');
    });
  }
}
