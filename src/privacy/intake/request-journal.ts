import { Injectable } from '@nestjs/common';
import type { SystemTransaction, WorkspaceTransaction } from '../../platform/database/index.js';
import { Journal } from '../journal/journal.js';
import type { JournalKind, JournalRecord } from '../journal/journal-entry.js';
import { RequestCodes } from './request-codes.js';
import type { RequestRow } from './request.row.js';

/** What the law lets a person ask to be left out of, as it is written down. */
export interface JournalledMarks {
  readonly processingRestricted?: boolean;
  readonly automationObjected?: boolean;
}

/**
 * Writes into the journal outside the database what was asked for, and of whom data may not be used any more: no restore
 * forgets a request, or uses again what somebody objected to. Ids and digests alone; what was written is in no entry.
 */
@Injectable()
export class RequestJournal {
  constructor(
    private readonly journal: Journal,
    private readonly codes: RequestCodes,
  ) {}

  /** Participant. A request came, or came to a workspace. */
  async received(tx: WorkspaceTransaction | SystemTransaction, row: RequestRow): Promise<void> {
    const ids = {
      requestId: row.id,
      code: this.codes.digestOf(row.code),
      asked: row.kind,
      door: row.origin,
      language: row.language,
      due: String(row.dueAt.getTime()),
      contactIds: row.contactIds,
      ...(row.law !== null && { law: row.law }),
      ...(row.onBehalfOf && { onBehalfOf: 'yes' }),
      ...(row.minor && { minor: 'yes' }),
      ...(row.userId !== null && { userId: row.userId }),
    };
    const record = { kind: 'request-received' as const, workspaceId: row.workspaceId, ids, at: row.receivedAt };
    if ('workspaceId' in tx) this.write(tx, record);
    // Outside the workspaces nothing waits for the commit: it is written at once, and a request too many does no harm.
    else await this.journal.append(record);
  }

  /** Participant. Contacts were marked as the law has it, for a request or by a member. */
  marked(
    tx: WorkspaceTransaction,
    contactIds: readonly string[],
    marks: JournalledMarks,
    requestId: string | null = null,
  ): void {
    const ids = { contactIds, ...(requestId !== null && { requestId }) };
    for (const kind of kindsOf(marks)) this.write(tx, { kind, workspaceId: tx.workspaceId, ids, at: new Date() });
  }

  private write(tx: WorkspaceTransaction, record: JournalRecord): void {
    tx.beforeCommit(async () => void (await this.journal.append(record)));
  }
}

function kindsOf({ processingRestricted, automationObjected }: JournalledMarks): JournalKind[] {
  const kinds: JournalKind[] = [];
  if (processingRestricted !== undefined) kinds.push(processingRestricted ? 'restriction' : 'restriction-lifted');
  if (automationObjected === true) kinds.push('objection');
  return kinds;
}
