import { Injectable } from '@nestjs/common';
import { ConversationThreads, ConversationType, conversationsByIds } from '../../conversations/index.js';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { botOfChannel } from '../bots/bot.row.js';
import { AiMode } from '../enums.js';
import { holdDrafts } from './draft.row.js';

/** A member keeps the bot out of a conversation, or lets it in again. A draft that is being made is then not stored. */
@Injectable()
export class PauseAi {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly threads: ConversationThreads,
  ) {}

  run(actor: MemberActor, conversationId: string, paused: boolean): Promise<ConversationType> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const conversation = (await conversationsByIds(tx, [conversationId])).get(conversationId.toLowerCase());
      if (conversation === undefined) throw notFound('The conversation');
      // The conversation's row before its drafts, as where a message is sent: in one order nobody waits for each other.
      await this.threads.setAiPaused(tx, conversation.id, paused);
      const bot = paused ? null : await botOfChannel(tx, conversation.channelId);
      // Where the bot answers by itself a conversation has one owner: to resume it is to give it back.
      const given = bot?.mode === AiMode.AUTO && (await this.threads.giveBack(tx, conversation.id));
      await holdDrafts(tx, conversation.id);
      return ConversationType.from({ ...conversation, aiPaused: paused, ...(given && { assigneeId: null }) });
    });
  }
}
