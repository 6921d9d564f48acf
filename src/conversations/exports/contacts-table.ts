import { Injectable } from '@nestjs/common';
import { csvLine } from '../../platform/csv/index.js';
import { type Sql, Workspaces, joinSql, sql } from '../../platform/database/index.js';
import { type ContactRow, contactColumns } from '../contact.row.js';
import { readFields } from '../contacts/fields/contact-field.row.js';
import { Segments } from '../contacts/segments/segments.js';
import { contactQuery } from '../text-query.js';

/** Which contacts: all of it must hold, and null does not matter. */
export interface WantedContacts {
  readonly search: string | null;
  readonly tag: string | null;
  /** The id of a segment. */
  readonly segment: string | null;
}

type Row = ContactRow & { readonly answerOnly: boolean };

const pageRows = 1_000;
const searched = 1_000;
const beforeAll = '00000000-0000-0000-0000-000000000000';
const columns = [
  'id',
  'name',
  'emails',
  'phones',
  'language',
  'tags',
  'blocked',
  'automationObjected',
  'processingRestricted',
  'answerOnly',
  'firstSeenAt',
  'lastSeenAt',
] as const;

/** Contacts as a table, in the order in which they were met, page by page: it takes the memory of one page. */
@Injectable()
export class ContactsTable {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly segments: Segments,
  ) {}

  /** What is asked of `contacts k`; throws NOT_FOUND for a segment that is not here. */
  async find(workspaceId: string, { search, tag, segment }: WantedContacts): Promise<readonly Sql[]> {
    const query = search === null ? null : contactQuery(search);
    const met =
      segment === null ? [] : await this.workspaces.read(workspaceId, (tx) => this.segments.conditions(tx, segment));
    return [
      sql`k.workspace_id = ${workspaceId} and k.merged_into is null`,
      ...(tag === null ? [] : [sql`${tag.replaceAll('\u0000', '').toWellFormed()} = any (k.tags)`]),
      ...(query === null ? [] : [sql`k.id = any (array(select search_contacts(${query}, ${searched})))`]),
      // Words of which none can be looked for find nobody.
      ...(search !== null && query === null ? [sql`false`] : []),
      ...met,
    ];
  }

  /** The table of those who meet conditions; `mark`: it begins with what some table programs know UTF-8 by. */
  async *lines(workspaceId: string, conditions: readonly Sql[], mark: boolean): AsyncGenerator<string> {
    const fields = (await this.workspaces.read(workspaceId, (tx) => readFields(tx))).filter(
      ({ removedAt }) => removedAt === null,
    );
    yield `${mark ? '\uFEFF' : ''}${csvLine([...columns, ...fields.map(({ name }) => name)])}`;
    for (let after = beforeAll; ;) {
      const from = after;
      const rows = await this.workspaces.read(workspaceId, (tx) =>
        tx.query<Row>(sql`
          select ${contactColumns}, k.answer_only as "answerOnly" from contacts k
           where ${joinSql(conditions, ' and ')} and k.id > ${from} order by k.id limit ${pageRows}`),
      );
      if (rows.length > 0)
        yield rows.map((row) => csvLine([...cellsOf(row), ...fields.map(({ key }) => row.customFields[key])])).join('');
      const last = rows.at(-1);
      if (last === undefined || rows.length < pageRows) return;
      after = last.id;
    }
  }
}

function cellsOf(row: Row): unknown[] {
  return columns.map((column) => {
    const value = row[column];
    if (value instanceof Date) return value.toISOString();
    return typeof value === 'object' && value !== null ? value.join('; ') : value;
  });
}
