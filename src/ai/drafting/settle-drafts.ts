import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AnsweredElsewhere, ConversationThreads, MessageQueued } from '../../conversations/index.js';
import { type WorkspaceTransaction, isUuid, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { botOfChannel } from '../bots/bot.row.js';
import { AiMode, DraftStatus } from '../enums.js';
import { editDistance } from './edit-distance.js';
import { draftById, holdDrafts } from './draft.row.js';
import { StoreDraft } from './store-draft.js';

/**
 * A member answered: the draft that they used is accepted or edited, with what they changed; any other proposal is
 * withdrawn. An answer without a draft takes the conversation from its bot, until a member resumes it; so does one that was
 * given elsewhere.
 */
@Injectable()
export class SettleDrafts implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly drafts: StoreDraft,
    private readonly threads: ConversationThreads,
    private readonly feed: LiveFeed,
  ) {}

  onModuleInit(): void {
    this.facts.on(MessageQueued, (tx, fact) => this.settle(tx, fact));
    this.facts.on(AnsweredElsewhere, (tx, fact) => this.giveWay(tx, fact));
  }

  private async settle(tx: WorkspaceTransaction, { message, member }: MessageQueued): Promise<void> {
    const { conversationId } = message;
    await holdDrafts(tx, conversationId);
    const draft = isUuid(message.draftId) ? await draftById(tx, message.draftId) : null;
    const usable =
      draft !== null &&
      draft.conversationId === conversationId &&
      (draft.status === DraftStatus.PROPOSED || draft.status === DraftStatus.DISCARDED);
    if (usable) {
      const distance = editDistance(draft.text.trim(), message.text.trim());
      const status = distance === 0 ? DraftStatus.ACCEPTED : DraftStatus.EDITED;
      await tx.execute(sql`
        update drafts set status = ${status}, message_id = ${message.id} where workspace_id = ${tx.workspaceId} and id = ${draft.id}`);
      // The outcomes ACCEPTED and EDITED are named as the draft's are.
      await tx.execute(sql`
        update ai_runs set outcome = ${status}, approved_by = ${member.memberId}, edit_distance = ${distance}
         where workspace_id = ${tx.workspaceId} and id = ${draft.runId}`);
      this.feed.append(tx, { kind: 'DraftChanged', ids: [draft.id], conversationId });
    }
    await this.drafts.withdraw(tx, conversationId);
    if (!usable) await this.takeOver(tx, conversationId);
  }

  /** Whoever answers with a telephone or on the platform's own page has the conversation as well. */
  private async giveWay(tx: WorkspaceTransaction, { conversationIds }: AnsweredElsewhere): Promise<void> {
    for (const conversationId of conversationIds) {
      await holdDrafts(tx, conversationId);
      await this.drafts.withdraw(tx, conversationId);
      await this.takeOver(tx, conversationId);
    }
  }

  private async takeOver(tx: WorkspaceTransaction, conversationId: string): Promise<void> {
    const thread = await this.threads.thread(tx, conversationId, 1);
    if (thread === null || thread.conversation.aiPaused) return;
    const bot = await botOfChannel(tx, thread.conversation.channelId);
    if (bot !== null && bot.mode !== AiMode.OFF) await this.threads.setAiPaused(tx, conversationId, true);
  }
}
