import { Injectable } from '@nestjs/common';
import { Members, Role } from '../../accounts/index.js';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { badInput, notFound } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { LeadSource } from '../enums.js';
import { readRule } from './assignment-rule.js';
import { type AssignmentRule, LeadAssignmentMode } from './assignment.type.js';

const mostMembers = 200;

/** What is to be set; what is left out stays. */
export interface WantedAssignment {
  readonly mode: LeadAssignmentMode;
  readonly memberIds?: readonly string[] | null | undefined;
  readonly sources?: readonly LeadSource[] | null | undefined;
}

/** Says who gets new leads. */
@Injectable()
export class SetAssignment {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly members: Members,
    private readonly feed: LiveFeed,
    private readonly audit: AuditLog,
  ) {}

  /** As it is set. */
  get({ workspaceId }: MemberActor): Promise<AssignmentRule> {
    return this.workspaces.read(workspaceId, readRule);
  }

  /** Sets it. Whoever stays among the members keeps their turn. */
  async run(actor: MemberActor, origin: RequestOrigin, wanted: WantedAssignment): Promise<AssignmentRule> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const before = await readRule(tx);
      const rule: AssignmentRule = {
        mode: wanted.mode,
        sources: Object.values(LeadSource).filter((source) => (wanted.sources ?? before.sources).includes(source)),
        memberIds: isGiven(wanted.memberIds) ? await this.check(tx, wanted.memberIds) : before.memberIds,
      };
      refuseEmpty(rule);
      await write(tx, rule);
      const { mode, sources, memberIds } = rule;
      this.feed.append(tx, { kind: 'WorkspaceChanged', detail: 'lead-assignment', ids: [tx.workspaceId] });
      const detail = { mode, sources: [...sources], memberIds: [...memberIds] };
      this.audit.record(tx, { actor, action: 'lead-assignment.set', target: tx.workspaceId, origin, detail });
      return readRule(tx);
    });
  }

  /** Members who can answer. */
  private async check(tx: WorkspaceTransaction, given: readonly string[]): Promise<string[]> {
    if (given.length > mostMembers)
      throw badInput('memberIds', `Choose at most ${String(mostMembers)} members.`, 'TOO_MANY', {
        most: String(mostMembers),
      });
    const ids = [...new Set(given.map((id) => id.toLowerCase()))];
    const found = await this.members.membersByIds(tx, ids);
    if (found.length < ids.length) throw notFound('Member');
    if (found.some(({ role }) => role === Role.VIEWER))
      throw badInput('memberIds', 'Viewers cannot answer leads; choose others.', 'ASSIGNEE_VIEWER');
    return ids;
  }
}

function refuseEmpty({ mode, sources, memberIds }: AssignmentRule): void {
  if (mode === LeadAssignmentMode.OFF) return;
  if (memberIds.length === 0)
    throw badInput('memberIds', 'Choose at least one member who gets new leads.', 'ASSIGNEES_MISSING');
  if (sources.length === 0)
    throw badInput('sources', 'Choose at least one source whose leads are given to members.', 'LEAD_SOURCES_MISSING');
}

async function write(tx: WorkspaceTransaction, { mode, sources, memberIds }: AssignmentRule): Promise<void> {
  await tx.execute(sql`
    insert into lead_assignments (workspace_id, mode, sources) values (${tx.workspaceId}, ${mode}, ${sources}::text[])
    on conflict (workspace_id) do update set mode = excluded.mode, sources = excluded.sources`);
  await tx.execute(sql`
    delete from lead_assignees where workspace_id = ${tx.workspaceId} and not member_id = any (${memberIds}::uuid[])`);
  await tx.execute(sql`
    insert into lead_assignees (workspace_id, member_id)
    select ${tx.workspaceId}::uuid, id from unnest(${memberIds}::uuid[]) as chosen (id)
    on conflict (workspace_id, member_id) do nothing`);
}

function isGiven<Value>(value: Value): value is NonNullable<Value> {
  return value !== null && value !== undefined;
}
