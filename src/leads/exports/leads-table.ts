import { Injectable } from '@nestjs/common';
import { Members } from '../../accounts/index.js';
import { timeText } from '../../conversations/index.js';
import { csvLine } from '../../platform/csv/index.js';
import { type Sql, Workspaces, joinSql, sql } from '../../platform/database/index.js';
import { type LeadRow, leadColumns } from '../lead.row.js';
import type { LeadFilter } from '../listing/lead-filter.input.js';
import { type LeadPlace, type PlacedLead, afterPlace, leadConditions } from '../listing/list-leads.js';

/** Which leads, and how the file begins. */
export interface WantedLeads {
  readonly filter: LeadFilter;
  /** Whether a mark stands before it by which some table programs know UTF-8. */
  readonly mark: boolean;
}

const pageRows = 1_000;
const mostAnswers = 100;
const columns = [
  'id',
  'createdAt',
  'status',
  'source',
  'name',
  'email',
  'phone',
  'company',
  'message',
  'tags',
  'owner',
  'formId',
  'adId',
  'campaignId',
  'answerOnly',
  'test',
  'consents',
] as const;

/** Leads as a table, the newest first as in their list, page by page: it takes the memory of one page. */
@Injectable()
export class LeadsTable {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly members: Members,
  ) {}

  async *lines(workspaceId: string, { filter, mark }: WantedLeads): AsyncGenerator<string> {
    const where = joinSql([sql`l.workspace_id = ${workspaceId}`, ...leadConditions(filter)], ' and ');
    const answers = await this.answers(workspaceId, where);
    const owners = await this.owners(workspaceId);
    yield `${mark ? '\uFEFF' : ''}${csvLine([...columns, ...answers])}`;
    for (let place: LeadPlace | null = null; ;) {
      const from: LeadPlace | null = place;
      const rows: PlacedLead[] = await this.workspaces.read(workspaceId, (tx) =>
        tx.query<PlacedLead>(sql`
          select ${leadColumns}, ${timeText(sql`l.created_at`)} as placed from leads l
           where ${where} and ${afterPlace(from)} order by l.created_at desc, l.id desc limit ${pageRows}`),
      );
      if (rows.length > 0)
        yield rows
          .map((row) => csvLine([...cellsOf(row, owners), ...answers.map((name) => words(row.fields[name]))]))
          .join('');
      const last = rows.at(-1);
      if (last === undefined || rows.length < pageRows) return;
      place = [last.placed, last.id];
    }
  }

  /** The questions that were answered most often: each has a column. */
  private async answers(workspaceId: string, where: Sql): Promise<string[]> {
    const rows = await this.workspaces.read(workspaceId, (tx) =>
      tx.query<{ question: string }>(sql`
        select asked.question from leads l, jsonb_object_keys(l.fields) as asked (question)
         where ${where} group by asked.question order by count(*) desc, asked.question limit ${mostAnswers}`),
    );
    return rows.map(({ question }) => question);
  }

  private async owners(workspaceId: string): Promise<ReadonlyMap<string, string>> {
    const members = await this.workspaces.read(workspaceId, (tx) => this.members.allMembers(tx));
    return new Map(members.map(({ id, name }) => [id, name]));
  }
}

function cellsOf(row: LeadRow, owners: ReadonlyMap<string, string>): unknown[] {
  const { ownerId, createdAt, tags, consents } = row;
  const said = {
    ...row,
    createdAt: createdAt.toISOString(),
    tags: tags.join('; '),
    owner: ownerId === null ? '' : (owners.get(ownerId) ?? ''),
    consents: consents.map(({ text, given }) => `${given ? '[x]' : '[ ]'} ${text}`).join('; '),
  };
  return columns.map((column) => said[column]);
}

function words(value: unknown): unknown {
  return Array.isArray(value) ? value.join('; ') : value;
}
