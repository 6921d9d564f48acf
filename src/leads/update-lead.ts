import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Members } from '../accounts/index.js';
import { cleanTags } from '../conversations/index.js';
import type { MemberActor } from '../platform/access/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../platform/database/index.js';
import { badInput, notFound } from '../platform/errors/index.js';
import { LiveFeed } from '../platform/live/index.js';
import { Facts } from '../platform/outbox/index.js';
import { checkFields } from './check-lead.js';
import { lockLead } from './lead.loader.js';
import { type LeadRow, leadColumns } from './lead.row.js';
import { LeadUpdated } from './leads.events.js';
import { NoteActivity } from './note-activity.js';
import type { UpdateLeadInput } from './update-lead.input.js';

/** Moves a lead on, gives it to a member, labels it, or puts its answers right. */
@Injectable()
export class UpdateLead {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly members: Members,
    private readonly activity: NoteActivity,
    private readonly feed: LiveFeed,
    private readonly facts: Facts,
  ) {}

  async run(actor: MemberActor, input: UpdateLeadInput): Promise<LeadRow> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const before = await lockLead(tx, input.id);
      const wanted = {
        ...before,
        status: input.status ?? before.status,
        ownerId: input.ownerId === undefined ? before.ownerId : await this.ownerOf(tx, before, input.ownerId),
        tags: isGiven(input.tags) ? cleanTags(input.tags) : before.tags,
        fields: isGiven(input.fields) ? checkFields(input.fields) : before.fields,
      };
      if (isDeepStrictEqual(wanted, before)) return before;
      const after = await write(tx, wanted);
      await this.tell(tx, actor, before, after);
      return after;
    });
  }

  /** The member who is to have it; whoever has it already may go on having it. */
  private async ownerOf(tx: WorkspaceTransaction, before: LeadRow, id: string | null): Promise<string | null> {
    const wanted = id?.toLowerCase() ?? null;
    if (wanted === null || wanted === before.ownerId) return wanted;
    const [member] = await this.members.membersByIds(tx, [wanted]);
    if (member === undefined) throw notFound('Member');
    if (member.frozen)
      throw badInput('ownerId', 'The seat of this member is paused; choose somebody else.', 'ASSIGNEE_PAUSED');
    return member.id;
  }

  private async tell(tx: WorkspaceTransaction, actor: MemberActor, before: LeadRow, after: LeadRow): Promise<void> {
    const { memberId } = actor;
    const { id: leadId, status, ownerId } = after;
    if (status !== before.status) await this.activity.add(tx, { leadId, kind: 'STATUS', memberId, value: status });
    if (ownerId !== before.ownerId) await this.activity.add(tx, { leadId, kind: 'OWNER', memberId, aboutId: ownerId });
    this.feed.append(tx, { kind: 'LeadChanged', ids: [leadId] });
    await this.facts.announce(tx, new LeadUpdated(leadId));
  }
}

async function write(tx: WorkspaceTransaction, { id, status, ownerId, tags, fields }: LeadRow): Promise<LeadRow> {
  const row = await tx.first<LeadRow>(sql`
    update leads l set status = ${status}, owner_id = ${ownerId}, tags = ${tags}::text[], fields = ${JSON.stringify(fields)}::jsonb
     where l.workspace_id = ${tx.workspaceId} and l.id = ${id} returning ${leadColumns}`);
  if (row === null) throw new Error('A lead that is locked cannot go away.');
  return row;
}

function isGiven<Value>(value: Value): value is NonNullable<Value> {
  return value !== null && value !== undefined;
}
