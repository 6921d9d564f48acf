import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { type Sql, Workspaces, isUuid, joinSql, sql, sqlNumber } from '../../platform/database/index.js';
import { decodeCursor, encodeCursor, pageOf, pageSize } from '../../platform/graphql/index.js';
import { type ConversationRow, conversationColumns } from '../conversation.row.js';
import { ConversationStatus } from '../enums.js';
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

  /**
   * One statement: the page off the indexes of its order, each read for a page at most,
   * and with it, for the page alone, those of the relations that are asked for.
   */
  async run(member: MemberActor, listing: ConversationListing, relations: Relations = noRelations) {
    const size = pageSize(listing.first, 25);
    const order = listing.order ?? ConversationOrder.LAST_ACTIVITY;
    const after = decodeCursor(listing.after, (values): values is Place => isPlace(values, order));
    const where = joinSql(
      [sql`c.workspace_id = ${member.workspaceId}`, ...conversationConditions(listing.filter ?? {}, member.memberId)],
      ' and ',
    );
    const page = statements[order]({ where, indexes: indexesOf(listing.filter ?? {}) }, after, sqlNumber(size + 1));
    const statement = withRelations(page, relations, member);
    const rows = await this.workspaces.read(member.workspaceId, (tx) => tx.parts<ListedConversation>(statement));
    return pageOf(rows, size, ({ row }) => encodeCursor(...placeOf(row, order)));
  }
}

const placed = sql`${conversationColumns},
  ${timeText(sql`c.last_activity_at`)} as activity, ${timeText(sql`c.waiting_since`)} as waiting`;

/** What is asked for, and the conditions of the indexes by activity in which it can be. */
interface Asked {
  readonly where: Sql;
  readonly indexes: readonly Sql[];
}

/** Conversations that are open and those that are not have an index each. */
function indexesOf({ status, spam }: ConversationFilter): readonly Sql[] {
  // Spam is in neither.
  if (spam === true) return [sql`true`];
  const asked = status ?? Object.values(ConversationStatus);
  return [
    ...(asked.includes(ConversationStatus.OPEN) ? [sql`c.status = 'OPEN'`] : []),
    ...(asked.some((one) => one !== ConversationStatus.OPEN) ? [sql`c.status <> 'OPEN'`] : []),
  ];
}

const statements: Record<ConversationOrder, (asked: Asked, after: Place | null, limit: Sql) => Sql> = {
  [ConversationOrder.LAST_ACTIVITY]: byActivity,
  [ConversationOrder.WAITING_LONGEST]: byWaiting,
  [ConversationOrder.PRIORITY]: byPriority,
};

function byActivity({ where, indexes }: Asked, after: Place | null, limit: Sql): Sql {
  const parts = indexes.map(
    (index) => sql`
      select ${placed} from conversations c
       where ${where} and ${index} ${after === null ? sql`` : sql`and (c.last_activity_at, c.id) < (${timeOf(after)}, ${after[4]}::uuid)`}
       order by c.last_activity_at desc, c.id desc limit ${limit}`,
  );
  const [only, other] = parts;
  if (only === undefined) return sql`select ${placed} from conversations c where false`;
  if (other === undefined) return only;
  return sql`
    select p.* from ((${only}) union all (${other})) p order by p."lastActivityAt" desc, p.id desc limit ${limit}`;
}

function byWaiting({ where, indexes }: Asked, after: Place | null, limit: Sql): Sql {
  const rest = (from: Place | null) =>
    byActivity({ where: sql`${where} and c.waiting_since is null`, indexes }, from, limit);
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

function byPriority({ where, indexes }: Asked, after: Place | null, limit: Sql): Sql {
  const rest = (from: Place | null) => byActivity({ where: sql`${where} and c.priority = 0`, indexes }, from, limit);
  if (after?.[2] === 0) return rest(after);
  const raised = sql`
    select ${placed} from conversations c
     where ${where} and c.priority > 0
       ${after === null ? sql`` : sql`and (c.priority, c.last_activity_at, c.id) < (${after[2]}::smallint, ${timeOf(after)}, ${after[4]}::uuid)`}
     order by c.priority desc, c.last_activity_at desc, c.id desc limit ${limit}`;
  return sql`
    select p.* from ((${raised}) union all (${rest(null)})) p
     order by p.priority desc, p."lastActivityAt" desc, p.id desc limit ${limit}`;
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
