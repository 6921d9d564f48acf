import type { JournalRecord } from '../journal/journal-entry.js';
import { PrivacyRequestKind, PrivacyRequestStatus } from './enums.js';
import { forgotten } from './request-steps.js';
import type { RequestRow } from './request.row.js';

const { COMPLETED, IN_PROGRESS } = PrivacyRequestStatus;

/** How far a request is, as the journal has it: ids, times and the digest of an open proof; no word of anybody. */
export function journalledState(row: Omit<RequestRow, 'journalled'>): JournalRecord['ids'] {
  const { kind, status, dueAt, extendedUntil, noticeSentAt, verifiedAt, completedAt, proofHash, proofUntil } = row;
  const { erasureId, userId, details } = row;
  return {
    requestId: row.id,
    asked: kind,
    status,
    due: timeOf(dueAt),
    contactIds: row.contactIds,
    ...(extendedUntil !== null && { extended: timeOf(extendedUntil) }),
    ...(noticeSentAt !== null && { noticed: timeOf(noticeSentAt) }),
    ...(verifiedAt !== null && { verified: timeOf(verifiedAt) }),
    ...(completedAt !== null && { completed: timeOf(completedAt) }),
    ...(proofHash !== null && { proof: proofHash.toString('hex') }),
    ...(proofUntil !== null && { proofUntil: timeOf(proofUntil) }),
    ...(erasureId !== null && { erasureId }),
    ...(userId !== null && { userId }),
    ...(details.addressProved === true && { address: 'proved' }),
    ...(details.unclear === true && { unclear: 'yes' }),
    ...(details.wordsGone === true && { words: 'gone' }),
  };
}

/** A request of a backup as an entry of the journal has it since; what was written in it stays as the backup has it. */
export function asJournalled(row: RequestRow, { ids }: JournalRecord): RequestRow {
  const { asked, status, due, contactIds = [], erasureId = null, userId = null, proof, address, unclear, words } = ids;
  const { unclear: _was, ...details } = row.details;
  const next: RequestRow = {
    ...row,
    kind: asked as PrivacyRequestKind,
    status: status as PrivacyRequestStatus,
    dueAt: new Date(Number(due)),
    extendedUntil: atOf(ids['extended']),
    noticeSentAt: atOf(ids['noticed']),
    verifiedAt: atOf(ids['verified']),
    completedAt: atOf(ids['completed']),
    proofHash: typeof proof === 'string' ? Buffer.from(proof, 'hex') : null,
    proofUntil: atOf(ids['proofUntil']),
    contactIds: typeof contactIds === 'string' ? [contactIds] : contactIds,
    erasureId: erasureId as string | null,
    userId: userId as string | null,
    details: {
      ...details,
      ...(address === 'proved' && { addressProved: true }),
      ...(unclear === 'yes' && { unclear: true }),
    },
  };
  return words === 'gone' ? forgotten(next) : undone(row, next);
}

/** What was put right came back wrong with the backup, and the journal knows no values: it is to be done once more. */
function undone(row: RequestRow, next: RequestRow): RequestRow {
  if (next.kind !== PrivacyRequestKind.RECTIFY || next.status !== COMPLETED || row.status === COMPLETED) return next;
  return { ...next, status: IN_PROGRESS, completedAt: null };
}

function timeOf(at: Date): string {
  return String(at.getTime());
}

function atOf(time: string | readonly string[] | undefined): Date | null {
  return typeof time === 'string' ? new Date(Number(time)) : null;
}
