import { Injectable } from '@nestjs/common';
import { Entitlements } from '../../billing/index.js';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, cleanInput, cleanText } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { LeadReplyWay } from '../enums.js';
import { leadsByIds, lockLead } from '../lead.loader.js';
import type { LeadRow } from '../lead.row.js';
import { LeadReplied } from '../leads.events.js';
import { DeliverReply, type OpenRoad } from './deliver-reply.js';
import { NoteReply } from './note-reply.js';
import { ReplyLimits } from './reply-limits.js';
import { ReplyRoads } from './reply-roads.js';
import { noRoad } from './road-words.js';

/** What a member answers a lead. */
interface Reply {
  readonly leadId: string;
  readonly text: string;
  readonly idempotencyKey: string;
}

const longestKey = 200;
const longestReply = 10_000;

/**
 * A member answers a lead. Whether and where is decided in the transaction that sends; the same key sends once, however often
 * and however parallel it is asked.
 */
@Injectable()
export class SendLeadReply {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly roads: ReplyRoads,
    private readonly limits: ReplyLimits,
    private readonly deliver: DeliverReply,
    private readonly note: NoteReply,
    private readonly audit: AuditLog,
    private readonly facts: Facts,
    private readonly entitlements: Entitlements,
  ) {}

  async run(actor: MemberActor, origin: RequestOrigin, reply: Reply): Promise<LeadRow> {
    const text = textOf(reply.text);
    const key = `member ${keyOf(reply.idempotencyKey)}`;
    const { workspaceId } = actor;
    // Counted outside: what is counted stays so, whatever becomes of the reply.
    const mailed = await this.workspaces.read(workspaceId, (tx) => this.mailedTo(tx, reply.leadId, key));
    if (mailed !== null && !(await this.limits.mayMail(workspaceId, mailed))) throw noRoad('LEAD_MAILS_MANY');
    return this.workspaces.run(
      workspaceId,
      async (tx) => {
        const lead = await lockLead(tx, reply.leadId);
        if (await this.note.isNoted(tx, lead.id, key)) return lead;
        await this.entitlements.requireLive(tx);
        const road = await this.roads.find(tx, lead, 'person');
        if (road.way === LeadReplyWay.NONE) throw noRoad(road.reason);
        return this.send(tx, actor, origin, lead, road, text, key);
      },
      // Nobody is met by a mail of theirs while they are written to first.
      { oneAtATime: 'receive-messages' },
    );
  }

  private async send(
    tx: WorkspaceTransaction,
    actor: MemberActor,
    origin: RequestOrigin,
    lead: LeadRow,
    road: OpenRoad,
    text: string,
    key: string,
  ): Promise<LeadRow> {
    const { memberId } = actor;
    const { way } = road;
    const conversationId = await this.deliver.conversationOf(tx, lead, road);
    const kept = road.way === LeadReplyWay.MAIL ? text : null;
    // Before it is said: what follows from a message finds the lead answered.
    const after = await this.note.run(tx, { lead, way, conversationId, memberId, text: kept, key });
    const messageId =
      conversationId === null ? null : await this.deliver.say(tx, actor, conversationId, text, `${lead.id} ${key}`);
    if (road.way === LeadReplyWay.MAIL) await this.deliver.mail(tx, road.to, text);
    await this.facts.announce(tx, new LeadReplied(lead.id, memberId, text, messageId));
    this.audit.record(tx, { actor, action: 'lead.reply', target: lead.id, origin, detail: { way } });
    return after;
  }

  /** The address that a mail of the server would go to; null where it goes another way, or went already. */
  private async mailedTo(tx: WorkspaceTransaction, leadId: string, key: string): Promise<string | null> {
    const lead = (await leadsByIds(tx, [leadId])).get(leadId.toLowerCase());
    if (lead === undefined || (await this.note.isNoted(tx, lead.id, key))) return null;
    const road = await this.roads.find(tx, lead, 'person');
    return road.way === LeadReplyWay.MAIL ? road.to : null;
  }
}

function textOf(given: string): string {
  const text = cleanInput(given);
  if (text === '') throw badInput('text', 'Write something first.', 'WRITE_FIRST');
  if (text.length > longestReply)
    throw badInput('text', `At most ${String(longestReply)} characters, please.`, 'TOO_LONG', {
      most: String(longestReply),
    });
  return text;
}

function keyOf(given: string): string {
  if (given.length < 1 || given.length > longestKey)
    throw badInput('idempotencyKey', `The idempotency key has 1 to ${String(longestKey)} characters.`);
  return cleanText(given, longestKey);
}
