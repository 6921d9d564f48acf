import { Injectable } from '@nestjs/common';
import { Channels, MessageKind } from '../../channels/index.js';
import { MessageAuthor, MessageDirection } from '../../conversations/index.js';
import { type LeadRow, type ReplyRoad, ReplyRoads, leadsByIds } from '../../leads/index.js';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { knowledgeOfBot } from '../bots/bot.row.js';
import { type PlannedDraft, type ReplyMaterial, keptOut, passagesGiven } from '../drafting/plan-draft.js';
import type { SpokenThread, Thread } from '../drafting/thread.js';
import { SearchPassages } from '../knowledge/search-passages.js';
import { ModelAccessReader } from '../settings/model-access.js';
import { botOfLead } from './bot-of-lead.js';

/** Everything that a draft of a reply to a lead is made from, read in one transaction. */
export interface LeadPlan extends PlannedDraft {
  readonly conversationId: null;
  readonly leadId: string;
  readonly lead: LeadRow;
  /** Of the person: their language, and what forbids a machine to work on it. */
  readonly contact: Thread['contact'];
  /** Why no machine may work on this lead; null where it may. */
  readonly keptOut: DomainError | null;
}

const longestQuestion = 4_000;
/** What a mail holds that people read to its end. */
const mailLimits: ReplyMaterial['limits'] = { maxTextLength: 10_000, textUnit: 'characters' };

/**
 * Reads what a reply to a lead is made from. Of what they sent in, the message alone is for a model, as what a customer wrote
 * in a chat is: neither their answers to other questions nor their company, and their name and addresses only where they
 * stand in the message.
 */
@Injectable()
export class PlanLeadDraft {
  constructor(
    private readonly search: SearchPassages,
    private readonly access: ModelAccessReader,
    private readonly roads: ReplyRoads,
    private readonly channels: Channels,
  ) {}

  /** Takes part in the transaction. Null for an unknown lead. */
  async read(tx: WorkspaceTransaction, leadId: string, wish: string | null): Promise<LeadPlan | null> {
    const id = leadId.toLowerCase();
    const lead = (await leadsByIds(tx, [id])).get(id);
    const contact = lead === undefined ? null : await contactOf(tx, lead.contactId);
    if (lead === undefined || contact === null) return null;
    const out = lead.answerOnly ? answerOnly() : keptOut({ contact });
    const bot = await botOfLead(tx, lead);
    const message = (lead.message ?? '').slice(0, longestQuestion);
    const messages = [message, wish ?? ''].filter((text) => text.trim() !== '');
    return {
      conversationId: null,
      leadId: lead.id,
      answersId: null,
      lead,
      contact,
      keptOut: out,
      thread: threadOf(lead),
      bot,
      question: message.trim() === '' ? (wish ?? '') : message,
      wish,
      before: null,
      basis: null,
      passages:
        out !== null || messages.length === 0
          ? []
          : await this.search.find(tx, {
              messages,
              knowledgeIds: bot === null ? null : await knowledgeOfBot(tx, bot.id),
              limit: passagesGiven,
            }),
      access: out === null ? await this.access.read(tx, bot?.model ?? null) : null,
      limits: await this.limitsOf(tx, await this.roads.find(tx, lead, 'person')),
    };
  }

  private async limitsOf(tx: WorkspaceTransaction, road: ReplyRoad): Promise<ReplyMaterial['limits']> {
    const channelId = 'channelId' in road ? road.channelId : null;
    if (channelId === null) return mailLimits;
    const channel = (await this.channels.byIds(tx, [channelId])).get(channelId);
    return channel === undefined ? mailLimits : this.channels.definitionOf(channel.kind).capabilities;
  }
}

/** What they sent in, as something that was said. */
function threadOf({ id, name, message, createdAt }: LeadRow): SpokenThread {
  const said = {
    id,
    direction: MessageDirection.INBOUND,
    author: MessageAuthor.CONTACT,
    kind: MessageKind.TEXT,
    text: message,
    sentAt: createdAt,
    automatic: false,
  };
  return { contact: { name }, messages: (message ?? '').trim() === '' ? [] : [said] };
}

function contactOf(tx: WorkspaceTransaction, id: string): Promise<Thread['contact'] | null> {
  return tx.first<Thread['contact']>(sql`
    select k.id, k.name, k.language, k.automation_objected as "automationObjected", k.processing_restricted as "processingRestricted",
           k.blocked from contacts k where k.workspace_id = ${tx.workspaceId} and k.id = ${id}`);
}

function answerOnly(): DomainError {
  return new DomainError(
    ErrorCode.CONFLICT,
    'This came by a form that is used to answer and for nothing else, so nothing of it is given to the AI.',
    { reason: 'DRAFT_ANSWER_ONLY' },
  );
}
