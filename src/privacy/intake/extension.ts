import { Injectable } from '@nestjs/common';
import type { SystemTransaction, WorkspaceTransaction } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { longestDays } from './due-dates.js';
import { PrivacyRequests } from './privacy-requests.js';
import { RequestNotices } from './request-notices.js';
import { stepTo } from './request-steps.js';
import type { RequestRow } from './request.row.js';

const mostWords = `At most ${String(longestDays)} days after it came: longer is allowed by none of the laws.`;
const most = { days: String(longestDays) };

/** Takes longer for a request: whoever asked is told the reason and the new date in writing. */
@Injectable()
export class Extension {
  constructor(
    private readonly requests: PrivacyRequests,
    private readonly notices: RequestNotices,
  ) {}

  /** Participant. Without a date, as long as any law allows. */
  async run(
    tx: WorkspaceTransaction | SystemTransaction,
    row: RequestRow,
    reason: string,
    until: Date | null | undefined,
  ): Promise<RequestRow> {
    const extendedUntil = checkDate(row, until ?? latest(row));
    const extended = stepTo(row, row.status, 'It takes longer:', reason);
    const told = await this.notices.tell(tx, row, 'extended', { words: reason, until: extendedUntil });
    return this.requests.save(tx, {
      ...extended,
      extendedUntil,
      noticeSentAt: told ? new Date() : row.noticeSentAt,
      details: { ...extended.details, extensionReason: reason },
    });
  }
}

function latest({ receivedAt }: RequestRow): Date {
  return new Date(receivedAt.getTime() + longestDays * 86_400_000);
}

function checkDate(row: RequestRow, until: Date): Date {
  if (Number.isNaN(until.getTime()))
    throw badInput('until', 'This is not a date. It looks like 2026-05-31.', 'NO_DATE');
  if (until <= (row.extendedUntil ?? row.dueAt))
    throw badInput('until', 'The new date has to be later than the old one.', 'DATE_LATER');
  if (until <= new Date()) throw badInput('until', `This day has passed. ${mostWords}`, 'DATE_PASSED', most);
  if (until > latest(row)) throw badInput('until', mostWords, 'DATE_LATEST', most);
  return until;
}
