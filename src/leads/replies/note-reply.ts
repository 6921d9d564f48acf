import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { LeadReplyWay, LeadStatus } from '../enums.js';
import { type LeadRow, leadColumns } from '../lead.row.js';
import { LeadsUpdated } from '../leads.events.js';
import { NoteActivity } from '../note-activity.js';

/** A reply that is on its way. */
export interface NotedReply {
  readonly lead: LeadRow;
  readonly way: LeadReplyWay;
  /** Where it stands; null for a mail of the server. */
  readonly conversationId: string | null;
  /** Who wrote it; null for a machine. */
  readonly memberId: string | null;
  /** The words, where no conversation holds them. */
  readonly text: string | null;
  /** The same for the same reply; null where it was sent otherwise already. */
  readonly key: string | null;
}

/** Writes down that a lead was answered. Participants; who calls them holds the lead. */
@Injectable()
export class NoteReply {
  constructor(
    private readonly activity: NoteActivity,
    private readonly feed: LiveFeed,
    private readonly facts: Facts,
  ) {}

  /** Whether a reply of that key was sent already. */
  async isNoted(tx: WorkspaceTransaction, leadId: string, key: string): Promise<boolean> {
    const row = await tx.first(sql`
      select 1 from lead_activities where workspace_id = ${tx.workspaceId} and lead_id = ${leadId} and reply_key = ${key}`);
    return row !== null;
  }

  /** The lead is answered: who is new has been written to, and nobody is asked to do it any more. */
  async run(
    tx: WorkspaceTransaction,
    { lead, way, conversationId, memberId, text, key }: NotedReply,
  ): Promise<LeadRow> {
    const after = await tx.first<LeadRow>(sql`
      update leads l
         set first_replied_at = coalesce(l.first_replied_at, now()), reply_task = null,
             reply_conversation_id = coalesce(${conversationId}::uuid, l.reply_conversation_id),
             status = case l.status when ${LeadStatus.NEW} then ${LeadStatus.CONTACTED} else l.status end
       where l.workspace_id = ${tx.workspaceId} and l.id = ${lead.id} returning ${leadColumns}`);
    if (after === null) throw new Error('A lead that is locked cannot go away.');
    const { id: leadId, status } = after;
    await this.activity.add(tx, { leadId, kind: 'REPLY', memberId, value: way, text, replyKey: key });
    if (status !== lead.status) await this.activity.add(tx, { leadId, kind: 'STATUS', memberId, value: status });
    this.feed.append(tx, { kind: 'LeadChanged', ids: [leadId] });
    await this.facts.announce(tx, new LeadsUpdated([leadId]));
    return after;
  }

  /** A machine leaves the lead to a person, or what it said did not leave: nobody has answered it then. */
  async leave(tx: WorkspaceTransaction, leadId: string, reason: string): Promise<void> {
    const left = await tx.execute(sql`
      update leads l set reply_task = ${reason}, first_replied_at = null,
             status = case l.status when ${LeadStatus.CONTACTED} then ${LeadStatus.NEW} else l.status end
       where l.workspace_id = ${tx.workspaceId} and l.id = ${leadId}
         and not exists (select from lead_activities a
                          where a.workspace_id = l.workspace_id and a.lead_id = l.id and a.kind = 'REPLY' and a.member_id is not null)`);
    if (left === 0) return;
    await this.activity.add(tx, { leadId, kind: 'REPLY', memberId: null, value: LeadReplyWay.NONE });
    this.feed.append(tx, { kind: 'LeadChanged', ids: [leadId] });
    await this.facts.announce(tx, new LeadsUpdated([leadId]));
  }
}
