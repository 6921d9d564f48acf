import { DomainError, ErrorCode, badInput } from '../../platform/errors/index.js';
import type { PrivacyRequestKind } from './enums.js';
import { stepTo } from './request-steps.js';
import type { RequestRow } from './request.row.js';

/** The request as one of another kind, once somebody has read it; refused where what it asked for has begun. */
export function changedKind(row: RequestRow, kind: PrivacyRequestKind, reason: string): RequestRow {
  const { unclear, ...details } = row.details;
  if (row.erasureId !== null || details.exportBegun === true)
    throw new DomainError(
      ErrorCode.CONFLICT,
      'What it asked for has begun already. Write down what else was asked for as a request of its own.',
      { reason: 'KIND_BEGUN' },
    );
  if (kind === row.kind && unclear !== true) throw badInput('kind', 'This is what it asks for already.', 'KIND_SAME');
  const words = `${row.kind} → ${kind}. ${reason}`;
  return stepTo({ ...row, kind, details }, row.status, 'A person read what is asked for:', words);
}
