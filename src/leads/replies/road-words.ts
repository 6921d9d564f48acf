import { DomainError, ErrorCode } from '../../platform/errors/index.js';

/** Why nothing is written to whom a lead is of: a name that clients put into their reader's words, and the English. */
export const roadWords = {
  LEAD_BLOCKED: 'This contact is blocked. Unblock them first to write to them.',
  LEAD_RESTRICTED: 'This person has objected, or the use of their data is restricted, so nothing is written to them.',
  LEAD_OBJECTED: 'This person does not want machines to write to them. A member can answer.',
  LEAD_NO_ADDRESS:
    'They left no e-mail address, and there is no thread in which they may be written to now. Call them, or wait until they write.',
  LEAD_NO_MAILBOX:
    'They have not written themselves, so they are written to from your own mailbox alone. Connect one to the workspace first.',
  LEAD_MAILS_MANY:
    'Many mails went out without a mailbox of your own today. Connect a mailbox to the workspace, or go on tomorrow.',
} as const;

/** The name of a reason for which nothing is written. */
export type RoadProblem = keyof typeof roadWords;

/** A reply that is not sent, and why. */
export function noRoad(reason: RoadProblem): DomainError {
  return new DomainError(ErrorCode.CONFLICT, roadWords[reason], { reason });
}
