import { Injectable } from '@nestjs/common';
import { WorkspaceHours } from '../../accounts/index.js';
import {
  ConversationStatus,
  type MachineReplies,
  type MachineTurn,
  MachineTurns,
  MessageDirection,
} from '../../conversations/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import type { Again, Job } from '../../platform/queue/index.js';
import { type BotRow, botThatMaySend } from '../bots/bot.row.js';
import { ComposeDraft, type Composition } from '../drafting/compose-draft.js';
import { holdDrafts } from '../drafting/draft.row.js';
import { fitText } from '../drafting/fit-text.js';
import { type DraftPlan, keptOutOnArrival } from '../drafting/plan-draft.js';
import { runWords } from '../drafting/run-words.js';
import { lastSaid } from '../drafting/thread.js';
import { type NoRoomForAnswer, RoomForAnswers } from '../plan/room-for-answers.js';
import { readSettings } from '../settings/settings-row.js';
import { Budgets } from './budgets.js';
import { type Handoff, handoffAfter, handoffBefore } from './handoff.js';
import { disclosureOf, handoffNotice, languageToSpeak } from './notices.js';
import { RecordAnswer } from './record-answer.js';

/** A plan for a channel whose bot answers by itself. */
export type AutoPlan = DraftPlan & { readonly bot: BotRow };

/** What is known of a conversation before it is answered. */
interface Standing {
  readonly replies: MachineReplies;
  readonly overBudget: 'day' | 'month' | null;
  readonly noRoom: NoRoomForAnswer | null;
  readonly locale: string | null;
}

/** After so many tries that ended the process a person answers. */
const mostTries = 3;
const nothing: Composition = { runs: [], proposal: null };

/**
 * Answers a customer without a member, or hands the conversation over. Whether it may is asked before a model is, so that
 * nothing is spent in vain, and again in the transaction that queues the answer: that one decides.
 */
