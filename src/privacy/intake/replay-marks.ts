import { Injectable } from '@nestjs/common';
import { MarkContacts } from '../../conversations/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import type { JournalKind, JournalRecord } from '../journal/journal-entry.js';
import { PutBackRequests } from './put-back-requests.js';
import type { JournalledMarks } from './request-journal.js';

const marksOf: Partial<Record<JournalKind, JournalledMarks>> = {
  restriction: { processingRestricted: true },
  'restriction-lifted': { processingRestricted: false },
  objection: { automationObjected: true },
};

/** Marks contacts again as the law has it, by the entries of the journal, and settles the requests that asked for it. */
@Injectable()
export class ReplayMarks {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly marks: MarkContacts,
    private readonly requests: PutBackRequests,
  ) {}

  /** False for an entry of another kind, and where none of the contacts is in the backup. */
  async run({ kind, workspaceId, ids: { contactIds = [], requestId } }: JournalRecord): Promise<boolean> {
    const marks = marksOf[kind];
    if (marks === undefined || workspaceId === null) return false;
    return this.workspaces.run(workspaceId, async (tx) => {
      const there = await standing(tx, typeof contactIds === 'string' ? [contactIds] : contactIds);
      if (there.length > 0) await this.marks.run(tx, there, marks);
      if (typeof requestId === 'string') await this.requests.settle(tx, requestId);
      return there.length > 0;
    });
  }
}

async function standing(tx: WorkspaceTransaction, contactIds: readonly string[]): Promise<string[]> {
  // In the backup they may stand merged into somebody: what holds for one holds for both.
  const rows = await tx.query<{ id: string }>(sql`
    select distinct coalesce(merged_into, id) as id from contacts
     where workspace_id = ${tx.workspaceId} and id = any (${[...contactIds]}::uuid[])`);
  return rows.map(({ id }) => id);
}
