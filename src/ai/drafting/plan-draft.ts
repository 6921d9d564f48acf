import { Injectable } from '@nestjs/common';
import { type Capabilities, Channels } from '../../channels/index.js';
import { ConversationThreads } from '../../conversations/index.js';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { type BotRow, botOfChannelNow, knowledgeOfBot } from '../bots/bot.row.js';
import { type FoundPassage, SearchPassages } from '../knowledge/search-passages.js';
import { type ModelAccess, ModelAccessReader } from '../settings/model-access.js';
import type { Basis } from './change-of-draft.js';
import { type SpokenThread, type Thread, lastQuestion, lastSaid, openQuestions } from './thread.js';

/** What a reply is composed from, whether anybody is there to get it or not. */
export interface ReplyMaterial {
  readonly thread: SpokenThread;
  readonly bot: BotRow | null;
  /** What is asked: the customer's newest words that wait for an answer, or the member's wish. */
  readonly question: string;
  readonly wish: string | null;
  /** The words that stood there before, which the wish may be about. */
  readonly before: string | null;
  /** The draft that is to be said in other words; null where an answer is looked for. */
  readonly basis: Basis | null;
  readonly passages: readonly FoundPassage[];
  /** Null: the answer is quoted. */
  readonly access: ModelAccess | null;
  /** Nobody reads it before it is sent. */
  readonly alone?: boolean;
  readonly limits: Pick<Capabilities, 'maxTextLength' | 'textUnit'>;
}

/** What a draft is made from, and what it is for: a conversation or a lead. */
export interface PlannedDraft extends ReplyMaterial {
  readonly conversationId: string | null;
  readonly leadId: string | null;
  /** The customer's message that it answers. */
  readonly answersId: string | null;
}

/** Everything that a draft in a conversation is made from, read in one transaction. */
export interface DraftPlan extends PlannedDraft {
  readonly conversationId: string;
  readonly leadId: null;
  readonly thread: Thread;
  /** The last message when this was read: a draft is stored only while it still is the last. */
  readonly lastMessageId: string | null;
}

const messagesRead = 20;
/** How many passages a model is given. */
export const passagesGiven = 6;

/** Reads what a draft is made from. */
@Injectable()
export class PlanDraft {
  constructor(
    private readonly threads: ConversationThreads,
    private readonly channels: Channels,
    private readonly search: SearchPassages,
    private readonly access: ModelAccessReader,
  ) {}

  /** Takes part in the transaction. Null for an unknown conversation. */
  async read(tx: WorkspaceTransaction, conversationId: string, wish: string | null): Promise<DraftPlan | null> {
    const thread = await this.threads.thread(tx, conversationId, messagesRead);
    if (thread === null) return null;
    const bot = await botOfChannelNow(tx, thread.conversation.channelId);
    const asked = openQuestions(thread);
    const lastFromCustomer = lastQuestion(thread);
    // On demand a question may be answered once more; without any, the member's wish says what to look for.
    const questions = (asked.length > 0 ? asked : lastFromCustomer === null ? [] : [lastFromCustomer]).map((message) =>
      (message.text ?? '').slice(0, 4_000),
    );
    const messages = wish === null ? questions : [...questions, wish];
    // Who has objected to machines is looked up by none, and what they wrote is not even searched for.
    const open = keptOut(thread) === null;
    const passages = open
      ? await this.search.find(tx, {
          messages,
          knowledgeIds: bot === null ? null : await knowledgeOfBot(tx, bot.id),
          limit: passagesGiven,
        })
      : [];
    return {
      conversationId,
      leadId: null,
      thread,
      bot,
      question: questions.toReversed().join('\n') || (wish ?? ''),
      wish,
      before: null,
      basis: null,
      passages,
      access: open ? await this.access.read(tx, bot?.model ?? null) : null,
      answersId: asked[0]?.id ?? lastFromCustomer?.id ?? null,
      lastMessageId: lastSaid(thread)?.id ?? null,
      limits: this.channels.definitionOf(thread.channel.kind).capabilities,
    };
  }
}

/** Why no machine may work on this conversation by itself; null where it may. */
export function keptOut({ contact }: Pick<Thread, 'contact'>): DomainError | null {
  if (contact.processingRestricted)
    return new DomainError(
      ErrorCode.CONFLICT,
      'The processing of this contact is restricted, so nothing of theirs is given to the AI.',
      { reason: 'DRAFT_RESTRICTED' },
    );
  if (contact.automationObjected)
    return new DomainError(
      ErrorCode.CONFLICT,
      'This contact has objected to automated processing, so nothing of theirs is given to the AI.',
      { reason: 'DRAFT_OBJECTED' },
    );
  return null;
}

/** The same for a draft that nobody asked for. */
export function keptOutOnArrival({ conversation, contact }: Thread): boolean {
  return (
    conversation.aiPaused ||
    conversation.spam ||
    contact.blocked ||
    contact.automationObjected ||
    contact.processingRestricted
  );
}
