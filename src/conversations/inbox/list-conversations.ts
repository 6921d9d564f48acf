import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { type Sql, Workspaces, isUuid, joinSql, sql, sqlNumber } from '../../platform/database/index.js';
import { decodeCursor, encodeCursor, pageOf, pageSize } from '../../platform/graphql/index.js';
import { type ConversationRow, conversationColumns } from '../conversation.row.js';
import { isTimeText, timeText } from '../time-text.js';
import { conversationConditions } from './conversation-conditions.js';
import { type ConversationFilter, ConversationOrder } from './conversation-filter.input.js';
import { type RelatedRows, type Relations, noRelations, withRelations } from './conversation-relations.js';

/** Where a row stands: what the order compares, written so that a microsecond is not lost on the way. */
export interface PlacedConversation extends ConversationRow {
  readonly activity: string;
  readonly waiting: string | null;
}

/** A row of the page, with the relations that were asked for. */
export interface ListedConversation extends RelatedRows {
  readonly row: PlacedConversation;
}

export interface ConversationListing {
  readonly filter?: ConversationFilter | null | undefined;
  readonly order?: ConversationOrder | null | undefined;
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** The order, the kind of place (`w` waits, `a` does not or does not matter), the value to go on after, the id. */
type Place = readonly [order: ConversationOrder, part: 'w' | 'a', priority: number, time: string, id: string];

/** The inbox: the conversations that a filter lets through, a page at a time. */
@Injectable()
export class ListConversations {
  constructor(private readonly workspaces: Workspaces) {}

  /** One statement: the page off one index, and with it, for the page alone, those of the relations that are asked for. */
  async run(member: MemberActor, listing: ConversationListing, relations: Relations = noRelations) {
    const size = pageSize(listing.first, 25);
    const order = listing.order ?? ConversationOrder.LAST_ACTIVITY;
    const after = decodeCursor(listing.after, (values): values is Place => isPlace(values, order));
    const where = joinSql(
      [sql`c.workspace_id = ${member.workspaceId}`, ...conversationConditions(listing.filter ?? {}, member.memberId)],
      ' and ',
    );
    const statement = withRelations(statements[order](where, after, sqlNumber(size + 1)), relations, member);
    const rows = await this.workspaces.read(member.workspaceId, (tx) => tx.parts<ListedConversation>(statement));
    return pageOf(rows, size, ({ row }) => encodeCursor(...placeOf(row, order)));
  }
}

const placed = sql`${conversationColumns},
  ${timeText(sql`c.last_activity_at`)} as activity, ${timeText(sql`c.waiting_since`)} as waiting`;

const statements: Record<ConversationOrder, (where: Sql, after: Place | null, limit: Sql) => Sql> = {
  [ConversationOrder.LAST_ACTIVITY]: byActivity,
  [ConversationOrder.WAITING_LONGEST]: byWaiting,
  [ConversationOrder.PRIORITY]: (where, after, limit) => sql`
    select ${placed} from conversations c
     where ${where} ${after === null ? sql`` : sql`and (c.priority, c.last_activity_at, c.id) < (${after[2]}::smallint, ${timeOf(after)}, ${after[4]}::uuid)`}
     order by c.priority desc, c.last_activity_at desc, c.id desc limit ${limit}`,
};

function byActivity(where: Sql, after: Place | null, limit: Sql): Sql {
  return sql`
    select ${placed} from conversations c
     where ${where} ${after === null ? sql`` : sql`and (c.last_activity_at, c.id) < (${timeOf(after)}, ${after[4]}::uuid)`}
     order by c.last_activity_at desc, c.id desc limit ${limit}`;
}

function byWaiting(where: Sql, after: Place | null, limit: Sql): Sql {
  const rest = (from: Place | null) => byActivity(sql`${where} and c.waiting_since is null`, from, limit);
  if (after?.[1] === 'a') return rest(after);
  const waiting = sql`
    select ${placed} from conversations c
     where ${where} and c.waiting_since is not null
       ${after === null ? sql`` : sql`and (c.waiting_since, c.id) > (${timeOf(after)}, ${after[4]}::uuid)`}
     order by c.waiting_since, c.id limit ${limit}`;
  // Each part comes off its own index, already cut to a page; only what is left is sorted.
  return sql`
    select p.* from (select w.*, 0 as part from (${waiting}) w union all select r.*, 1 as part from (${rest(null)}) r) p
     order by p.part, p.waiting, case when p.waiting is null then p.activity end desc,
              case when p.waiting is not null then p.id end, p.id desc limit ${limit}`;
}

function timeOf(place: Place): Sql {
  return sql`(${place[3]}::timestamp at time zone 'utc')`;
}

function placeOf(row: PlacedConversation, order: ConversationOrder): Place {
  const waits = order === ConversationOrder.WAITING_LONGEST && row.waiting !== null;
  return [order, waits ? 'w' : 'a', row.priority, waits ? (row.waiting ?? row.activity) : row.activity, row.id];
}

function isPlace(values: readonly unknown[], order: ConversationOrder): boolean {
  const [of, part, priority, time, id] = values;
  return (
    values.length === 5 &&
    of === order &&
    (part === 'a' || (part === 'w' && order === ConversationOrder.WAITING_LONGEST)) &&
    typeof priority === 'number' &&
    Number.isInteger(priority) &&
    priority >= 0 &&
    priority <= 4 &&
    isTimeText(time) &&
    isUuid(id)
  );
}
