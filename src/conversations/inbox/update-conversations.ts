import { Injectable } from '@nestjs/common';
import { Members, NotificationKind, Notifications } from '../../accounts/index.js';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, isUuid, sql } from '../../platform/database/index.js';
import { ErrorCode, badInput } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { type ConversationRow, conversationColumns } from '../conversation.row.js';
import { ConversationStatus, type Priority, priorities } from '../enums.js';
import { cleanTags } from '../tags.js';
import { assigneeOf } from './assignee-of.js';
import { type BulkChange, type Standing, standingAfter } from './bulk-change.js';
import { type ChangedConversation, FollowStatus } from './follow-status.js';
import { checkSnooze } from './set-conversation-status.js';

const most = 200;

/** What a member wants of many conversations; what is left out stays. */
export interface WantedChange {
  readonly status?: ConversationStatus | null | undefined;
  readonly snoozedUntil?: Date | null | undefined;
  readonly assigneeId?: string | null | undefined;
  readonly addTags?: readonly string[] | null | undefined;
  readonly removeTags?: readonly string[] | null | undefined;
  readonly priority?: Priority | null | undefined;
  readonly spam?: boolean | null | undefined;
}

/** What came of it: the conversations as they are now, in the order asked, and those that stayed as they were, with the reason. */
export interface BulkOutcome {
  readonly changed: readonly ConversationRow[];
  readonly refused: readonly { readonly id: string; readonly code: ErrorCode }[];
}

/** Changes many conversations at once, by as many statements as it takes to change two. */
@Injectable()
export class UpdateConversations {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly members: Members,
    private readonly notifications: Notifications,
    private readonly feed: LiveFeed,
    private readonly audit: AuditLog,
    private readonly follow: FollowStatus,
  ) {}

  async run(
    actor: MemberActor,
    origin: RequestOrigin,
    ids: readonly string[],
    wanted: WantedChange,
  ): Promise<BulkOutcome> {
    if (ids.length > most)
      throw badInput('ids', `At most ${String(most)} conversations are changed at once.`, 'TOO_MANY', {
        most: String(most),
      });
    const asked = new Map(ids.map((id) => [id.toLowerCase(), id]));
    const checked = check(wanted);
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const given = wanted.assigneeId;
      const assigneeId = given === undefined ? undefined : await assigneeOf(tx, this.members, given, 'assigneeId');
      const before = await lockAll(tx, [...asked.keys()]);
      const standings: Standing[] = [];
      const refused = new Map<string, ErrorCode>();
      for (const id of asked.keys()) {
        const row = before.get(id);
        const after = row === undefined ? ErrorCode.NOT_FOUND : standingAfter(row, { ...checked, assigneeId });
        if (typeof after === 'string') refused.set(id, after);
        else if (after !== null) standings.push(after);
      }
      const now = new Map([...before, ...(await this.change(tx, actor, origin, before, standings))]);
      return {
        changed: [...asked.keys()].flatMap((id) => (refused.has(id) ? [] : (now.get(id) ?? []))),
        refused: [...refused].map(([id, code]) => ({ id: asked.get(id) ?? id, code })),
      };
    });
  }

  private async change(
    tx: WorkspaceTransaction,
    actor: MemberActor,
    origin: RequestOrigin,
    before: ReadonlyMap<string, ConversationRow>,
    standings: readonly Standing[],
  ): Promise<Map<string, ConversationRow>> {
    if (standings.length === 0) return new Map();
    const after = await writeAll(tx, standings);
    const pairs = after.flatMap((row) => {
      const was = before.get(row.id);
      return was === undefined ? [] : [{ was, row }];
    });
    await this.follow.run(tx, pairs);
    for (const { was, row } of pairs) {
      this.feed.append(tx, { kind: 'ConversationChanged', ids: [row.id], conversationId: row.id });
      if (was.spam === row.spam) continue;
      const action = row.spam ? 'conversation.mark-spam' : 'conversation.unmark-spam';
      this.audit.record(tx, { actor, action, target: row.id, origin });
    }
    await this.tellAssignee(tx, actor, pairs);
    return new Map(after.map((row) => [row.id, row]));
  }

  /** One word for all of them; whoever takes conversations knows it. */
  private async tellAssignee(
    tx: WorkspaceTransaction,
    actor: MemberActor,
    pairs: readonly ChangedConversation[],
  ): Promise<void> {
    const assigned = pairs.filter(({ was, row }) => row.assigneeId !== was.assigneeId);
    const [first] = assigned;
    const memberId = first?.row.assigneeId ?? null;
    if (first === undefined || memberId === null || memberId === actor.memberId) return;
    const count = assigned.length;
    const conversationId = count === 1 ? first.row.id : null;
    await this.notifications.tell(tx, {
      kind: NotificationKind.ASSIGNED,
      memberIds: [memberId],
      conversationId,
      count,
    });
  }
}

function check(wanted: WantedChange): Omit<BulkChange, 'assigneeId'> {
  const status = wanted.status ?? undefined;
  const until = wanted.snoozedUntil ?? null;
  if (status === undefined && until !== null)
    throw badInput('snoozedUntil', 'A time to come back goes with the status SNOOZED only.');
  return {
    status,
    snoozedUntil: status === undefined ? null : checkSnooze(status, until),
    addTags: cleanTags(wanted.addTags ?? [], 'addTags'),
    removeTags: cleanTags(wanted.removeTags ?? [], 'removeTags'),
    priority:
      wanted.priority === null || wanted.priority === undefined ? undefined : priorities.indexOf(wanted.priority),
    spam: wanted.spam ?? undefined,
  };
}

/** Held until the end of the transaction, and taken in one order: two of these cannot wait for one another. */
async function lockAll(tx: WorkspaceTransaction, ids: readonly string[]): Promise<Map<string, ConversationRow>> {
  const rows = await tx.query<ConversationRow>(sql`
    select ${conversationColumns} from conversations c
     where c.workspace_id = ${tx.workspaceId} and c.id = any (${ids.filter(isUuid)}::uuid[])
     order by c.id for no key update`);
  return new Map(rows.map((row) => [row.id, row]));
}

function writeAll(tx: WorkspaceTransaction, standings: readonly Standing[]): Promise<ConversationRow[]> {
  // Whoever resolves it says that nobody waits any more; the next message of the customer begins anew.
  return tx.query<ConversationRow>(sql`
    update conversations c
       set status = n.status, snoozed_until = n."snoozedUntil", assignee_id = n."assigneeId", tags = n.tags, priority = n.priority,
           spam = n.spam,
           waiting_since = case when n.status = ${ConversationStatus.RESOLVED} and c.status <> n.status then null else c.waiting_since end
      from jsonb_to_recordset(${JSON.stringify(standings)}::jsonb)
           as n (id uuid, status text, "snoozedUntil" timestamptz, "assigneeId" uuid, tags text[], priority smallint, spam boolean)
     where c.workspace_id = ${tx.workspaceId} and c.id = n.id
    returning ${conversationColumns}`);
}
