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

type Listed = ContactRow & { readonly seen: string };
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
    const within = [sql`k.workspace_id = ${workspaceId}`, sql`k.merged_into is null`, ...found(listing.search)];
    if (after !== null) {
      within.push(sql`(k.last_seen_at, k.id) < (${after[0]}::timestamp at time zone 'utc', ${after[1]}::uuid)`);
    }
    const rows = await this.workspaces.read(workspaceId, (tx) => {
      const most = size + 1;
      const read = (contacts: Sql, conditions: readonly Sql[]) =>
        tx.query<Listed>(sql`
          select ${contactColumns}, ${timeText(sql`k.last_seen_at`)} as seen from ${contacts} k
           where ${joinSql(conditions, ' and ')} order by k.last_seen_at desc, k.id desc limit ${most}`);
      const { filter = null, tag: label = null } = listing;
      if (filter === null && label === null) return read(sql`contacts`, within);
      const tag = label?.replaceAll('\u0000', '').toWellFormed() ?? null;
      return this.asked.first(tx, { filter, tag }, { within, most, rows: read });
    });
    return pageOf(rows, size, (row) => encodeCursor(row.seen, row.id));
  }
}

/** Who is found by what was typed; nothing where nothing was. */
function found(search: string | null | undefined): Sql[] {
  const typed = search?.trim() ?? '';
  if (typed === '') return [];
  const query = contactQuery(typed);
  return [query === null ? sql`false` : sql`k.id = any (array(select search_contacts(${query}, ${searched})))`];
}

function isPlace(values: readonly unknown[]): values is Place {
  return values.length === 2 && isTimeText(values[0]) && isUuid(values[1]);
}
