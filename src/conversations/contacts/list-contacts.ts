import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { type Sql, Workspaces, isUuid, joinSql, sql } from '../../platform/database/index.js';
import { decodeCursor, encodeCursor, pageOf, pageSize } from '../../platform/graphql/index.js';
import { type ContactRow, contactColumns } from '../contact.row.js';
import { contactQuery } from '../text-query.js';
import { isTimeText, timeText } from '../time-text.js';
import type { ContactFilter } from './segments/contact-filter.input.js';
import { AskedFilter } from './segments/asked-filter.js';

export interface ContactListing {
  readonly search?: string | null | undefined;
  readonly tag?: string | null | undefined;
  readonly filter?: ContactFilter | null | undefined;
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

type Place = readonly [seen: string, id: string];

const searched = 1_000;

/** The workspace's contacts, whoever was last heard of first. */
@Injectable()
export class ListContacts {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly asked: AskedFilter,
  ) {}

  async run({ workspaceId }: MemberActor, listing: ContactListing) {
    const size = pageSize(listing.first, 25);
    const after = decodeCursor(listing.after, isPlace);
    const conditions = [sql`k.workspace_id = ${workspaceId}`, sql`k.merged_into is null`, ...filters(listing)];
    if (after !== null) {
      conditions.push(sql`(k.last_seen_at, k.id) < (${after[0]}::timestamp at time zone 'utc', ${after[1]}::uuid)`);
    }
    const rows = await this.workspaces.read(workspaceId, async (tx) => {
      const wanted = listing.filter ? await this.asked.conditions(tx, listing.filter) : [];
      return tx.query<ContactRow & { seen: string }>(sql`
        select ${contactColumns}, ${timeText(sql`k.last_seen_at`)} as seen from contacts k
         where ${joinSql([...conditions, ...wanted], ' and ')} order by k.last_seen_at desc, k.id desc limit ${size + 1}`);
    });
    return pageOf(rows, size, (row) => encodeCursor(row.seen, row.id));
  }
}

function filters({ search, tag }: ContactListing): Sql[] {
  const conditions: Sql[] = [];
  if (tag !== null && tag !== undefined)
    conditions.push(sql`${tag.replaceAll('\u0000', '').toWellFormed()} = any (k.tags)`);
  const typed = search?.trim() ?? '';
  if (typed !== '') {
    const query = contactQuery(typed);
    conditions.push(
      query === null ? sql`false` : sql`k.id = any (array(select search_contacts(${query}, ${searched})))`,
    );
  }
  return conditions;
}

function isPlace(values: readonly unknown[]): values is Place {
  return values.length === 2 && isTimeText(values[0]) && isUuid(values[1]);
}
