import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Workspaces } from '../../platform/database/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { ComposeDraft } from '../drafting/compose-draft.js';
import { holdDrafts } from '../drafting/draft.row.js';
import { StoreDraft } from '../drafting/store-draft.js';
import { AiMode } from '../enums.js';
import { AnswerLead } from './answer-lead.js';
import { isWaiting } from './lead-standing.js';
import { RoomForAnswers } from '../plan/room-for-answers.js';
import { answerLeadJob } from './leads-on-arrival.js';
import { type LeadPlan, PlanLeadDraft } from './plan-lead-draft.js';

/** Drafts a reply to a new lead, or answers it where a bot may. A model is asked outside every transaction. */
@Injectable()
export class AnswerLeadWorker implements Worker, OnModuleInit {
  readonly kind = answerLeadJob;
  readonly concurrency = 2;
  readonly maxSeconds = 90;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly plan: PlanLeadDraft,
    private readonly composer: ComposeDraft,
    private readonly drafts: StoreDraft,
    private readonly answer: AnswerLead,
    private readonly room: RoomForAnswers,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run(job: Job): Promise<Again | undefined> {
    const plan = await this.workspaces.read(job.workspaceId, async (tx) => {
      const read = await this.plan.read(tx, job.rowId, null);
      return read !== null && (await isWaiting(tx, read.lead)) ? read : null;
    });
    const { bot = null } = plan ?? {};
    if (plan === null || bot === null) return undefined;
    if (bot.mode === AiMode.AUTO) return this.answer.run(job, { ...plan, bot });
    return bot.mode === AiMode.DRAFT ? this.propose(job, plan) : undefined;
  }

  private async propose(job: Job, plan: LeadPlan): Promise<Again | undefined> {
    if (plan.keptOut !== null || plan.contact.blocked || plan.question === '') return undefined;
    if ((await this.workspaces.read(job.workspaceId, (tx) => this.room.whyNone(tx))) !== null) return undefined;
    const composition = await this.composer.compose(plan, job.signal);
    if (job.signal.aborted) return { afterSeconds: 0 };
    return this.workspaces.run(job.workspaceId, async (tx) => {
      await holdDrafts(tx, plan.leadId);
      const now = await this.plan.read(tx, plan.leadId, null);
      if (now === null) return undefined;
      const may = now.keptOut === null && !now.contact.blocked && (await isWaiting(tx, now.lead));
      const proposes = may && now.bot?.mode === AiMode.DRAFT && composition.proposal !== null;
      if (proposes && (await this.room.tryUse(tx)) === null) {
        await this.drafts.store(tx, plan, composition);
        return undefined;
      }
      // What a model was asked is recorded, whatever comes of it; a look that found nothing is not worth a row.
      const asked = composition.runs.filter(({ provider }) => provider !== 'quote');
      await this.drafts.record(tx, plan, asked);
      // The hour came, or somebody chose, that it answers by itself: then this is answered, and not proposed.
      return may && now.bot?.mode === AiMode.AUTO ? { afterSeconds: 0 } : undefined;
    });
  }
}
