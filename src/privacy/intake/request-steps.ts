import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { PrivacyRequestKind, PrivacyRequestStatus } from './enums.js';
import type { RequestDetails, RequestRow } from './request.row.js';

const closed: readonly PrivacyRequestStatus[] = [PrivacyRequestStatus.COMPLETED, PrivacyRequestStatus.REJECTED];

/** The request one step further. What a person wrote is given apart: it goes when the subject is erased. */
export function stepTo(row: RequestRow, status: PrivacyRequestStatus, note: string, words?: string): RequestRow {
  const now = new Date();
  const step = { at: now.toISOString(), status, note, ...(words !== undefined && { words }) };
  const details = { ...row.details, history: [...row.details.history, step] };
  const isDone = closed.includes(status);
  const next = { ...row, status, completedAt: isDone ? now : row.completedAt, details };
  return status === PrivacyRequestStatus.COMPLETED && row.kind === PrivacyRequestKind.ERASE ? forgotten(next) : next;
}

/** The request with a note on how far it is; the same note twice is one. */
export function noteStep(row: RequestRow, note: string): RequestRow {
  const { history } = row.details;
  const last = history.at(-1);
  const step = { at: new Date().toISOString(), status: row.status, note };
  const before = last?.note === note ? history.slice(0, -1) : history;
  return { ...row, details: { ...row.details, history: [...before, step] } };
}

/** Refuses a request that is settled: it stays as it was answered. */
export function requireOpen(row: RequestRow): void {
  if (!closed.includes(row.status)) return;
  throw new DomainError(ErrorCode.CONFLICT, 'This request is settled already. Whoever asked may ask once more.', {
    reason: 'REQUEST_SETTLED',
  });
}

/** Whether it waits for nothing more. */
export function isOpen(row: RequestRow): boolean {
  return !closed.includes(row.status);
}

/** Without a word of or about the person: when it came and how it went stay. */
export function forgotten(row: RequestRow): RequestRow {
  const details: RequestDetails = {
    hints: {},
    replyTo: null,
    note: null,
    rectification: null,
    extensionReason: null,
    history: row.details.history.map(({ at, status, note }) => ({ at, status, note })),
    wordsGone: true,
    ...(row.details.rectified !== undefined && { rectified: row.details.rectified }),
  };
  return { ...row, contactIds: [], proofHash: null, proofUntil: null, details };
}
