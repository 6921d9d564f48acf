import { Injectable } from '@nestjs/common';
import {
  LeadReplyWay,
  ReplyLimits,
  type ReplyRoad,
  ReplyRoads,
  type RoadProblem,
  lockLead,
  roadWords,
} from '../../leads/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import type { Again, Job } from '../../platform/queue/index.js';
import { Budgets } from '../autopilot/budgets.js';
import { handoffAfter, handoffBefore } from '../autopilot/handoff.js';
import { disclosureOf, languageToSpeak } from '../autopilot/notices.js';
import { type BotRow, botForLeadsNow, botOfChannelNow } from '../bots/bot.row.js';
import { ComposeDraft, type Composition } from '../drafting/compose-draft.js';
import { holdDrafts } from '../drafting/draft.row.js';
import { fitText } from '../drafting/fit-text.js';
import { runWords } from '../drafting/run-words.js';
import { AiMode } from '../enums.js';
import { type NoRoomForAnswer, RoomForAnswers } from '../plan/room-for-answers.js';
import { readSettings } from '../settings/settings-row.js';
import { isWaiting } from './lead-standing.js';
import { type LeadPlan, PlanLeadDraft } from './plan-lead-draft.js';
import { type Left, RecordLeadAnswer, leftFor } from './record-lead-answer.js';

/** A plan for a lead that a bot answers by itself. */
type AutoLeadPlan = LeadPlan & { readonly bot: BotRow };

/** What is known before the answer is made. */
interface Standing {
  readonly overBudget: 'day' | 'month' | null;
  readonly noRoom: NoRoomForAnswer | null;
  readonly locale: string | null;
  readonly road: ReplyRoad;
  /** Another bot answers in that thread, as it does all that is written there. */
  readonly answeredThere: boolean;
}

/** After so many tries that ended the process a person answers. */
const mostTries = 3;
const nothing: Composition = { runs: [], proposal: null };
const neverReplied = { ever: 0, sinceMember: 0, lately: 0 };

/**
 * Answers a new lead without a member, or leaves it to one and says why. Whether and where it may is asked before a model is,
 * so that nothing is spent in vain, and again in the transaction that queues the answer: that one decides.
 */
