import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ConversationThreads, MessageDirection } from '../../conversations/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { AiMode } from '../enums.js';
import { botOfChannelNow } from '../bots/bot.row.js';
import { AnswerCustomer } from '../autopilot/answer-customer.js';
import { ComposeDraft } from './compose-draft.js';
import { holdDrafts } from './draft.row.js';
import { RoomForAnswers } from '../plan/room-for-answers.js';
import { type DraftPlan, PlanDraft, keptOutOnArrival } from './plan-draft.js';
import { StoreDraft } from './store-draft.js';
import { lastSaid, openQuestions } from './thread.js';

/** The job that drafts; its row is the conversation. */
export const draftReplyJob = 'draft-reply';

/** How long a flood is waited out before it is looked at again. */
const floodSeconds = 60;
const flooded = 'flooded';

/** Drafts an answer to what a customer wrote. The model is asked outside every transaction. */
@Injectable()
export class DraftReplyWorker implements Worker, OnModuleInit {
  readonly kind = draftReplyJob;
  readonly concurrency = 4;
  readonly maxSeconds = 90;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly plan: PlanDraft,
    private readonly composer: ComposeDraft,
    private readonly drafts: StoreDraft,
    private readonly threads: ConversationThreads,
    private readonly autopilot: AnswerCustomer,
    private readonly room: RoomForAnswers,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run(job: Job): Promise<Again | undefined> {
    const plan = await this.workspaces.read(job.workspaceId, async (tx) =>
      (await this.threads.isFlooded(tx, job.rowId)) ? flooded : this.plan.read(tx, job.rowId, null),
    );
    // What was asked meanwhile gets its one draft when it is over.
    if (plan === flooded) return { afterSeconds: floodSeconds };
    if (plan?.bot?.mode === AiMode.AUTO) return this.autopilot.run(job, { ...plan, bot: plan.bot });
    if (plan === null || !mayDraft(plan) || (await this.answered(job.workspaceId, plan))) return undefined;
    const composition = await this.composer.compose(plan, job.signal);
    return this.workspaces.run(job.workspaceId, async (tx) => {
      await holdDrafts(tx, plan.conversationId);
      const now = await this.threads.thread(tx, plan.conversationId, 5);
      // What a model was asked is recorded, whatever comes of it; a look that found nothing is not worth a row.
      const asked = composition.runs.filter((run) => run.provider !== 'quote');
      const bot = now === null ? null : await botOfChannelNow(tx, now.conversation.channelId);
      if (now === null) return undefined;
      // A member asked for one meanwhile: that one is theirs.
      const overtaken = await this.drafts.isBeingWritten(tx, plan.conversationId);
      if (overtaken || keptOutOnArrival(now) || bot?.mode !== AiMode.DRAFT) {
        await this.drafts.record(tx, plan, asked);
        // The hour came, or somebody chose, that it answers by itself: then this is answered, and not proposed.
        return !overtaken && bot?.mode === AiMode.AUTO ? { afterSeconds: 0 } : undefined;
      }
      const last = lastSaid(now);
      if (last !== null && last.id !== plan.lastMessageId) {
        await this.drafts.record(tx, plan, asked);
        // The customer went on writing: the draft has to answer that too. A member answered: there is nothing to propose.
        return last.direction === MessageDirection.INBOUND ? { afterSeconds: 0 } : undefined;
      }
      if (composition.proposal === null || (await this.room.tryUse(tx)) !== null) {
        await this.drafts.record(tx, plan, asked);
        await this.drafts.noteUnanswered(tx, plan, composition.runs);
        await this.drafts.withdraw(tx, plan.conversationId);
      } else await this.drafts.store(tx, plan, composition);
      return undefined;
    });
  }

  /** A repeated job finds the draft of the same message and leaves it; and nobody asked for one that has no room. */
  private answered(workspaceId: string, plan: DraftPlan): Promise<boolean> {
    return this.workspaces.read(
      workspaceId,
      async (tx) =>
        (await this.drafts.isAnswered(tx, plan.conversationId, plan.answersId)) ||
        (await this.room.whyNone(tx)) !== null,
    );
  }
}

function mayDraft(plan: DraftPlan): boolean {
  if (plan.bot === null || plan.bot.mode !== AiMode.DRAFT || plan.bot.frozen) return false;
  return !keptOutOnArrival(plan.thread) && openQuestions(plan.thread).length > 0;
}
