import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { cleanTags } from '../conversations/index.js';
import type { MemberActor, RequestOrigin } from '../platform/access/index.js';
import { AuditLog } from '../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../platform/database/index.js';
import { LiveFeed } from '../platform/live/index.js';
import { Facts } from '../platform/outbox/index.js';
import { checkFields } from './check-lead.js';
import { LeadOwners } from './lead-owners.js';
import { lockLead } from './lead.loader.js';
import { type LeadRow, leadColumns } from './lead.row.js';
import { LeadsUpdated } from './leads.events.js';
import { type LeadActivity, NoteActivity } from './note-activity.js';
import type { UpdateLeadInput } from './update-lead.input.js';

/** Moves a lead on, gives it to a member, labels it, or puts its answers right. */
@Injectable()
export class UpdateLead {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly owners: LeadOwners,
    private readonly activity: NoteActivity,
    private readonly feed: LiveFeed,
    private readonly facts: Facts,
    private readonly audit: AuditLog,
  ) {}

  async run(actor: MemberActor, origin: RequestOrigin, input: UpdateLeadInput): Promise<LeadRow> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const before = await lockLead(tx, input.id);
      const wanted = {
        ...before,
        status: input.status ?? before.status,
        ownerId:
          input.ownerId === undefined ? before.ownerId : await this.owners.check(tx, before.ownerId, input.ownerId),
        tags: isGiven(input.tags) ? cleanTags(input.tags) : before.tags,
        fields: isGiven(input.fields) ? checkFields(input.fields) : before.fields,
      };
      if (isDeepStrictEqual(wanted, before)) return before;
      const after = await write(tx, wanted);
      const changed = await this.note(tx, actor, before, after);
      if (after.ownerId !== before.ownerId) await this.owners.tell(tx, after.ownerId, actor.memberId);
      this.audit.record(tx, { actor, action: 'lead.update', target: after.id, origin, detail: { changed } });
      this.feed.append(tx, { kind: 'LeadChanged', ids: [after.id] });
      await this.facts.announce(tx, new LeadsUpdated([after.id]));
      return after;
    });
  }

  /** Writes down what is different now; gives its names. */
  private async note(
    tx: WorkspaceTransaction,
    { memberId }: MemberActor,
    before: LeadRow,
    { id: leadId, status, ownerId, tags, fields }: LeadRow,
  ): Promise<string[]> {
    const changes: LeadActivity[] = [
      ...(status === before.status ? [] : [{ kind: 'STATUS', memberId, value: status } as const]),
      ...(ownerId === before.ownerId ? [] : [{ kind: 'OWNER', memberId, aboutId: ownerId } as const]),
      ...(isDeepStrictEqual(tags, before.tags) ? [] : [{ kind: 'TAGS', memberId, text: tags.join(', ') } as const]),
      ...(isDeepStrictEqual(fields, before.fields) ? [] : [{ kind: 'FIELDS', memberId } as const]),
    ];
    for (const change of changes) await this.activity.add(tx, { leadId, ...change });
    return changes.map(({ kind }) => kind.toLowerCase());
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
