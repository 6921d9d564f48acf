import { Injectable } from '@nestjs/common';
import { Members } from '../../../accounts/index.js';
import { Channels } from '../../../channels/index.js';
import { type MemberActor, Permission, type RequestOrigin } from '../../../platform/access/index.js';
import { AuditLog } from '../../../platform/audit/index.js';
import {
  type WorkspaceTransaction,
  Workspaces,
  cleanInput,
  isUuid,
  newId,
  sql,
} from '../../../platform/database/index.js';
import { DomainError, ErrorCode, badInput, notFound } from '../../../platform/errors/index.js';
import { LiveFeed } from '../../../platform/live/index.js';
import { type ConversationFilter, ConversationOrder } from '../conversation-filter.input.js';
import { checkFilter } from './check-filter.js';
import type { SavedViewRow } from './saved-view.type.js';

/** What a member says of a view. */
export interface WantedView {
  readonly id: string | null | undefined;
  readonly name: string;
  readonly filter: ConversationFilter;
  readonly order: ConversationOrder | null | undefined;
  readonly shared: boolean | null | undefined;
}

const maxName = 60;
/** Of one member, and of the workspace. */
const maxViews = 50;
const columns = sql`v.id, v.member_id as "memberId", v.name, v.filter, v.sorting as "order"`;

/** Filters of the inbox under names: each member's own, and those that the workspace shares. */
@Injectable()
export class SavedViews {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly channels: Channels,
    private readonly members: Members,
    private readonly feed: LiveFeed,
    private readonly audit: AuditLog,
  ) {}

  /** The workspace's and the member's own, by name. */
  list({ workspaceId, memberId }: MemberActor): Promise<SavedViewRow[]> {
    return this.workspaces.read(workspaceId, (tx) =>
      tx.query<SavedViewRow>(sql`
        select ${columns} from saved_views v
         where v.workspace_id = ${workspaceId} and (v.member_id is null or v.member_id = ${memberId})
         order by v.member_id is not null, lower(v.name), v.id`),
    );
  }

  /** Makes one, or with an id changes that one. What is shared, before or after, is for those who look after content. */
  async save(actor: MemberActor, wanted: WantedView, origin: RequestOrigin): Promise<SavedViewRow> {
    const name = checkName(wanted.name);
    const owner = wanted.shared === true ? null : actor.memberId;
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const known = wanted.id === null || wanted.id === undefined ? null : await find(tx, actor, wanted.id);
      if (owner === null || known?.memberId === null) mayShare(actor);
      const filter = await checkFilter(tx, this.channels, this.members, wanted.filter);
      const id = known?.id ?? newId();
      await refuseTooMany(tx, id, owner);
      const row = await tx.first<SavedViewRow>(sql`
        insert into saved_views as v (workspace_id, id, member_id, name, filter, sorting)
        values (${tx.workspaceId}, ${id}, ${owner}, ${name}, ${JSON.stringify(filter)}::jsonb,
                ${wanted.order ?? ConversationOrder.LAST_ACTIVITY})
        on conflict (workspace_id, id) do update set
          member_id = excluded.member_id, name = excluded.name, filter = excluded.filter, sorting = excluded.sorting
        returning ${columns}`);
      if (row === null) throw new Error('An insert gave no row.');
      // Whoever had it as a shared one loses sight of it.
      const concerned = known?.memberId === null ? null : owner;
      this.tell(tx, actor, origin, 'saved-view.save', { id, memberId: concerned });
      return row;
    });
  }

  /** Removes one. */
  async remove(actor: MemberActor, id: string, origin: RequestOrigin): Promise<boolean> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const known = await find(tx, actor, id);
      if (known.memberId === null) mayShare(actor);
      await tx.execute(sql`delete from saved_views where workspace_id = ${tx.workspaceId} and id = ${known.id}`);
      this.tell(tx, actor, origin, 'saved-view.delete', known);
      return true;
    });
  }

  /** A member's own concerns nobody else; of what is shared everybody is told, and it is written down who did it. */
  private tell(
    tx: WorkspaceTransaction,
    actor: MemberActor,
    origin: RequestOrigin,
    action: string,
    { id, memberId }: Pick<SavedViewRow, 'id' | 'memberId'>,
  ): void {
    const told = { kind: 'WorkspaceChanged', detail: 'saved-views', ids: [id] };
    this.feed.append(tx, memberId === null ? told : { ...told, memberId });
    if (memberId === null) this.audit.record(tx, { actor, action, target: id, origin });
  }
}

/** Another member's own is as one that never was. */
async function find(tx: WorkspaceTransaction, { memberId }: MemberActor, id: string): Promise<SavedViewRow> {
  const row = isUuid(id)
    ? await tx.first<SavedViewRow>(sql`
        select ${columns} from saved_views v
         where v.workspace_id = ${tx.workspaceId} and v.id = ${id} and (v.member_id is null or v.member_id = ${memberId})
           for update`)
    : null;
  if (row === null) throw notFound('View');
  return row;
}

/** One at a time in a workspace, so that two who save at the same moment are both counted. */
async function refuseTooMany(tx: WorkspaceTransaction, id: string, owner: string | null): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`saved-views ${tx.workspaceId}`}, 0))`);
  const row = await tx.first<{ others: number }>(sql`
    select count(*)::int as others from saved_views
     where workspace_id = ${tx.workspaceId} and id <> ${id} and member_id is not distinct from ${owner}`);
  if ((row?.others ?? 0) < maxViews) return;
  const whose = owner === null ? 'A workspace shares' : 'You have';
  throw new DomainError(ErrorCode.CONFLICT, `${whose} at most ${String(maxViews)} views. Delete one first.`, {
    reason: 'VIEWS_MANY',
    values: { most: String(maxViews) },
  });
}

function mayShare({ permissions }: MemberActor): void {
  if (!permissions.has(Permission.ManageContent))
    throw new DomainError(
      ErrorCode.FORBIDDEN,
      'Your role has views of its own and does not change those that are shared.',
      { reason: 'VIEWS_SHARED' },
    );
}

function checkName(given: string): string {
  const name = cleanInput(given).replace(/\s+/gu, ' ');
  if (name === '') throw badInput('name', 'Give the view a name.', 'NAME_MISSING');
  if (name.length > maxName)
    throw badInput('name', `A name has at most ${String(maxName)} characters.`, 'TOO_LONG', { most: String(maxName) });
  return name;
}
