import { Injectable } from '@nestjs/common';
import type { SystemTransaction, WorkspaceTransaction } from '../../platform/database/index.js';
import { Journal } from '../journal/journal.js';
import type { JournalKind, JournalRecord } from '../journal/journal-entry.js';
import { journalledState } from './journalled-state.js';
import { RequestCodes } from './request-codes.js';
import type { RequestRow } from './request.row.js';

/** What the law lets a person ask to be left out of, as it is written down. */
export interface JournalledMarks {
  readonly processingRestricted?: boolean;
  readonly automationObjected?: boolean;
}

/**
 * Writes into the journal outside the database what was asked for, what became of it, and of whom data may not be used any
 * more: no restore forgets a request, opens a settled one, or uses again what somebody objected to. Ids, times and digests
 * alone; what was written is in no entry.
 */
@Injectable()
export class RequestJournal {
  private readonly changes = new WeakMap<WorkspaceTransaction, Map<string, JournalRecord>>();

  constructor(
    private readonly journal: Journal,
    private readonly codes: RequestCodes,
  ) {}

  /** Participant. A request came, or came to a workspace. Gives it as one of which the journal knows. */
  async received(tx: WorkspaceTransaction | SystemTransaction, row: RequestRow): Promise<RequestRow> {
    const state = journalledState(row);
    const ids = {
      ...state,
      code: this.codes.digestOf(row.code),
      door: row.origin,
      language: row.language,
      ...(row.law !== null && { law: row.law }),
      ...(row.onBehalfOf && { onBehalfOf: 'yes' }),
      ...(row.minor && { minor: 'yes' }),
    };
    const record = { kind: 'request-received' as const, workspaceId: row.workspaceId, ids, at: row.receivedAt };
    if ('workspaceId' in tx) this.write(tx, record);
    // Outside the workspaces nothing waits for the commit: it is written at once, and a request too many does no harm.
    else await this.journal.append(record);
    return { ...row, journalled: JSON.stringify(state) };
  }

  /** Participant. What became of a request, where the journal does not know it. Gives it as one of which it does. */
  async changed(tx: WorkspaceTransaction | SystemTransaction, row: RequestRow): Promise<RequestRow> {
    const ids = journalledState(row);
    const journalled = JSON.stringify(ids);
    if (row.journalled === journalled) return row;
    const record = { kind: 'request-changed' as const, workspaceId: row.workspaceId, ids, at: new Date() };
    if ('workspaceId' in tx) this.writeLast(tx, row.id, record);
    else await this.journal.append(record);
    return { ...row, journalled };
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

  // Several steps of one transaction are one change: the last of them is what stands in the end.
  private writeLast(tx: WorkspaceTransaction, requestId: string, record: JournalRecord): void {
    const waiting = this.changes.get(tx);
    if (waiting !== undefined) {
      waiting.set(requestId, record);
      return;
    }
    const changes = new Map([[requestId, record]]);
    this.changes.set(tx, changes);
    tx.beforeCommit(async () => {
      await Promise.all([...changes.values()].map((one) => this.journal.append(one)));
      // What still comes before the commit is a change of its own.
      this.changes.delete(tx);
    });
  }
}

function kindsOf({ processingRestricted, automationObjected }: JournalledMarks): JournalKind[] {
  const kinds: JournalKind[] = [];
  if (processingRestricted !== undefined) kinds.push(processingRestricted ? 'restriction' : 'restriction-lifted');
  if (automationObjected === true) kinds.push('objection');
  return kinds;
}
