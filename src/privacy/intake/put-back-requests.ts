import { Injectable } from '@nestjs/common';
import type { PageLanguage } from '../../accounts/index.js';
import {
  SystemDatabase,
  type SystemTransaction,
  type WorkspaceTransaction,
  Workspaces,
  sql,
} from '../../platform/database/index.js';
import type { JournalRecord } from '../journal/journal-entry.js';
import { type PrivacyRequestKind, type PrivacyRequestOrigin, PrivacyRequestStatus } from './enums.js';
import { PrivacyRequests } from './privacy-requests.js';
import { asJournalled, journalledState } from './journalled-state.js';
import { RequestCodes } from './request-codes.js';
import { noteStep, stepTo } from './request-steps.js';
import type { Law, RequestRow } from './request.row.js';

const lostWords =
  'It came after the backup that was restored. What was written in it is lost: ask whoever asked to say it once more.';

const againNote = 'It was done before a restore, and is done again.';
const stoodNote = 'So far it was before a backup was restored.';
const rectifyNote = 'It was put right before a backup was restored, and has to be put right once more.';

/**
 * Puts back requests that came after a restored backup, by the entries of the journal: what was asked for, when, and by when
 * it is done. No request is forgotten and no clock begins anew; what was written in it was in no entry.
 */
@Injectable()
export class PutBackRequests {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly system: SystemDatabase,
    private readonly requests: PrivacyRequests,
    private readonly codes: RequestCodes,
  ) {}

  /** False where the request is there, or its workspace is not. */
  async run(entry: JournalRecord): Promise<boolean> {
    const { workspaceId } = entry;
    const lost = lostRequest(entry);
    if (workspaceId === null) return this.system.run((tx) => this.unowned(tx, lost, entry));
    return this.workspaces.run(workspaceId, async (tx) => {
      if ((await tx.first(sql`select from workspaces where id = ${workspaceId}`)) === null) return false;
      // As it was when nobody owned it, it is in the backup, or was put back before: it moves as it did then.
      if ((await tx.first(sql`select from instance_privacy_requests where id = ${lost.id}`)) !== null) {
        const moved = await this.requests.adopt(tx, lost.id);
        await this.requests.write(tx, { ...moved, contactIds: lost.contactIds });
        return true;
      }
      return this.put(tx, lost, entry);
    });
  }

  /** Participant. What a request asked for is done again: it is settled, as it was. */
  async settle(tx: WorkspaceTransaction, requestId: string): Promise<void> {
    const open = sql`id = ${requestId} and completed_at is null for update`;
    for (const row of await this.requests.select(tx, open))
      await this.requests.write(tx, stepTo(row, PrivacyRequestStatus.COMPLETED, againNote));
  }

  /** What became of a request since the backup; false where it is not there, or is so already. */
  async change(entry: JournalRecord): Promise<boolean> {
    const { workspaceId } = entry;
    const work = (tx: WorkspaceTransaction | SystemTransaction) => this.changeIn(tx, entry);
    return workspaceId === null ? this.system.run(work) : this.workspaces.run(workspaceId, work);
  }

  private async changeIn(tx: WorkspaceTransaction | SystemTransaction, entry: JournalRecord): Promise<boolean> {
    const [row] = await this.requests.select(tx, sql`id = ${word(entry, 'requestId')} for update`);
    if (row === undefined) return false;
    const next = asJournalled(row, entry);
    if (JSON.stringify(journalledState(next)) === row.journalled) return false;
    const isAgain = entry.ids['status'] !== next.status;
    await this.requests.write(tx, noteStep(next, isAgain ? rectifyNote : stoodNote));
    return true;
  }

  // The place of one that a workspace took is known by its code, also where its entry comes twice.
  private async unowned(tx: SystemTransaction, lost: RequestRow, entry: JournalRecord): Promise<boolean> {
    const place = await tx.first(sql`select from privacy_codes where request_id = ${lost.id}`);
    return place === null && (await this.put(tx, lost, entry));
  }

  private async put(
    tx: WorkspaceTransaction | SystemTransaction,
    lost: RequestRow,
    entry: JournalRecord,
  ): Promise<boolean> {
    if (!(await this.requests.putBack(tx, lost))) return false;
    await this.codes.noteDigest(tx, word(entry, 'code'), { requestId: lost.id, workspaceId: entry.workspaceId });
    return true;
  }
}

function lostRequest(entry: JournalRecord): RequestRow {
  const { contactIds = [], law = null, onBehalfOf, minor, userId = null } = entry.ids;
  const { RECEIVED, VERIFYING } = PrivacyRequestStatus;
  const came: RequestRow = {
    id: word(entry, 'requestId'),
    workspaceId: entry.workspaceId,
    kind: word(entry, 'asked') as PrivacyRequestKind,
    origin: word(entry, 'door') as PrivacyRequestOrigin,
    status: VERIFYING,
    // Known by its digest alone.
    code: '',
    language: word(entry, 'language') as PageLanguage,
    law: law as Law | null,
    onBehalfOf: onBehalfOf !== undefined,
    minor: minor !== undefined,
    receivedAt: entry.at,
    dueAt: new Date(Number(word(entry, 'due'))),
    extendedUntil: null,
    noticeSentAt: null,
    verifiedAt: null,
    completedAt: null,
    proofHash: null,
    proofUntil: null,
    contactIds: typeof contactIds === 'string' ? [contactIds] : contactIds,
    erasureId: null,
    userId: userId as string | null,
    journalled: '',
    details: {
      hints: {},
      replyTo: null,
      note: lostWords,
      rectification: null,
      extensionReason: null,
      history: [
        { at: entry.at.toISOString(), status: RECEIVED, note: null },
        { at: new Date().toISOString(), status: VERIFYING, note: lostWords },
      ],
    },
  };
  // Entries of older releases do not say how far it was when it came.
  return entry.ids['status'] === undefined ? came : asJournalled(came, entry);
}

function word({ ids }: JournalRecord, name: string): string {
  const value = ids[name];
  if (typeof value !== 'string') throw new Error(`The journal's entry of a request has no ${name}.`);
  return value;
}
