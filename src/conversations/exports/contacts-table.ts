import { Injectable } from '@nestjs/common';
import { csvLine } from '../../platform/csv/index.js';
import { Workspaces, joinSql, sql } from '../../platform/database/index.js';
import { type ContactRow, contactColumns } from '../contact.row.js';
import { readFields } from '../contacts/fields/contact-field.row.js';
import { contactQuery } from '../text-query.js';

/** Which contacts, and how the file begins. */
export interface WantedContacts {
  readonly search: string | null;
  readonly tag: string | null;
  /** Whether a mark stands before it by which some table programs know UTF-8. */
  readonly mark: boolean;
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
  constructor(private readonly workspaces: Workspaces) {}

  async *lines(workspaceId: string, { search, tag, mark }: WantedContacts): AsyncGenerator<string> {
    const fields = (await this.workspaces.read(workspaceId, (tx) => readFields(tx))).filter(
      ({ removedAt }) => removedAt === null,
    );
    yield `${mark ? '\uFEFF' : ''}${csvLine([...columns, ...fields.map(({ name }) => name)])}`;
    const query = search === null ? null : contactQuery(search);
    const conditions = [
      sql`k.workspace_id = ${workspaceId} and k.merged_into is null`,
      ...(tag === null ? [] : [sql`${tag.replaceAll('\u0000', '').toWellFormed()} = any (k.tags)`]),
      ...(search === null ? [] : [sql`k.id = any (array(select search_contacts(${query ?? ''}, ${searched})))`]),
    ];
    if (search !== null && query === null) return;
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