@Injectable()
export class AnswerLead {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly plan: PlanLeadDraft,
    private readonly composer: ComposeDraft,
    private readonly roads: ReplyRoads,
    private readonly limits: ReplyLimits,
    private readonly budgets: Budgets,
    private readonly record: RecordLeadAnswer,
    private readonly room: RoomForAnswers,
  ) {}

  async run(job: Job, plan: AutoLeadPlan): Promise<Again | undefined> {
    const standing = await this.workspaces.read(job.workspaceId, (tx) => this.standing(tx, plan));
    // Whoever wrote there is answered there.
    if (standing.answeredThere) return undefined;
    const before = job.attempt > mostTries ? leftBecause('HANDOFF_TRIED') : await this.before(job, plan, standing);
    const disclosure = this.disclosure(plan, standing);
    const composition =
      before === null
        ? await this.composer.compose({ ...plan, alone: true, limits: less(plan, disclosure) }, job.signal)
        : nothing;
    // The process stops: another one answers.
    if (job.signal.aborted) return { afterSeconds: 0 };
    return this.workspaces.run(
      job.workspaceId,
      (tx) => this.settle(tx, plan, composition, before, disclosure),
      // Nobody is met by a mail of theirs while they are written to first.
      { oneAtATime: 'receive-messages' },
    );
  }

  private async standing(tx: WorkspaceTransaction, { lead, bot }: AutoLeadPlan): Promise<Standing> {
    const workspace = await tx.first<{ locale: string }>(
      sql`select locale from workspaces where id = ${tx.workspaceId}`,
    );
    const road = await this.roads.find(tx, lead, 'machine');
    return {
      overBudget: await this.budgets.spent(tx, bot),
      noRoom: await this.room.whyNone(tx),
      locale: workspace?.locale ?? null,
      road,
      answeredThere: await this.isAnsweredThere(tx, road),
    };
  }

  private async isAnsweredThere(tx: WorkspaceTransaction, road: ReplyRoad): Promise<boolean> {
    if (road.way !== LeadReplyWay.THREAD) return false;
    return (await botOfChannelNow(tx, road.channelId))?.mode === AiMode.AUTO;
  }

  /** What speaks against an answer before one is looked for; null where nothing does. */
  private async before(job: Job, plan: AutoLeadPlan, { road, overBudget, noRoom }: Standing): Promise<Left | null> {
    if (road.way === LeadReplyWay.NONE) return leftOn(road.reason);
    if (plan.question === '') return leftBecause('HANDOFF_WORDLESS');
    const handoff = handoffBefore(plan.thread, plan.bot, neverReplied, overBudget);
    if (handoff !== null) return leftFor(handoff.words);
    if (noRoom !== null) return leftBecause(noRoom);
    if (road.way !== LeadReplyWay.MAIL || (await this.limits.mayMail(job.workspaceId, road.to))) return null;
    return leftOn('LEAD_MAILS_MANY');
  }

  /** The one place that sends: the fence. The lead is held before its drafts, as everywhere. */
  private async settle(
    tx: WorkspaceTransaction,
    plan: AutoLeadPlan,
    composition: Composition,
    before: Left | null,
    disclosure: string,
  ): Promise<Again | undefined> {
    await this.room.hold(tx);
    const lead = await lockLead(tx, plan.leadId).catch(() => null);
    if (lead === null) return undefined;
    await holdDrafts(tx, lead.id);
    const now = await this.plan.read(tx, lead.id, null);
    if (now === null || !(await isWaiting(tx, lead))) {
      await this.record.drop(tx, plan, composition.runs);
      return undefined;
    }
    const bot = await this.botNow(tx, plan, composition);
    if (bot === null) {
      await this.record.drop(tx, plan, composition.runs);
      return { afterSeconds: 0 };
    }
    const { proposal, runs } = composition;
    const road = await this.roads.find(tx, lead, 'machine');
    // An objection may have come in while it was written.
    const shut = road.way === LeadReplyWay.NONE ? leftOn(road.reason) : null;
    const why = shut ?? before ?? (await this.after(tx, { ...plan, bot }, composition));
    if (why !== null || proposal === null) {
      await this.record.leave(tx, plan, runs, why ?? leftBecause('NOTHING_FITS'));
      return undefined;
    }
    const text = disclosure === '' ? proposal.text : `${disclosure}\n\n${proposal.text}`;
    await this.record.send(tx, { ...plan, lead }, road, runs, proposal, text);
    return undefined;
  }

  /** The bot as it is set now; null where it has to be looked at anew. */
  private async botNow(tx: WorkspaceTransaction, { bot }: AutoLeadPlan, { runs }: Composition): Promise<BotRow | null> {
    const now = await botForLeadsNow(tx, bot.id);
    const asked = runs.at(-1)?.provider;
    // Somebody switched the AI off while a model wrote.
    if (now !== null && asked !== undefined && asked !== 'quote' && !(await readSettings(tx)).enabled) return null;
    return now;
  }

  /** What speaks against the answer that was made, or has come meanwhile. */
  private async after(
    tx: WorkspaceTransaction,
    plan: AutoLeadPlan,
    { proposal, runs }: Composition,
  ): Promise<Left | null> {
    if (proposal === null) return leftFor(runs.at(-1)?.error ?? runWords.NOTHING_FITS);
    const unfit = handoffAfter(plan.question, plan.bot, proposal);
    if (unfit !== null) return leftFor(unfit.words);
    const spent = await this.budgets.spent(tx, plan.bot);
    if (spent !== null) return leftBecause(spent === 'day' ? 'HANDOFF_DAY' : 'HANDOFF_MONTH');
    const full = await this.room.whyNone(tx);
    return full === null ? null : leftBecause(full);
  }

  private disclosure({ question, contact, bot, limits }: AutoLeadPlan, { locale }: Standing): string {
    const words = disclosureOf(bot, languageToSpeak(question, contact.language, locale));
    // On a channel of very short messages it leaves room for an answer.
    return fitText([words], { ...limits, maxTextLength: Math.floor(limits.maxTextLength / 2) });
  }
}

function leftBecause(reason: keyof typeof runWords): Left {
  return { reason, words: runWords[reason] };
}

function leftOn(reason: RoadProblem): Left {
  return { reason, words: roadWords[reason] };
}

function less({ limits }: LeadPlan, disclosure: string): LeadPlan['limits'] {
  const taken = limits.textUnit === 'bytes' ? Buffer.byteLength(disclosure) : disclosure.length;
  return { ...limits, maxTextLength: limits.maxTextLength - (disclosure === '' ? 0 : taken + 2) };
}
