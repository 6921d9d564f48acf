import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { badInput } from '../../platform/errors/index.js';
import { longestDays } from './due-dates.js';
import { PrivacyRequests } from './privacy-requests.js';
import { RequestNotices } from './request-notices.js';
import { stepTo } from './request-steps.js';
import type { RequestRow } from './request.row.js';
import { SettleRequest, checkWords } from './settle-request.js';

/** A member takes longer for a request: whoever asked is told the reason and the new date in writing. */
@Injectable()
export class ExtendRequest {
  constructor(
    private readonly settle: SettleRequest,
    private readonly requests: PrivacyRequests,
    private readonly notices: RequestNotices,
  ) {}

  run(
    member: MemberActor,
    origin: RequestOrigin,
    id: string,
    given: string,
    until: Date | null | undefined,
  ): Promise<RequestRow> {
    const reason = checkWords('reason', given);
    return this.settle.run(member, origin, { id, action: 'privacy-request.extend' }, async (tx, row) => {
      const extendedUntil = checkDate(row, until ?? latest(row));
      const extended = stepTo(row, row.status, 'It takes longer:', reason);
      const told = await this.notices.tell(tx, row, 'extended', { words: reason, until: extendedUntil });
      return this.requests.save(tx, {
        ...extended,
        extendedUntil,
        noticeSentAt: told ? new Date() : row.noticeSentAt,
        details: { ...extended.details, extensionReason: reason },
      });
    });
  }
}

function latest({ receivedAt }: RequestRow): Date {
  return new Date(receivedAt.getTime() + longestDays * 86_400_000);
}

function checkDate(row: RequestRow, until: Date): Date {
  if (Number.isNaN(until.getTime())) throw badInput('until', 'This is not a date. It looks like 2026-05-31.');
  if (until <= (row.extendedUntil ?? row.dueAt))
    throw badInput('until', 'The new date has to be later than the old one.');
  if (until > latest(row))
    throw badInput(
      'until',
      `At most ${String(longestDays)} days after it came: longer is allowed by none of the laws.`,
    );
  return until;
}
