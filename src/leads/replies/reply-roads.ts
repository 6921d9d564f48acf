import { Injectable } from '@nestjs/common';
import { type FirstAddress, OpenThreads, WriteFirst } from '../../conversations/index.js';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { LeadReplyWay, LeadSource } from '../enums.js';
import type { LeadRow } from '../lead.row.js';
import type { RoadProblem } from './road-words.js';

/** Where a reply to a lead goes: one of the ways, or none and why. */
export type ReplyRoad =
  | {
      readonly way: LeadReplyWay.THREAD | LeadReplyWay.MAILBOX;
      readonly conversationId: string;
      readonly channelId: string;
    }
  | { readonly way: LeadReplyWay.MAILBOX; readonly conversationId: null; readonly first: FirstAddress }
  | { readonly way: LeadReplyWay.MAIL; readonly to: string }
  | { readonly way: LeadReplyWay.NONE; readonly reason: RoadProblem };

interface Marks {
  readonly blocked: boolean;
  readonly restricted: boolean;
  readonly objected: boolean;
}

/** Of these only a member says that they want to be written to. */
const saidByUs: readonly LeadSource[] = [LeadSource.MANUAL, LeadSource.IMPORT];

/**
 * The one place that says how a lead may be answered: in a thread that the person opened and whose window is open, else by
 * mail to the address that they left, else not by us. No other channel is ever written to first.
 */
@Injectable()
export class ReplyRoads {
  constructor(
    private readonly threads: OpenThreads,
    private readonly first: WriteFirst,
  ) {}

  /** Participant. */
  async find(tx: WorkspaceTransaction, lead: LeadRow, by: 'person' | 'machine'): Promise<ReplyRoad> {
    const { contactId, conversationId, replyConversationId } = lead;
    const refused = await this.refused(tx, [contactId], by);
    if (refused !== null) return none(refused);
    const preferred = [replyConversationId, conversationId].filter((id) => id !== null);
    const thread = await this.threads.find(tx, { contactId, preferred, begun: replyConversationId, by });
    if (thread !== null) {
      const { opened, ...where } = thread;
      return { way: opened ? LeadReplyWay.THREAD : LeadReplyWay.MAILBOX, ...where };
    }
    return lead.email === null ? none('LEAD_NO_ADDRESS') : this.byMail(tx, lead, lead.email, by);
  }

  private async byMail(
    tx: WorkspaceTransaction,
    { source }: LeadRow,
    to: string,
    by: 'person' | 'machine',
  ): Promise<ReplyRoad> {
    const first = await this.first.find(tx, to);
    // What is said of whoever is known by that address holds as well: the words reach them.
    const refused = first?.contactId == null ? null : await this.refused(tx, [first.contactId], by);
    if (refused !== null) return none(refused);
    if (first !== null) return { way: LeadReplyWay.MAILBOX, conversationId: null, first };
    // The server's own address is for those who wrote to the business themselves, and for nobody who was written down.
    return saidByUs.includes(source) ? none('LEAD_NO_MAILBOX') : { way: LeadReplyWay.MAIL, to };
  }

  /** Why these people may not be written to; null where they may. */
  private async refused(
    tx: WorkspaceTransaction,
    ids: readonly string[],
    by: 'person' | 'machine',
  ): Promise<RoadProblem | null> {
    const marks = await tx.first<Marks>(sql`
      select bool_or(blocked) as blocked, bool_or(processing_restricted) as restricted, bool_or(automation_objected) as objected
        from contacts where workspace_id = ${tx.workspaceId} and id = any (${ids}::uuid[])`);
    if (marks?.blocked === true) return 'LEAD_BLOCKED';
    if (marks?.restricted === true) return 'LEAD_RESTRICTED';
    return by === 'machine' && marks?.objected === true ? 'LEAD_OBJECTED' : null;
  }
}

function none(reason: RoadProblem): ReplyRoad {
  return { way: LeadReplyWay.NONE, reason };
}
