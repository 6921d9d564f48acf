import { Injectable } from '@nestjs/common';
import { contactQuery, isTimeText, timeText } from '../../conversations/index.js';
import type { MemberActor } from '../../platform/access/index.js';
import { type Sql, Workspaces, isUuid, joinSql, sql } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { decodeCursor, encodeCursor, pageOf, pageSize } from '../../platform/graphql/index.js';
import { emailOf, phoneOf } from '../capture/clean-details.js';
import { type LeadRow, leadColumns } from '../lead.row.js';
import type { LeadFilter } from './lead-filter.input.js';

export interface LeadListing {
  readonly filter?: LeadFilter | null | undefined;
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** A lead with its place in the list, to the microsecond. */
export type PlacedLead = LeadRow & { readonly placed: string };
export type LeadPlace = readonly [created: string, id: string];

/** So many of the contacts that words find are looked for among the leads. */
const searched = 1_000;

/** The leads that a filter lets through, the newest first. */
@Injectable()
export class ListLeads {
  constructor(private readonly workspaces: Workspaces) {}

  async run({ workspaceId }: MemberActor, { filter, first, after }: LeadListing) {
    const size = pageSize(first, 25);
    const place = decodeCursor(after, isLeadPlace);
    const where = joinSql(
      [sql`l.workspace_id = ${workspaceId}`, ...leadConditions(filter ?? {}), afterPlace(place)],
      ' and ',
    );
    const rows = await this.workspaces.read(workspaceId, (tx) =>
      tx.query<PlacedLead>(sql`
        select ${leadColumns}, ${timeText(sql`l.created_at`)} as placed from leads l
         where ${where} order by l.created_at desc, l.id desc limit ${size + 1}`),
    );
    return pageOf(rows, size, leadCursor);
  }
}

/** Where a list of leads goes on after this one. */
export function leadCursor({ placed, id }: PlacedLead): string {
  return encodeCursor(placed, id);
}

/** The condition on `leads l` that a page goes on after a place. */
export function afterPlace(place: LeadPlace | null): Sql {
  if (place === null) return sql`true`;
  return sql`(l.created_at, l.id) < (${place[0]}::timestamp at time zone 'utc', ${place[1]}::uuid)`;
}

/** Whether values of a cursor are a place in a list of leads. */
export function isLeadPlace(values: readonly unknown[]): values is LeadPlace {
  return values.length === 2 && isTimeText(values[0]) && isUuid(values[1]);
}

/** The conditions on `leads l` that a filter asks for. */
export function leadConditions({ status, source, ownerId, unassigned, tag, search, createdAfter }: LeadFilter): Sql[] {
  const found: Sql[] = [];
  if (isGiven(status)) found.push(sql`l.status = any (${status}::text[])`);
  if (isGiven(source)) found.push(sql`l.source = any (${source}::text[])`);
  if (isGiven(ownerId)) found.push(isUuid(ownerId) ? sql`l.owner_id = ${ownerId.toLowerCase()}` : sql`false`);
  if (isGiven(unassigned)) found.push(unassigned ? sql`l.owner_id is null` : sql`l.owner_id is not null`);
  if (isGiven(tag)) found.push(sql`${tag.replaceAll('\u0000', '').toWellFormed()} = any (l.tags)`);
  if (isGiven(createdAfter)) found.push(sql`l.created_at > ${timeOf(createdAfter)}`);
  const typed = search?.trim() ?? '';
  if (typed !== '') found.push(matching(typed));
  return found;
}

/** By the contact as contacts are searched; by the address or number of the lead itself, if that is what was typed. */
function matching(typed: string): Sql {
  const query = contactQuery(typed);
  const [email, phone] = [emailOf(typed), phoneOf(typed)];
  const ways = [
    ...(query === null ? [] : [sql`l.contact_id = any (array(select search_contacts(${query}, ${searched})))`]),
    ...(email === null ? [] : [sql`l.email = ${email}`]),
    ...(phone === null ? [] : [sql`l.phone = ${phone}`]),
  ];
  return ways.length === 0 ? sql`false` : sql`(${joinSql(ways, ' or ')})`;
}

function timeOf(createdAfter: Date): Date {
  if (Number.isNaN(createdAfter.getTime())) throw badInput('createdAfter', 'This is no time.');
  return createdAfter;
}

function isGiven<Value>(value: Value): value is NonNullable<Value> {
  return value !== null && value !== undefined;
}
