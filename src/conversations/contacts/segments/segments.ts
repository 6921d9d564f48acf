import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../../platform/access/index.js';
import { AuditLog } from '../../../platform/audit/index.js';
import {
  type Sql,
  type WorkspaceTransaction,
  Workspaces,
  cleanInput,
  emptySql,
  isUuid,
  newId,
  sql,
} from '../../../platform/database/index.js';
import { DomainError, ErrorCode, badInput, notFound } from '../../../platform/errors/index.js';
import { LiveFeed } from '../../../platform/live/index.js';
import { AskedFilter } from './asked-filter.js';
import type { ContactFilter } from './contact-filter.input.js';
import type { SegmentRow } from './segment.type.js';

/** What a member says of a segment. */
export interface WantedSegment {
  readonly id: string | null | undefined;
  readonly name: string;
  readonly filter: ContactFilter;
}

const maxName = 60;
const maxSegments = 100;
const columns = sql`s.id, s.name, s.filter`;

/** Filters of contacts that a workspace keeps under names. */
@Injectable()
export class Segments {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly asked: AskedFilter,
    private readonly feed: LiveFeed,
    private readonly audit: AuditLog,
  ) {}

  /** All of them, by name. */
  list({ workspaceId }: MemberActor): Promise<SegmentRow[]> {
    return this.workspaces.read(workspaceId, (tx) =>
      tx.query<SegmentRow>(sql`
        select ${columns} from contact_segments s where s.workspace_id = ${workspaceId} order by lower(s.name), s.id`),
    );
  }

  /** How many contacts a filter finds. */
  count({ workspaceId }: MemberActor, filter: ContactFilter | null | undefined): Promise<number> {
    return this.workspaces.read(workspaceId, async (tx) =>
      this.asked.count(tx, filter ? await this.asked.conditions(tx, filter) : []),
    );
  }

  /** Participant. What a segment asks of `contacts k`; throws NOT_FOUND for one that is not here. */
  async conditions(tx: WorkspaceTransaction, id: string): Promise<Sql[]> {
    const { filter } = await find(tx, id, emptySql);
    return this.asked.kept(tx, filter);
  }

  /** Makes one, or with an id changes that one. */
  async save(actor: MemberActor, wanted: WantedSegment, origin: RequestOrigin): Promise<SegmentRow> {
    const name = checkName(wanted.name);
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const id = wanted.id === null || wanted.id === undefined ? newId() : (await find(tx, wanted.id)).id;
      await refuseTooMany(tx, id);
      const filter = await this.asked.checked(tx, wanted.filter);
      const row = await tx.first<SegmentRow>(sql`
        insert into contact_segments as s (workspace_id, id, name, filter)
        values (${tx.workspaceId}, ${id}, ${name}, ${JSON.stringify(filter)}::jsonb)
        on conflict (workspace_id, id) do update set name = excluded.name, filter = excluded.filter
        returning ${columns}`);
      if (row === null) throw new Error('An insert gave no row.');
      this.tell(tx, actor, origin, 'segment.save', id);
      return row;
    });
  }

  /** Removes one; its contacts stay. */
  async remove(actor: MemberActor, id: string, origin: RequestOrigin): Promise<boolean> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const known = await find(tx, id);
      await tx.execute(sql`delete from contact_segments where workspace_id = ${tx.workspaceId} and id = ${known.id}`);
      this.tell(tx, actor, origin, 'segment.delete', known.id);
      return true;
    });
  }

  private tell(
    tx: WorkspaceTransaction,
    actor: MemberActor,
    origin: RequestOrigin,
    action: string,
    target: string,
  ): void {
    this.feed.append(tx, { kind: 'WorkspaceChanged', detail: 'segments', ids: [target] });
    this.audit.record(tx, { actor, action, target, origin });
  }
}

async function find(tx: WorkspaceTransaction, id: string, lock = sql`for update`): Promise<SegmentRow> {
  const row = isUuid(id)
    ? await tx.first<SegmentRow>(sql`
        select ${columns} from contact_segments s where s.workspace_id = ${tx.workspaceId} and s.id = ${id} ${lock}`)
    : null;
  if (row === null) throw notFound('Segment');
  return row;
}

/** One at a time in a workspace, so that two who save at the same moment are both counted, and no field goes meanwhile. */
async function refuseTooMany(tx: WorkspaceTransaction, id: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`contact-fields ${tx.workspaceId}`}, 0))`);
  const row = await tx.first<{ others: number }>(sql`
    select count(*)::int as others from contact_segments where workspace_id = ${tx.workspaceId} and id <> ${id}`);
  if ((row?.others ?? 0) < maxSegments) return;
  throw new DomainError(
    ErrorCode.CONFLICT,
    `A workspace has at most ${String(maxSegments)} segments. Delete one first.`,
    { reason: 'SEGMENTS_MANY', values: { most: String(maxSegments) } },
  );
}

function checkName(given: string): string {
  const name = cleanInput(given).replace(/\s+/gu, ' ');
  if (name === '') throw badInput('name', 'Give the segment a name.', 'NAME_MISSING');
  if (name.length > maxName)
    throw badInput('name', `A name has at most ${String(maxName)} characters.`, 'TOO_LONG', { most: String(maxName) });
  return name;
}