@Injectable()
export class AnswerCustomer {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly composer: ComposeDraft,
    private readonly turns: MachineTurns,
    private readonly record: RecordAnswer,
    private readonly budgets: Budgets,
    private readonly hours: WorkspaceHours,
    private readonly room: RoomForAnswers,
  ) {}

  async run(job: Job, plan: AutoPlan): Promise<Again | undefined> {
    if (!isAnswerable(plan)) return undefined;
    const standing = await this.workspaces.read(job.workspaceId, (tx) => this.standing(tx, plan));
    const tried = job.attempt > mostTries ? { words: runWords.HANDOFF_TRIED, silent: false } : null;
    const before =
      tried ?? handoffBefore(plan.thread, plan.bot, standing.replies, standing.overBudget) ?? overPlan(standing.noRoom);
    const disclosure = standing.replies.ever > 0 ? '' : this.disclosure(plan, standing);
    const composition =
      before === null
        ? await this.composer.compose({ ...plan, alone: true, limits: less(plan, disclosure) }, job.signal)
        : nothing;
    // The process stops: another one answers.
    if (job.signal.aborted) return { afterSeconds: 0 };
    return this.workspaces.run(job.workspaceId, (tx) =>
      this.settle(tx, plan, standing, composition, before, disclosure),
    );
  }

  private async standing(tx: WorkspaceTransaction, { conversationId, bot }: AutoPlan): Promise<Standing> {
    const workspace = await tx.first<{ locale: string }>(
      sql`select locale from workspaces where id = ${tx.workspaceId}`,
    );
    return {
      replies: await this.turns.repliesIn(tx, conversationId),
      overBudget: await this.budgets.spent(tx, bot),
      noRoom: await this.room.whyNone(tx),
      locale: workspace?.locale ?? null,
    };
  }

  /** The one place that sends: the fence. The conversation's row is held before its drafts, as everywhere. */
  private async settle(
    tx: WorkspaceTransaction,
    plan: AutoPlan,
    standing: Standing,
    composition: Composition,
    before: Handoff | null,
    disclosure: string,
  ): Promise<Again | undefined> {
    await this.room.hold(tx);
    const turn = await this.turns.take(tx, plan.conversationId, plan.lastMessageId);
    await holdDrafts(tx, plan.conversationId);
    const bot = await this.botNow(tx, plan, turn, composition);
    if (typeof bot === 'string') {
      await this.record.drop(tx, plan, composition.runs);
      return bot === 'over' ? undefined : { afterSeconds: 0 };
    }
    const { proposal, runs } = composition;
    const handoff =
      this.handoff({ ...plan, bot }, turn, composition, before) ??
      (await this.budgetHandoff(tx, bot, before)) ??
      overPlan(await this.room.tryUse(tx));
    if (handoff === null && proposal !== null && typeof turn === 'object') {
      const text = disclosure === '' ? proposal.text : `${disclosure}\n\n${proposal.text}`;
      await this.record.send(tx, turn, plan, runs, proposal, text);
      return undefined;
    }
    const why = handoff ?? { words: runWords.NOTHING_FITS, silent: false };
    const open = typeof turn === 'object' ? turn : null;
    const notice = open === null || why.silent ? null : await this.notice(tx, plan, standing, open);
    await this.record.handOff(tx, open, plan, runs, why, notice);
    return undefined;
  }

  /** The bot as it is set now; `over` where nobody is answered any more, `again` where it has to be looked at anew. */
  private async botNow(
    tx: WorkspaceTransaction,
    plan: AutoPlan,
    turn: MachineTurn | string,
    { runs }: Composition,
  ): Promise<BotRow | 'over' | 'again'> {
    if (turn === 'person') return 'over';
    if (turn === 'moved on') return 'again';
    const bot = await botThatMaySend(tx, plan.thread.conversation.channelId, plan.bot.id);
    if (bot === null) return 'again';
    const asked = runs.at(-1)?.provider;
    // Somebody switched the AI off while a model wrote.
    if (asked !== undefined && asked !== 'quote' && !(await readSettings(tx)).enabled) return 'again';
    return bot;
  }

  private handoff(
    plan: AutoPlan,
    turn: MachineTurn | string,
    { proposal, runs }: Composition,
    before: Handoff | null,
  ): Handoff | null {
    if (turn === 'unreachable') return { words: runWords.HANDOFF_UNREACHABLE, silent: true };
    if (before !== null) return before;
    if (proposal === null) return { words: runs.at(-1)?.error ?? runWords.NOTHING_FITS, silent: false };
    return handoffAfter(plan.question, plan.bot, proposal);
  }

  /** A budget that was set, or spent, while the answer was made. */
  private async budgetHandoff(tx: WorkspaceTransaction, bot: BotRow, before: Handoff | null): Promise<Handoff | null> {
    const spent = before === null ? await this.budgets.spent(tx, bot) : null;
    if (spent === null) return null;
    return { words: spent === 'day' ? runWords.HANDOFF_DAY : runWords.HANDOFF_MONTH, silent: false };
  }

  private disclosure({ question, thread, bot, limits }: AutoPlan, { locale }: Standing): string {
    const words = disclosureOf(bot, languageToSpeak(question, thread.contact.language, locale));
    // On a channel of very short messages it leaves room for an answer.
    return fitText([words], { ...limits, maxTextLength: Math.floor(limits.maxTextLength / 2) });
  }

  /** What the customer reads of the handoff; null where they have just read that the business is away. */
  private async notice(
    tx: WorkspaceTransaction,
    { question, thread, limits }: AutoPlan,
    { locale }: Standing,
    { outlet: { conversation } }: MachineTurn,
  ): Promise<string | null> {
    const asked = lastSaid(thread)?.sentAt ?? conversation.readAt;
    if (conversation.awaySentAt !== null && conversation.awaySentAt >= asked) return null;
    const isOpen = (await this.hours.read(tx)).isOpen(conversation.readAt);
    return fitText([handoffNotice(languageToSpeak(question, thread.contact.language, locale), isOpen)], limits);
  }
}

/** The plan has no room for an answer: a person gives it. */
function overPlan(reason: NoRoomForAnswer | null): Handoff | null {
  return reason === null ? null : { words: runWords[reason], silent: false };
}

/** Whether the conversation is the machine's as it was read, and the customer waits. */
function isAnswerable({ thread, bot }: AutoPlan): boolean {
  const { assigneeId, status } = thread.conversation;
  if (bot.frozen || keptOutOnArrival(thread) || assigneeId !== null || status !== ConversationStatus.OPEN) return false;
  return lastSaid(thread)?.direction === MessageDirection.INBOUND;
}

function less({ limits }: AutoPlan, disclosure: string): AutoPlan['limits'] {
  const taken =
    disclosure === '' ? 0 : limits.textUnit === 'bytes' ? Buffer.byteLength(disclosure) + 2 : disclosure.length + 2;
  return { ...limits, maxTextLength: limits.maxTextLength - taken };
}
